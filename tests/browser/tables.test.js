// The pages of tables: links to rows have names, marks lie with their figures, and how to cite stands where it is looked for.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { DESKTOP, PHONE, none, open, walk } from "./support/browser.js";
import { site } from "./support/site.js";

const tables = site.pages.filter(({ kind }) => kind.startsWith("table"));

let reader;
before(async () => (reader = await open(site)));
after(() => reader.close());

test("each row has a link that is heard by its code, its number or its name, and heads are heard without marks", async () => {
  let rows = 0;
  const failures = await walk(reader, "served", tables.filter(({ large }) => !large), {}, async (page) => {
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    const heard = new Map(nodes.filter((node) => !node.ignored).map((node) => [node.backendDOMNodeId, node.name?.value ?? ""]));
    const { root } = await session.send("DOM.getDocument", { depth: 0 });
    const { nodeIds } = await session.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: "tr[id] > :is(.code, .line, .name) > a[href^='#'], tr[id] > .name" });
    const found = [];
    for (const nodeId of nodeIds) {
      const { node } = await session.send("DOM.describeNode", { nodeId });
      if (!heard.has(node.backendNodeId)) continue; // A row that is folded away.
      const name = heard.get(node.backendNodeId).trim();
      if (!/[\p{L}\d]/u.test(name) || name.includes("#")) found.push(`<${node.localName}> is heard as “${name}”`);
      rows += node.localName === "a" ? 1 : 0;
    }
    const without = await page.evaluate(() => [...document.querySelectorAll("tbody tr[id]:has(> :is(.code, .line, .name))")].filter((row) => !row.querySelector(`:scope > * > a[href="#${row.id}"]`)).map((row) => row.id));
    return [...found, ...without.map((id) => `${id} has no link to itself`)];
  });
  none(failures);
  assert.ok(rows >= 200, `only ${rows} links to rows`);
});

test("the mark of a rounding tail lies inside its cell, on a phone wherever the table is moved", async () => {
  let [marks, moves] = [0, 0];
  const look = async (page) => {
    // A mark is drawn beside the text; put into the page as text, it has a box to be measured.
    const results = await page.evaluate(() =>
      [...document.querySelectorAll(".tail > a")].filter((link) => link.checkVisibility()).map((link) => {
        const style = getComputedStyle(link, "::after");
        const mark = link.appendChild(document.createElement("span"));
        mark.textContent = `*${link.dataset.mark}`;
        Object.assign(mark.style, { position: style.position, fontSize: style.fontSize, marginTop: style.marginTop });
        const cell = link.closest("td");
        const boxes = () => [mark, cell].map((element) => element.getBoundingClientRect());
        const [box, around] = boxes();
        const out = Math.max(box.right - around.right, around.left - box.left);
        // Its frame moves it along.
        const frame = link.closest(".lane");
        frame.scrollTo({ left: 120, behavior: "instant" });
        const [moved, along] = boxes();
        const result = { id: cell.id, out, lost: Math.abs(moved.left - box.left - (along.left - around.left)), far: around.left - along.left };
        frame.scrollLeft = 0;
        mark.remove();
        return result;
      }),
    );
    marks += results.length;
    moves += results.filter(({ far }) => far > 20).length;
    return results.flatMap(({ id, out, lost }) => [
      ...(out > 0 ? [`the mark of ${id} reaches out of its cell by ${out.toFixed(1)} px`] : []),
      ...(lost > 1 ? [`the mark of ${id} is left ${lost.toFixed(1)} px behind by its figure`] : []),
    ]);
  };
  for (const viewport of [DESKTOP, PHONE]) none(await walk(reader, "file", tables, { viewport }, look));
  assert.ok(marks >= 40 && moves >= 10, `only ${marks} marks, ${moves} of them moved`);
});

test("side by side, the last totals of two lanes stand in one line", async () => {
  let forms = 0;
  const pages = tables.filter(({ kind, large }) => kind.includes("two-lanes") && !large);
  const failures = await walk(reader, "file", pages, { viewport: DESKTOP }, async (page) => {
    const tops = await page.evaluate(() => [...document.querySelectorAll(".two-lanes .lane")].map((lane) => [...lane.querySelectorAll(".total")].at(-1).getBoundingClientRect().top));
    forms += 1;
    return Math.max(...tops) - Math.min(...tops) > 4 ? [`totals stand at ${tops.map(Math.round)}`] : [];
  });
  none(failures);
  assert.ok(forms >= 6, `only ${forms} forms of two lanes`);
});

test("how to cite a table stands below all else on a screen, and directly below the table on paper", async () => {
  let charts = 0;
  const failures = await walk(reader, "served", tables, {}, async (page) => {
    const order = () => {
      const top = (selector) => document.querySelector(selector)?.getBoundingClientRect().top;
      return { form: top("main .form"), chart: top("[aria-labelledby=_charts]"), files: top("[aria-labelledby=_downloads]"), cite: top(".cite") };
    };
    const screen = await page.evaluate(order);
    await page.emulateMedia({ media: "print" });
    const paper = await page.evaluate(order);
    await page.emulateMedia({ media: null });
    const found = [];
    if (!(screen.cite > screen.form && screen.cite > (screen.chart ?? 0) && screen.cite > (screen.files ?? 0))) found.push(`on a screen: ${JSON.stringify(screen)}`);
    if (!(paper.cite > paper.form && paper.cite < (paper.chart ?? Infinity))) found.push(`on paper: ${JSON.stringify(paper)}`);
    charts += screen.chart === undefined ? 0 : 1;
    return found;
  });
  none(failures);
  assert.ok(charts >= 8, `only ${charts} pages with charts`);
});
