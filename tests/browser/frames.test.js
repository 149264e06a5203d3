// On a phone: no text is cut at the edge of the page or of a frame; what moves inside a page says so where it goes on.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { PHONE, none, open, visit, walk } from "./support/browser.js";
import { site } from "./support/site.js";

let reader;
let paint; // a page that reads the colours of pictures
before(async () => {
  reader = await open(site);
  paint = await visit(reader.browser);
});
after(() => reader.close());

/** Pages whose texts could be too wide, or stand in frames, in standard and in large type. */
const pages = [...site.walked, ...site.large].filter(({ kind }) => /^(part|table|report|checks|facts|glossary|year)/.test(kind));

/** Texts that reach beyond what shows them: the screen, or a frame that does not move sideways. */
function cut() {
  const found = new Set();
  const screen = document.documentElement.clientWidth;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const around = text.parentElement;
    if (!text.data.trim() || !around.checkVisibility() || around.closest(".visually-hidden, .skip, svg")) continue;
    const frame = around.closest(".lane, .chart-table, .chart-drawing");
    // Figures in columns may pass below their names; sentences are read from line to line.
    const clips = frame && getComputedStyle(frame).overflowX !== "visible";
    const moves = clips && /auto|scroll/.test(getComputedStyle(frame).overflowX) && frame.scrollWidth > frame.clientWidth && !around.closest(".form-stacked");
    const { left, right } = clips ? frame.getBoundingClientRect() : { left: 0, right: screen };
    range.selectNodeContents(text);
    for (const line of range.getClientRects()) {
      const out = Math.max(line.right - Math.min(right, screen), left - line.left);
      if (line.width > 1 && out > 1 && !moves) found.add(`“${text.data.trim().slice(0, 30)}” is cut by ${Math.round(out)} px`);
    }
  }
  return [...found];
}

/** The frames that move sideways though no words above them say so. */
function unannounced() {
  const frames = [...document.querySelectorAll(".lane, .chart-table")].filter((frame) => getComputedStyle(frame).overflowX !== "visible" && frame.scrollWidth > frame.clientWidth + 1);
  const silent = frames.filter((frame) => !frame.closest(".form")?.querySelector(".form-scrolls")?.checkVisibility());
  return silent.map((frame) => `moves sideways, and nothing says so: ${frame.outerHTML.slice(0, 80)}`);
}

/** The frames that move up and down inside the page, and whether they must: heads stay above figures that pass sideways. */
function movers() {
  return [...document.querySelectorAll("body *")]
    .filter((each) => /auto|scroll|hidden/.test(getComputedStyle(each).overflowY) && each.scrollHeight > each.clientHeight + 1)
    .filter((each) => each.checkVisibility() && each.clientHeight > 1 && !each.matches(".visually-hidden"))
    .map((each) => {
      const heads = each.querySelector("thead");
      const must = heads && getComputedStyle(heads).position === "sticky" && each.scrollWidth > each.clientWidth + 1;
      each.dataset.mover = String(document.querySelectorAll("[data-mover]").length);
      return { name: each.id || each.outerHTML.slice(0, 80), must };
    });
}

/** The share of the lowest lines of a frame that is shaded, in the part that figures pass through. */
async function shaded(page, number) {
  const clip = await page.evaluate(async (number) => {
    const frame = document.querySelector(`[data-mover="${number}"]`);
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const { left, bottom, width } = frame.getBoundingClientRect();
    return { x: left + width / 2, y: bottom - 4, width: width / 2 - 12, height: 3 };
  }, number);
  const picture = (await page.screenshot({ clip })).toString("base64");
  return paint.page.evaluate(async (picture) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, image.width, image.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) dark += data[at] < 235 ? 1 : 0; // The paper is above 250.
    return dark / (data.length / 4);
  }, picture);
}

test("no text is cut at the edge of the screen or of a frame, and what moves sideways is announced", async () => {
  assert.ok(pages.length >= 80 && pages.some(({ large, path }) => large && path.endsWith("performance.html")), `${pages.length} pages`);
  none(await walk(reader, "file", pages, { viewport: PHONE }, async (page) => [...(await page.evaluate(cut)), ...(await page.evaluate(unannounced))]));
});

test("only heads that stay above moving figures make a table move inside the page, and its lower edge says so", async () => {
  let seen = 0;
  const failures = await walk(reader, "file", pages, { viewport: PHONE }, async (page) => {
    const found = [];
    for (const [number, { name, must }] of (await page.evaluate(movers)).entries()) {
      if (!must) {
        found.push(`moves inside the page: ${name}`);
        continue;
      }
      const frame = page.locator(`[data-mover="${number}"]`);
      await frame.evaluate((frame) => frame.scrollIntoView({ block: "end" }));
      const before = await shaded(page, number);
      await frame.evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
      const after = await shaded(page, number);
      seen += 1;
      // At the end stands the closing rule of the table, at most.
      if (before < 0.9 || after > 0.7) found.push(`${name}: shaded by ${before} where it goes on, by ${after} at its end`);
    }
    return found;
  });
  none(failures);
  assert.ok(seen >= 16, `${seen} tables move`);
});

test("the bars of a chart have a height to be seen, wherever their amounts stand", async () => {
  let plots = 0;
  const failures = await walk(reader, "file", pages, { viewport: PHONE }, async (page) => {
    const heights = await page.evaluate(() => [...document.querySelectorAll(".chart-plot")].filter((plot) => plot.checkVisibility()).map((plot) => plot.getBoundingClientRect().height));
    plots += heights.length;
    return heights.filter((height) => height < 8).map((height) => `a chart has bars of ${height} px`);
  });
  none(failures);
  assert.ok(plots >= 40, `only ${plots} rows of bars`);
});

test("of several bars in a row, each has its amount beside it", async () => {
  let rows = 0;
  const failures = await walk(reader, "file", pages, { viewport: PHONE }, async (page) => {
    const apart = await page.evaluate(() =>
      [...document.querySelectorAll(".chart-line:has(.chart-keys)")]
        .filter((line) => line.querySelector(".chart-keys").checkVisibility())
        .map((line) => {
          const tops = (selector) => [...line.querySelectorAll(`${selector} > span`)].map((each) => Math.round(each.getBoundingClientRect().top));
          const [keys, amounts] = [tops(".chart-keys"), tops(".chart-amounts")];
          return Math.max(...keys.map((top, at) => Math.abs(top - amounts[at])));
        }),
    );
    rows += apart.length;
    return apart.filter((distance) => distance > 2).map((distance) => `an amount stands ${distance} px from its bar`);
  });
  none(failures);
  assert.ok(rows >= 20, `only ${rows} rows of several bars`);
});
