// Without a mouse: the way past the menu, the order of what can be reached, and that its focus is seen, not covered.

import { after, before, test } from "node:test";

import { PHONE, none, open, walk } from "./support/browser.js";
import { site } from "./support/site.js";

/** A page has fewer stops than this; more of them are a trap. */
const STOPS = 600;

let reader;
before(async () => (reader = await open(site)));
after(() => reader.close());

/** What has the focus: where it stands in the document, and what is wrong with how it is seen. */
function focus() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const name = element.outerHTML.slice(0, 90);
  const order = [...document.querySelectorAll("*")].indexOf(element);
  const style = getComputedStyle(element);
  const found = [];
  if (element.tabIndex > 0) found.push("has a tabindex above 0");
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  if (!ring && style.boxShadow === "none") found.push("has no ring");
  // A link that goes on over two lines has two boxes, and a lane that scrolls may be higher than the screen: what lies in
  // the view is looked at, and one box that is seen is enough.
  const middle = (box) => {
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    return left < right && top < bottom ? [(left + right) / 2, (top + bottom) / 2] : undefined;
  };
  const boxes = [...element.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  const places = boxes.map(middle).filter(Boolean);
  const seen = places.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (element.contains(top) || top.contains(element));
  });
  if (!seen) {
    const [x, y] = places[0] ?? [];
    found.push(places[0] ? `is covered by ${document.elementFromPoint(x, y).outerHTML.slice(0, 80)}` : "lies outside the view");
  }
  return { name, order, found };
}

/** Presses a key until the focus leaves the page; the stops on the way. */
async function stops(page, key) {
  const all = [];
  while (all.length < STOPS) {
    await page.keyboard.press(key);
    const stop = await page.evaluate(focus);
    // Beyond the last stop is the browser itself; after it the page begins again.
    if (!stop || (all.length > 1 && stop.order === all[0].order)) return all;
    all.push(stop);
  }
  throw new Error(`more than ${STOPS} stops`);
}

// The report has all figures of the parts and tables that are walked by themselves.
const walked = site.kinds.filter((page) => page.kind !== "report");

for (const [device, options] of Object.entries({ phone: { viewport: PHONE }, desktop: {} })) {
  test(`with Tab, forth and back, in the order of the document, focus seen: ${walked.length} kinds of pages, ${device}`, async () => {
    const failures = await walk(reader, "served", walked, options, async (page) => {
      const found = [];
      const forth = await stops(page, "Tab");
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      const back = await stops(page, "Shift+Tab");
      if (forth.length < 8) found.push(`only ${forth.length} stops`);
      for (const [way, all] of Object.entries({ forth, back })) {
        for (const stop of all) found.push(...stop.found.map((problem) => `${way}: ${stop.name} ${problem}`));
        const orders = all.map((stop) => stop.order);
        const wanted = [...orders].sort((a, b) => (way === "forth" ? a - b : b - a));
        if (orders.join() !== wanted.join()) found.push(`${way}: not in the order of the document`);
      }
      return found;
    });
    none(failures);
  });
}

test("the first stop leads past the menu, on every page", async () => {
  const failures = await walk(reader, "served", site.walked, {}, async (page) => {
    await page.keyboard.press("Tab");
    const skip = await page.evaluate(() => {
      const element = document.activeElement;
      const box = element.getBoundingClientRect();
      return { href: element.getAttribute("href"), seen: box.top >= 0 && box.height > 10 && box.width > 10 };
    });
    if (skip.href !== "#_content" || !skip.seen) return [`the first stop is ${JSON.stringify(skip)}`];
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    const inside = await page.evaluate(() => {
      const main = document.querySelector("main");
      const place = main.compareDocumentPosition(document.activeElement);
      return Boolean(place & Node.DOCUMENT_POSITION_CONTAINED_BY) || Boolean(place & Node.DOCUMENT_POSITION_FOLLOWING);
    });
    return inside ? [] : ["the next stop is before the content"];
  });
  none(failures);
});
