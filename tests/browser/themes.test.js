// Both themes: charts that are seen. The theme classic, held to what the default one is held to: axe, no sideways scroll.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { DESKTOP, PHONE, none, open, walk } from "./support/browser.js";
import { sideways, violations } from "./support/probes.js";
import { firsts, site as ours } from "./support/site.js";
import { siteIn } from "./support/theme.js";

const classic = siteIn("classic");
const sites = { default: ours, classic: classic.site };

const readers = {};
before(async () => {
  for (const [theme, site] of Object.entries(sites)) readers[theme] = await open(site);
});
after(async () => {
  for (const reader of Object.values(readers)) await reader.close();
  classic.remove();
});

for (const lang of ["zh-CN", "en"]) {
  // The answer to a wrong address has its colours inside.
  const kinds = firsts(classic.site.pages.filter((page) => page.lang === lang && !page.large));
  // Its own colours are two sets, and its own frame has two widths.
  for (const [colorScheme, device, viewport] of [["light", "desktop", DESKTOP], ["dark", "phone", PHONE]]) {
    test(`classic, axe: ${kinds.length} kinds of pages, ${lang}, ${colorScheme}, ${device}`, async () => {
      none(await walk(readers.classic, "served", kinds, { colorScheme, viewport }, violations));
    });
  }
}

test("classic: every page is as wide as a phone, every kind of page in large type as the smallest one", async () => {
  none(await walk(readers.classic, "file", classic.site.walked, { viewport: PHONE }, (page) => page.evaluate(sideways)));
  none(await walk(readers.classic, "file", firsts(classic.site.large), { viewport: { width: 320, height: 640 } }, (page) => page.evaluate(sideways)));
});

/** A colour as the screen has it, as three numbers. */
const parts = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map(Number);

/** How far two colours are from each other, as WCAG counts it. */
function contrast(...colours) {
  const linear = (part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const luminances = colours.map(parts).map(([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b));
  return (Math.max(...luminances) + 0.05) / (Math.min(...luminances) + 0.05);
}

/** The six colours that charts have, those that they are drawn in here, and the papers that they may lie on. */
function colours() {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.forcedColorAdjust = "none";
  const shown = (value) => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const six = [1, 2, 3, 4, 5, 6].map((number) => shown(`var(--chart-${number})`));
  const drawn = [...document.querySelectorAll(".chart-fill")].map((fill) => getComputedStyle(fill).fill);
  const forced = matchMedia("(forced-colors: active)").matches;
  const papers = (forced ? ["Canvas"] : ["var(--paper)", "var(--tint)"]).map(shown);
  probe.remove();
  return { six, drawn, papers };
}

const seen = {};
for (const theme of ["default", "classic"]) {
  test(`${theme}: charts are seen on paper and tint, light, dark and in forced colours`, async () => {
    const found = [];
    for (const colorScheme of ["light", "dark"]) {
      for (const forcedColors of ["none", "active"]) {
        const pages = sites[theme].kinds.filter(({ kind }) => kind === "year");
        found.push(
          ...(await walk(readers[theme], "served", pages, { colorScheme, forcedColors }, async (page) => {
            const { six, drawn, papers } = await page.evaluate(colours);
            if (new Set(drawn).size < 2) return [`only ${drawn.length} fills`];
            if (forcedColors === "none") (seen[theme] ??= {})[colorScheme] = six.join();
            const all = forcedColors === "none" ? [...six, ...drawn] : drawn;
            return all.flatMap((colour) =>
              papers.filter((paper) => contrast(colour, paper) < 3).map((paper) => `${colorScheme}, forced ${forcedColors}: ${colour} on ${paper} has ${contrast(colour, paper).toFixed(2)}`),
            );
          })),
        );
      }
    }
    none(found);
  });
}

test("classic: charts have colours of its own", () => {
  for (const scheme of ["light", "dark"]) assert.notEqual(seen.classic[scheme], seen.default[scheme]);
});
