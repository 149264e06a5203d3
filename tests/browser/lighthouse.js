// `npm run lighthouse`: Lighthouse with its phone settings on a year and on a table, in both languages. Prints each score
// and what was found, and fails below 99.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { serve } from "./support/server.js";
import { site } from "./support/site.js";

const LIGHTHOUSE = "lighthouse@13.5.0";
const PAGES = ["2019/index.html", "2019/final/expenditure.html", "en/2019/index.html", "en/2019/final/expenditure.html"];
const ENOUGH = 0.99;
const FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking";

const folder = mkdtempSync(path.join(tmpdir(), "gongkai-lighthouse-"));
const server = await serve(site.folder);
try {
  for (const page of PAGES) {
    const file = path.join(folder, "report.json");
    const categories = "--only-categories=performance,accessibility,best-practices,seo";
    const output = ["--quiet", "--output=json", `--output-path=${file}`, categories, `--chrome-flags=${FLAGS}`];
    const env = { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? "/usr/bin/chromium" };
    const run = spawn("npx", ["--yes", LIGHTHOUSE, server.address + page, ...output], { env, stdio: "inherit" });
    await new Promise((done) => run.on("exit", done));
    const report = JSON.parse(readFileSync(file, "utf8"));
    rmSync(file);
    const scores = Object.values(report.categories);
    console.log(page, scores.map(({ title, score }) => `${title} ${Math.round(score * 100)}`).join(", "));
    for (const { auditRefs, score } of scores.filter((category) => category.score < ENOUGH)) {
      const failed = auditRefs.map(({ id }) => report.audits[id]).filter((audit) => audit.score !== null && audit.score < 1);
      for (const audit of failed) console.log(`  ${audit.title} ${audit.explanation ?? audit.displayValue ?? ""}`);
      process.exitCode = 1;
      if (score === null) console.log("  no score");
    }
  }
} finally {
  await server.end();
  rmSync(folder, { recursive: true });
}
