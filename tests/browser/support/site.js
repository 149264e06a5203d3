// The sites under test: where they lie, and which pages they have.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../../", import.meta.url));

/** A built site: its folder, and its pages by path, each with its kind and language. */
export class Site {
  constructor(folder) {
    this.folder = folder;
    this.pages = readdirSync(folder, { recursive: true })
      .map((file) => file.split(path.sep).join("/"))
      .filter((file) => file.endsWith(".html") && !file.endsWith(".fragment.html"))
      .sort()
      .map((file) => page(folder, file));
    if (this.pages.length === 0) throw new Error(`${folder} holds no page: build the site first`);
  }

  /** The pages that readers walk through: without the answer to a wrong address, which has no relative link. */
  get walked() {
    return this.pages.filter((each) => each.kind !== "not-found" && !each.large);
  }

  /** The same pages in large type. */
  get large() {
    return this.pages.filter((each) => each.large);
  }

  /** The first page of each kind in each language; of tables and parts, the first of each layout. */
  get kinds() {
    return firsts(this.walked);
  }
}

/** The first page of each kind in each language. */
export function firsts(pages) {
  const first = new Map();
  for (const each of pages) {
    const key = `${each.kind} ${each.lang}`;
    if (!first.has(key)) first.set(key, each);
  }
  return [...first.values()];
}

function page(folder, file) {
  const html = readFileSync(path.join(folder, file), "utf8");
  const lang = /<html lang="([^"]+)"/.exec(html)?.[1];
  const body = /<body class="kind-([a-z-]+)/.exec(html)?.[1];
  const form = /<div class="form (form-[a-z]+(?: two-lanes)?)"/.exec(html)?.[1];
  let kind = body ?? "not-found";
  if (kind === "table" && form) kind = `table ${form}`;
  if (kind === "part" && html.includes('<ol class="contents">')) kind = "part contents";
  return { path: file, lang, kind, large: file.startsWith("large/") };
}

/** This repository's own site, as `gongkai build` leaves it; `SITE` names another folder. */
export const site = new Site(process.env.SITE ?? path.join(repository, "output"));

/** A site with several years, built for the test. */
export function siteOfYears() {
  const folder = mkdtempSync(path.join(tmpdir(), "gongkai-years-"));
  const source = path.join(repository, "tests/sites/full");
  execFileSync("cargo", ["run", "--quiet", "--locked", "--", "build", "--quiet", "--site", source, "--output", `${folder}/output`], {
    cwd: repository,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return { site: new Site(`${folder}/output`), remove: () => rmSync(folder, { recursive: true }) };
}
