// The ways through the site, walked as a reader does: the other language, another year, from a figure to its cell, from a
// word to its meaning; over HTTP and from the disk.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { PHONE, follow, none, open, visit, walk } from "./support/browser.js";
import { site, siteOfYears } from "./support/site.js";

let reader;
let years;
before(async () => {
  const built = siteOfYears();
  years = { ...built, reader: await open(built.site) };
  reader = await open(site);
});
after(async () => {
  await reader.close();
  await years.reader.close();
  years.remove();
});

/** What a reader sees of the place that a link arrived at: it stands out, and nothing lies over it. */
function arrival() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = document.getElementById(id);
  if (!target) return { problem: `there is no #${id}` };
  if (!target.matches(":target")) return { problem: `#${id} is not the target` };
  // A chapter may be higher than the screen; its beginning must be seen.
  const box = target.getBoundingClientRect();
  const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 12)];
  const top = document.elementFromPoint(x, y);
  if (!top || !(target.contains(top) || top.contains(target))) {
    return { problem: `#${id} is covered at ${Math.round(x)}, ${Math.round(y)} by ${top?.outerHTML.slice(0, 80)}` };
  }
  const marked = [target, ...target.children].some((element) => {
    const { outlineStyle, boxShadow, backgroundColor } = getComputedStyle(element);
    return outlineStyle !== "none" || boxShadow !== "none" || !/^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor);
  });
  return { problem: marked ? undefined : `#${id} looks like any other`, text: target.textContent.trim(), tag: target.tagName };
}

