// What is asked of every page, whatever its theme.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2, levels A and AA, and axe's best practices. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** An empty page violates nothing: so many rules find something to look at on any page. */
const RULES = 15;

/** What axe finds wrong with a page. */
export async function violations(page) {
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

/** By how much a page is wider than the screen, and the element that reaches farthest out and that nothing scrolls. */
export function sideways() {
  const room = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth - room;
  if (wide <= 0) return [];
  const cut = (element) => element && (getComputedStyle(element).overflowX !== "visible" || cut(element.parentElement));
  const right = (element) => element.getBoundingClientRect().right;
  const out = [...document.body.querySelectorAll("*")].filter((element) => right(element) > room && !cut(element.parentElement));
  const widest = out.sort((a, b) => right(b) - right(a))[0];
  return [`scrolls sideways by ${wide} px: ${widest?.outerHTML.slice(0, 120)}`];
}
