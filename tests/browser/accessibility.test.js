// axe-core on every page, and on every kind of page in both languages, light and dark, on a phone and on a desktop.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { DESKTOP, PHONE, none, open, walk } from "./support/browser.js";
import { firsts, site } from "./support/site.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2, levels A and AA, and axe's best practices. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** An empty page violates nothing: so many rules find something to look at on any page. */
const RULES = 15;

let reader;
before(async () => (reader = await open(site)));
after(() => reader.close());

async function violations(page) {
  // The colours of the system are its own affair, and axe reads those that they replace (-webkit-text-fill-color).
  const contrast = await page.evaluate(() => !matchMedia("(forced-colors: active)").matches);
  await page.evaluate(axe);
  // It would fetch the style sheet by script, which the page's own policy forbids.
  const run = (options) => window.axe.run({ ...options, resultTypes: ["violations"], preload: false });
  const results = await page.evaluate(run, {
    runOnly: { type: "tag", values: TAGS },
    rules: { "color-contrast": { enabled: contrast } },
  });
  if (results.passes.length < RULES) return [`only ${results.passes.length} rules had something to look at`];
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, any }) => `${id}, ${nodes.length} times: ${html.slice(0, 160)} ${any[0]?.message ?? ""}`),
  );
}

test(`axe: all ${site.walked.length} pages, from the disk`, async () => {
  none(await walk(reader, "file", site.walked, {}, violations));
});

test("axe: every kind of page in large type, on a phone", async () => {
  none(await walk(reader, "served", firsts(site.large), { viewport: PHONE }, violations));
});

for (const lang of ["zh-CN", "en"]) {
  const pages = site.kinds.filter((page) => page.lang === lang);
  for (const colorScheme of ["light", "dark"]) {
    for (const [device, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
      test(`axe: ${pages.length} kinds of pages, ${lang}, ${colorScheme}, ${device}`, async () => {
        none(await walk(reader, "served", pages, { colorScheme, viewport }, violations));
      });
    }
  }
}

for (const [name, options] of Object.entries({
  "more contrast": { contrast: "more" },
  "more contrast, dark": { contrast: "more", colorScheme: "dark" },
  "forced colours": { forcedColors: "active" },
})) {
  test(`axe: ${site.kinds.length} kinds of pages, ${name}`, async () => {
    none(await walk(reader, "served", site.kinds, options, violations));
  });
}