for (const origin of ["served", "file"]) {
  test(`${origin}: each kind of page leads to itself in the other language, and back`, async () => {
    const failures = await walk(reader, origin, site.kinds, {}, async (page, { path, lang }) => {
      const begun = page.url();
      await follow(page, page.locator("nav.language a"));
      const other = await page.evaluate(() => document.documentElement.lang);
      const twin = page.url();
      await follow(page, page.locator("nav.language a"));
      const found = [];
      if (other === lang) found.push(`${twin} is in ${other}, too`);
      if (twin === begun || page.url() !== begun) found.push(`back from ${twin} is ${page.url()}`);
      if (!twin.endsWith(path.replace(/^en\//, ""))) found.push(`${twin} is another page`);
      return found;
    });
    none(failures);
  });

  test(`${origin}: a figure in prose leads to its cell, which stands out`, async () => {
    const parts = site.walked.filter((page) => page.kind === "part");
    let followed = 0;
    const failures = await walk(reader, origin, parts, { viewport: PHONE }, async (page) => {
      const found = [];
      const figures = page.locator(".prose p a.figure, .prose li a.figure");
      const hrefs = await figures.evaluateAll((links) => links.map((link) => link.getAttribute("href")));
      // The first figure of each form: the cells of one form are arrived at alike.
      const forms = new Map(hrefs.map((href, index) => [href.split("#")[1].split("/")[0], index]).reverse());
      for (const [form, index] of forms) {
        const figure = figures.nth(index);
        const said = (await figure.textContent()).trim();
        await follow(page, figure);
        const { problem, tag } = await page.evaluate(arrival);
        if (problem) found.push(`${said}: ${problem}`);
        else if (tag !== "TD") found.push(`${said}: leads to a ${tag} of ${form}`);
        followed += 1;
        await page.goBack();
      }
      return found;
    });
    none(failures);
    assert.ok(followed >= 20, `only ${followed} figures were followed`);
  });

  test(`${origin}: a mark leads to its reason, and the reason to the sentence`, async () => {
    const parts = site.walked.filter((page) => page.kind === "part");
    let followed = 0;
    const failures = await walk(reader, origin, parts, {}, async (page) => {
      const found = [];
      const marks = page.locator(".prose a.sic");
      for (let index = 0; index < (await marks.count()); index += 1) {
        const said = await marks.nth(index).evaluate((mark) => mark.previousElementSibling.textContent);
        await follow(page, marks.nth(index));
        const reason = await page.evaluate(arrival);
        if (reason.problem) found.push(reason.problem);
        // One reason may have several places: the way back is to the first, which quotes what is said there.
        const place = page.locator("article:has(h3:target) li").first();
        const quoted = await place.innerText();
        await follow(page, place.locator("a").first());
        const back = await page.evaluate(arrival);
        if (back.problem) found.push(back.problem);
        // Words have no place of their own but the mark behind them: that stands in their sentence.
        const words = await page.evaluate(() => {
          const mark = document.querySelector("a.sic:target");
          const around = mark?.closest("p, li, td");
          return around ? [...around.childNodes].slice(0, [...around.childNodes].indexOf(mark)).map((node) => node.textContent).join("") : null;
        });
        const sentence = (text) => text.replace(/\s/g, "").replace(/^.*[:：]/, "").slice(0, 12);
        const there = words === null ? quoted.includes(back.text) : words.replace(/\s/g, "").includes(sentence(quoted));
        if (!there) found.push(`“${quoted}” leads to ${words ?? back.text}`);
        if (index === 0 && words === null && !quoted.includes(said)) found.push(`${said} leads to “${quoted}”`);
        followed += 1;
        await page.goBack();
        await page.goBack();
      }
      return found;
    });
    none(failures);
    assert.ok(followed >= 20, `only ${followed} marks were followed`);
  });

  test(`${origin}: the address of a cell, typed, arrives at the cell`, async () => {
    const tables = site.walked.filter((page) => page.kind.startsWith("table"));
    let tried = 0;
    const failures = await walk(reader, origin, tables, { viewport: PHONE }, async (page) => {
      const found = [];
      const begun = page.url();
      const cells = await page.locator("td.amount[id]:visible").evaluateAll((all) => all.map((cell) => [cell.id, cell.textContent.trim()]));
      const some = cells.length ? [cells[0], cells[Math.floor(cells.length / 2)], cells.at(-1)] : [];
      for (const [id, amount] of some) {
        await page.goto("about:blank");
        await page.goto(`${begun}#${id}`, { waitUntil: "load" });
        const { problem, text } = await page.evaluate(arrival);
        if (problem) found.push(problem);
        else if (text !== amount) found.push(`#${id} says ${text}, not ${amount}`);
        tried += 1;
      }
      return found;
    });
    none(failures);
    assert.ok(tried >= 40, `only ${tried} cells were tried`);
  });

  test(`${origin}: a term leads to what it means`, async () => {
    const using = site.kinds.filter((page) => /^(part|table)/.test(page.kind));
    let followed = 0;
    const failures = await walk(reader, origin, using, {}, async (page) => {
      const terms = page.locator("main a.term:visible");
      if ((await terms.count()) === 0) return [];
      await follow(page, terms.first());
      followed += 1;
      const { problem, text } = await page.evaluate(arrival);
      const kind = await page.evaluate(() => document.body.className);
      if (problem) return [problem];
      return /kind-glossary/.test(kind) && text.length > 20 ? [] : [`${kind}: “${text}”`];
    });
    none(failures);
    assert.ok(followed >= 6, `only ${followed} terms were followed`);
  });

  test(`${origin}: a year leads to the year before, and back, in both languages`, async () => {
    const failures = [];
    const { page, context, troubles } = await visit(years.reader.browser);
    for (const folder of ["", "en/"]) {
      await page.goto(`${years.reader.origins[origin]}${folder}index.html`, { waitUntil: "load" });
      await follow(page, page.locator("main a[href='2020/index.html'], .site-menu a[href='2020/index.html']").first());
      const newer = page.url();
      await follow(page, page.locator("nav.pager a[rel=prev]"));
      if (!page.url().endsWith(`${folder}2019/index.html`)) failures.push(`before ${newer} comes ${page.url()}`);
      const heading = await page.locator("h1").textContent();
      if (!heading.includes("2019")) failures.push(`${page.url()} is headed ${heading}`);
      await follow(page, page.locator("nav.pager a[rel=next]"));
      if (page.url() !== newer) failures.push(`after 2019 comes ${page.url()}`);
    }
    await context.close();
    none([...failures, ...troubles]);
  });
}
