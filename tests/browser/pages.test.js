// Every page, over HTTP and from the disk: nothing goes wrong, nothing comes from elsewhere, nothing scrolls sideways on
// a narrow phone, and all of it is there without script.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { PHONE, none, open, walk } from "./support/browser.js";
import { sideways } from "./support/probes.js";
import { firsts, site } from "./support/site.js";

let reader;
before(async () => (reader = await open(site)));
after(() => reader.close());

/** What a page says. Search as you type is all that may be lost without script: its form and results are not content. */
function said() {
  for (const part of document.querySelectorAll("form, [role=search], [aria-live], noscript")) part.remove();
  return document.body.innerText.replace(/\s+/g, " ").trim();
}

test("every kind of page in large type is as wide as the smallest phone", async () => {
  none(await walk(reader, "file", firsts(site.large), { viewport: { width: 320, height: 640 } }, (page) => page.evaluate(sideways)));
});

test("figures come to rest beside the names, none of them half below", async () => {
  const pages = [...site.kinds, ...firsts(site.large)].filter(({ kind }) => kind === "table form-lanes");
  assert.ok(pages.length >= 4, `${pages.length} tables`);
  let rests = 0;
  const failures = await walk(reader, "file", pages, { viewport: PHONE }, async (page) => {
    const { moved, covered } = await page.evaluate(async () => {
      const lane = document.querySelector(".lane");
      const covered = [];
      let moved = 0;
      for (let left = 90; lane.scrollLeft < lane.scrollWidth - lane.clientWidth - 1 && moved < 20; left += 90) {
        lane.scrollTo(left, lane.scrollHeight / 3);
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        moved += 1;
        const edge = lane.querySelector("tbody .name").getBoundingClientRect().right;
        const half = [...lane.querySelectorAll("tbody .amount")].find((cell) => {
          const text = document.createRange();
          text.selectNodeContents(cell.querySelector("a") ?? cell);
          const { left: from, right } = text.getBoundingClientRect();
          return from < edge - 1 && right > edge + 1;
        });
        if (half) covered.push(`${half.id} is half covered at ${lane.scrollLeft} px`);
      }
      return { moved, covered };
    });
    rests += moved;
    return covered;
  });
  if (rests < pages.length) failures.push(`the tables came to rest only ${rests} times`);
  none(failures);
});

for (const origin of ["served", "file"]) {
  test(`${origin}: on a phone every page is whole, at peace, from one host, and as wide as the screen`, async () => {
    none(await walk(reader, origin, site.walked, { viewport: PHONE }, (page) => page.evaluate(sideways)));
  });

  test(`${origin}: the same in large type`, async () => {
    assert.ok(site.large.length >= site.walked.length, `${site.large.length} pages of ${site.walked.length}`);
    none(await walk(reader, origin, firsts(site.large), { viewport: PHONE }, (page) => page.evaluate(sideways)));
  });

  test(`${origin}: every page says the same without script`, async () => {
    const texts = { true: new Map(), false: new Map() };
    for (const javaScriptEnabled of [true, false]) {
      const gather = async (page, { path }) => void texts[javaScriptEnabled].set(path, await page.evaluate(said));
      none(await walk(reader, origin, site.walked, { javaScriptEnabled }, gather));
    }
    const failures = [];
    for (const [path, without] of texts.false) {
      if (without.length < 100) failures.push(`${path}: says only “${without}” without script`);
      // The search page says that it is the site map, and its test asks for that.
      if (!path.endsWith("search.html") && without !== texts.true.get(path)) {
        failures.push(`${path}: says something else without script`);
      }
    }
    none(failures);
  });
}
