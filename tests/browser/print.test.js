// On paper: each kind of page prints; a table that goes on over pages has its head on each of them; nothing is cut off.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";

import { none, open, walk } from "./support/browser.js";
import { site } from "./support/site.js";

let reader;
before(async () => (reader = await open(site)));
after(() => reader.close());

/** The words of a PDF, page by page (poppler). */
function words(pdf) {
  const text = execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf, maxBuffer: 1 << 26 }).toString();
  return text.split("\f").slice(0, -1);
}

const close = (text) => text.replace(/\s+/g, "");

test("each kind of page prints with its title and all of its words", async () => {
  const failures = await walk(reader, "served", site.kinds, {}, async (page) => {
    const title = (await page.locator("h1").first().textContent()).match(/[\p{L}\p{N}]+/gu);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const text = close(words(pdf).join(""));
    const found = [];
    for (const word of title) if (!text.includes(word)) found.push(`the print lacks “${word}” of its title`);
    await page.emulateMedia({ media: "print" });
    // What print shows is what the PDF holds: the last amount of every table is on paper.
    const last = await page.evaluate(() =>
      [...document.querySelectorAll("table")]
        .filter((table) => table.checkVisibility())
        .map((table) => [...table.querySelectorAll("td.amount[id]")].at(-1)?.textContent.trim())
        .filter(Boolean),
    );
    await page.emulateMedia({ media: null }); // Not "screen": paper would be drawn as a screen from then on.
    for (const amount of last) if (!text.includes(close(amount))) found.push(`the print lacks ${amount}`);
    return found;
  });
  none(failures);
});

test("the whole report: on each page on which a table goes on stands its head", async () => {
  let continued = 0;
  const reports = site.walked.filter((page) => page.kind === "report");
  const failures = await walk(reader, "served", reports, {}, async (page) => {
    const pages = words(await page.pdf({ preferCSSPageSize: true })).map(close);
    const tables = await page.evaluate(() =>
      [...document.querySelectorAll("table.data:has(tbody td.amount[id])")].map((table) => ({
        name: table.querySelector("caption")?.textContent ?? table.querySelector("td[id]").id,
        // The first word of each head: a head of several lines is torn apart where the PDF is read line by line.
        head: [...table.querySelectorAll("thead tr:first-child th")].map((cell) => cell.textContent.trim().split(/\s+/)[0]).filter(Boolean),
        rows: [...table.querySelectorAll("tbody tr")]
          .map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent.replace(/\s+/g, "")).join(""))
          .filter((row) => row.length > 12),
      })),
    );
    const found = [];
    for (const { name, head, rows } of tables) {
      const on = pages.flatMap((text, index) => (rows.some((row) => text.includes(row)) ? [index] : []));
      if (new Set(on).size > 1) continued += 1;
      for (const index of on) {
        const missing = head.filter((word) => !pages[index].includes(word.slice(0, 6)));
        if (missing.length === head.length) found.push(`page ${index + 1}: ${name} goes on without its head`);
      }
    }
    return found;
  });
  none(failures);
  assert.ok(continued > 0, "no table goes on over a page: nothing was tried");
});

/** The width of the text on each kind of sheet, in CSS pixels: `@page` in style.css and table.css. */
const SHEETS = { auto: 673, table: 688, wide: 1017 };

/** The English words that a head of a table on such sheets breaks inside, and tables wider than the sheet. */
function broken([kind, width]) {
  const sheet = (element) => (element && getComputedStyle(element).page !== "auto" ? getComputedStyle(element).page : element ? sheet(element.parentElement) : "auto");
  const found = [];
  const range = document.createRange();
  for (const table of document.querySelectorAll("table.data")) {
    if (sheet(table) !== kind) continue;
    if (table.getBoundingClientRect().right > width + 1) found.push(`${table.parentElement.id} is wider than its sheet`);
    const texts = document.createTreeWalker(table.tHead, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      for (const word of text.data.matchAll(/[A-Za-z]+/g)) {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top)));
        if (lines.size > 1) found.push(`${table.parentElement.id} breaks “${word[0]}”`);
      }
    }
  }
  return found;
}

test("no head of a table breaks inside an English word, and no table is wider than its sheet", async () => {
  const pages = site.walked.filter(({ kind }) => /^(report|table)/.test(kind));
  none(
    await walk(reader, "served", pages, {}, async (page) => {
      const found = [];
      await page.emulateMedia({ media: "print" });
      for (const [kind, width] of Object.entries(SHEETS)) {
        await page.setViewportSize({ width, height: 800 });
        found.push(...(await page.evaluate(broken, [kind, width])));
      }
      await page.emulateMedia({ media: null });
      return found;
    }),
  );
});

