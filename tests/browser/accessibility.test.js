// axe-core on every page, and on every kind of page in both languages, light and dark, on a phone and on a desktop.

import { after, before, test } from "node:test";

import { DESKTOP, PHONE, none, open, walk } from "./support/browser.js";
import { violations } from "./support/probes.js";
import { firsts, site } from "./support/site.js";

/** Forms whose heads a phone does not show: it shows them with each figure. */
const HEADLESS = ["table form-across", "table form-stacked"];

let reader;
before(async () => (reader = await open(site)));
after(() => reader.close());

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

/** What a screen reader is given of the cells of the forms of a page: each by its id, and the heads that are left. */
async function heard(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const role = (node) => (node.ignored ? "" : node.role?.value);
  const text = (node) => {
    if (role(node) === "StaticText") return node.name.value;
    return (node.childIds ?? []).map((id) => text(byId.get(id))).join(" ");
  };
  const cells = new Map();
  for (const node of nodes.filter((each) => role(each) === "cell")) {
    const { node: element } = await session.send("DOM.describeNode", { backendNodeId: node.backendDOMNodeId });
    const at = element.attributes.indexOf("id");
    const below = (node.childIds ?? []).map((id) => byId.get(id));
    const link = below.find((each) => role(each) === "link")?.name.value;
    if (at >= 0) cells.set(element.attributes[at + 1], { text: text(node), link });
  }
  const heads = nodes.filter((node) => role(node) === "columnheader").map((node) => node.name.value);
  await session.detach();
  return { cells, heads };
}

for (const [device, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  test(`each figure is heard below its heads, once, where a phone has no heads: ${device}`, async () => {
    const pages = [...site.kinds, ...firsts(site.large)].filter(({ kind }) => HEADLESS.includes(kind));
    if (pages.length !== 8) throw new Error(`${pages.length} forms, two of each language and size are wanted`);
    const failures = await walk(reader, "served", pages, { viewport }, async (page) => {
      // What stands above each cell, by the grid that the spans of the heads make.
      const wanted = await page.evaluate(() =>
        [...document.querySelectorAll(".form .data")].flatMap((table) => {
          const grid = [];
          [...table.tHead.rows].forEach((row, level) => {
            let at = 0;
            for (const cell of row.cells) {
              while (grid[level]?.[at]) at += 1;
              const name = [...cell.childNodes].filter((node) => !node.classList?.contains("original"));
              const said = name.map((node) => node.textContent).join("").trim();
              for (let y = level; y < level + cell.rowSpan; y += 1)
                for (let x = at; x < at + cell.colSpan; x += 1) (grid[y] ??= [])[x] = said;
            }
          });
          return [...table.tBodies[0].querySelectorAll("td[id]")].map((cell) => {
            const heads = [...new Set(grid.map((row) => row[cell.cellIndex]).filter((head) => /\p{L}/u.test(head)))];
            return { id: cell.id, heads, figure: cell.matches(".amount") ? cell.textContent : "", mark: cell.querySelector(".sic")?.ariaLabel ?? "", across: Boolean(table.closest(".form-across")), shown: table.tHead.checkVisibility() };
          });
        }),
      );
      const { cells, heads } = await heard(page);
      const found = wanted.length < 4 ? [`only ${wanted.length} cells`] : [];
      for (const { id, heads: above, figure, mark, across, shown } of wanted) {
        const cell = cells.get(id);
        // A figure that others contradict is heard with its mark.
        const said = (mark ? cell?.text.split(mark)[0] : cell?.text)?.trim();
        const missing = above.filter((head) => !(shown ? heads.some((each) => each.startsWith(head)) : cell?.text.includes(head)));
        if (!cell || above.length === 0 || missing.length > 0) found.push(`${id} is heard as “${cell?.text.slice(0, 80)}”, without ${missing}`);
        else if (figure && shown && (said !== figure || (cell.link ?? figure) !== figure)) found.push(`${id} says “${cell.link ?? cell.text}” (“${cell.text}”) below heads that say it, too`);
        else if (figure && !shown && cell.text.split(above.at(-1)).length !== 2) found.push(`${id} says its head twice: “${cell.text}”`);
        if (across && !shown && !above.every((head) => cell?.link?.includes(head))) found.push(`the link of ${id} says “${cell?.link}”`);
      }
      if (viewport === PHONE && !wanted.some(({ shown }) => !shown)) found.push("a phone shows all heads: nothing was tried");
      return found;
    });
    none(failures);
  });
}