test("the checks are on paper: all equations, each contradiction on one sheet, the counters in one row", async () => {
  const pages = site.walked.filter(({ kind }) => kind === "checks");
  const seen = { entries: 0, equations: 0, counters: 0 };
  const failures = await walk(reader, "served", pages, {}, async (page) => {
    const { entries, equations } = await page.evaluate(() => ({
      entries: [...document.querySelectorAll("article")].map((entry) => [entry.querySelector("h3"), entry.lastElementChild].map((each) => each.textContent)),
      equations: [...document.querySelectorAll("details li")].map((each) => each.textContent),
    }));
    const found = [];
    await page.setViewportSize({ width: SHEETS.auto, height: 800 });
    await page.emulateMedia({ media: "print" });
    // What is visible is known once it has been laid out for paper.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const hidden = await page.evaluate(() => [...document.querySelectorAll("details li")].filter((each) => !each.checkVisibility({ contentVisibilityAuto: true })).length);
    if (hidden > 0) found.push(`${hidden} equations are not on paper`);
    const counters = await page.evaluate(() => [...document.querySelectorAll(".key-figures > div")].map((each) => each.offsetTop));
    await page.emulateMedia({ media: null });
    const sheets = words(await page.pdf({ preferCSSPageSize: true })).map(close);
    const text = sheets.join("");
    for (const [first, last] of entries) {
      const begins = sheets.findIndex((sheet) => sheet.includes(close(first).slice(0, 20)));
      if (begins < 0 || !sheets[begins].includes(close(last).slice(-12))) found.push(`is torn apart: “${first}”`);
    }
    // Equations stand in two columns: no more than a part of a line is read in one piece.
    for (const equation of equations) if (!text.includes(close(equation).slice(0, 8))) found.push(`the print lacks ${equation}`);
    if (new Set(counters).size !== 1) found.push(`the counters stand at ${counters}`);
    seen.entries += entries.length;
    seen.equations += equations.length;
    seen.counters += counters.length;
    return found;
  });
  none(failures);
  assert.ok(seen.entries >= 20 && seen.equations >= 200 && seen.counters >= 8, JSON.stringify(seen));
});

test("each table of the accounts, with its notes, is on one sheet: by itself and in the whole report", async () => {
  const pages = site.walked.filter(({ kind }) => kind === "report" || (kind.startsWith("table ") && kind !== "table form-stacked"));
  let seen = 0;
  const failures = await walk(reader, "served", pages, {}, async (page) => {
    const forms = await page.evaluate(() =>
      [...document.querySelectorAll(".form:not(.form-stacked):has(td.amount[id])")].map((form) => ({
        title: form.id,
        // Where the form begins, and where it ends: its last line with words, be it of a note or of a row.
        first: [form.closest(".report-table")?.querySelector("h3") ?? document.querySelector("h1"), form.querySelector(".form-unit")].map((each) => each.textContent),
        last: [...form.querySelectorAll(".form-notes p, tbody .total .name")].at(-1)?.textContent ?? [...form.querySelectorAll("tbody td.amount")].at(-1).textContent,
      })),
    );
    const sheets = words(await page.pdf({ preferCSSPageSize: true })).map(close);
    const found = [];
    for (const { title, first, last } of forms) {
      seen += 1;
      const begins = sheets.findIndex((text) => first.every((words) => text.includes(close(words))));
      // The end of a long note stands on a line of its own.
      if (begins < 0 || !sheets[begins].includes(close(last).slice(-12))) found.push(`${title} begins on sheet ${begins + 1} and does not end there: …${last.slice(-30)}`);
    }
    return found;
  });
  none(failures);
  assert.ok(seen >= 36, `${seen} tables`);
});

test("no sheet holds the rest of a text alone; what belongs together is on one sheet", async () => {
  const pages = site.walked.filter(({ kind }) => /^(report|part|table)/.test(kind));
  const seen = { entries: 0, tables: 0, titles: 0, sources: 0 };
  const failures = await walk(reader, "served", pages, {}, async (page, { kind }) => {
    const texts = (selector) => page.locator(selector).allTextContents();
    const { entries, tables, titles } = await page.evaluate(() => ({
      // Entries of the annex, paragraph by paragraph.
      entries: [...document.querySelectorAll(".annex > li")].map((entry) => [...entry.querySelectorAll("p")].map((each) => each.textContent)),
      // Tables in prose, by the beginning of each row.
      tables: [...document.querySelectorAll(".lane > table:not(.data)")].map((table) => [...table.rows].map((row) => row.cells[0].textContent.trim().slice(0, 4))),
      // Titles of tables that may go on over sheets, each with how the cells of its first row begin.
      titles: [...document.querySelectorAll(".form-stacked caption:not(.visually-hidden)")].map((title) => [title, ...title.parentElement.tBodies[0].rows[0].cells].map((each) => each.textContent.trim().slice(0, 5))),
    }));
    const lines = words(await page.pdf({ preferCSSPageSize: true })).map((text) =>
      text.split("\n").filter((line) => line.trim() && !/^\s*\d+\s*\/\s*\d+\s*$/.test(line)),
    );
    const sheets = lines.map((each) => close(each.join("")));
    const found = [];
    const together = (what, pieces) => {
      if (!sheets.some((sheet) => pieces.every((piece) => sheet.includes(close(piece))))) found.push(`is torn apart: ${what} “${pieces[0].slice(0, 30)}”`);
    };
    for (const [at, { length }] of lines.entries()) {
      const cover = at === 0 && kind === "report";
      if (length < 5 && !cover) found.push(`sheet ${at + 1} of ${lines.length} holds ${length} lines: “${lines[at][0]?.trim().slice(0, 40)}”`);
    }
    for (const entry of entries) together("an entry", entry);
    for (const table of tables) together("a table", table);
    for (const title of titles) together("a title", title);
    // Source and digest stand with the last line of the table or of its notes.
    const sources = await texts(".form-source");
    const ends = await texts(".report-table .form-notes:last-of-type p:last-child");
    for (const [at, end] of ends.entries()) if (ends.length === sources.length) together("a source", [sources[at], close(end).slice(-12)]);
    seen.entries += entries.length;
    seen.tables += tables.length;
    seen.titles += titles.length;
    seen.sources += ends.length === sources.length ? ends.length : 0;
    return found;
  });
  none(failures);
  assert.ok(seen.entries >= 20 && seen.tables >= 10 && seen.titles >= 6 && seen.sources >= 16, JSON.stringify(seen));
});
