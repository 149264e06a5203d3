// The search as a reader uses it: what is typed, what is found, and that it stands where the result leads.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { PHONE, none, open, visit } from "./support/browser.js";
import { Site, site } from "./support/site.js";

const repository = fileURLToPath(new URL("../../", import.meta.url));

let reader;
before(async () => (reader = await open(site)));
after(() => reader.close());

/** Opens a search page with a query in its address, and waits for the answer. */
async function ask(page, origin, file, query) {
  await page.goto(`${origin}${file}?q=${encodeURIComponent(query)}`, { waitUntil: "load" });
  await page.waitForFunction(() => /\d|找到|found/.test(document.querySelector(".search-count").textContent));
  const titles = page.locator(".search-title");
  return {
    said: await page.locator(".search-count").innerText(),
    titles: await titles.allInnerTexts(),
    hrefs: await titles.evaluateAll((links) => links.map((link) => link.getAttribute("href"))),
    places: await page.locator(".search-place").allInnerTexts(),
  };
}

// Query, the address that the first result leads to, or its end, and what stands there.
const ANSWERS = {
  "search.html": [
    ["机关运行经费", "glossary.html#operating-expenses", /^机关运行经费/],
    ["公务接待", "glossary.html#official-receptions", /^公务接待费/],
    ["三公经费", "glossary.html#three-public", /“三公”经费/],
    ["三公经费花了多少钱", "glossary.html#three-public", /“三公”经费/],
    ["2010301", "2019/final/revenue.html#revenue/2010301", /2010301\s*行政运行/],
    ["行政运行 基本支出", "2019/final/expenditure.html#expenditure/2010301/basic", /^483\.38$/],
    ["行 政 运 行", "2019/final/revenue.html#revenue/2010301", /行政运行/],
    ["機關運行經費", "glossary.html#operating-expenses", /^机关运行经费/],
    ["政府采购", "#facts/procurement/total", /^1394\.08$/],
    ...["2795.08", "2,795.08", "２７９５．０８", "2795.08万元", "27950800", "27,950,800 元", "2795 万元"].map((amount) => [
      amount,
      "2019/final/revenue-expenditure-summary.html#revenue-expenditure-summary/general-budget/amount",
      /^2795\.08$/,
    ]),
    ["支出决算表", "2019/final/expenditure.html", null],
    ...["吃饭", "请客花了多少钱"].map((words) => [words, "glossary.html#official-receptions", /^公务接待费/]),
    ...["公车", "公车的费用", "去年公车花了多少钱"].map((words) => [words, "glossary.html#official-vehicles", /^公务用车购置及运行费/]),
    ...["花了多少钱", "一共花了多少", "去年花了多少钱", "一共花了多少钱？", "花钱", "钱花到哪里去了", "钱都花哪去了"].map((words) => [
      words,
      "#revenue-expenditure-summary/expenditure-year",
      /本年支出合计/,
    ]),
    ...["钱花在哪", "每100元", "最大的开支"].map((words) => [
      words,
      "2019/final/expenditure.html#_chart-hundred",
      /每 100 元支出花在哪/,
    ]),
    ["工资", "#basic-expenditure/301", /工资福利支出/],
    ["出差", "#basic-expenditure/30211", /差旅费/],
    ["矛盾", "2019/final/checks.html#_accepted", /原文自相矛盾之处/],
    ["尾差", "glossary.html#rounding-difference", /^尾差/],
    ["勾稽", "2019/final/checks.html", null],
  ],
  "en/search.html": [
    ["OFFICIAL RECEPTION", "glossary.html#official-receptions", /^Official receptions/],
    ["how much was spent on official receptions", "glossary.html#official-receptions", /^Official receptions/],
    ["公务接待", "glossary.html#official-receptions", /^Official receptions/],
    ["basic expenditure 2010301", "2019/final/expenditure.html#expenditure/2010301/basic", /^483\.38$/],
    ["cars", "#facts/vehicles/held", /^1$/],
    ...["biggest expense", "largest item"].map((words) => [
      words,
      "2019/final/expenditure.html#_chart-hundred",
      /Where each RMB 100 went/,
    ]),
    ["salaries", "#basic-expenditure/301", /Wages and welfare/],
    ["spending on salaries", "#basic-expenditure/301", /Wages and welfare/],
    ["hospitality", "glossary.html#official-receptions", /^Official receptions/],
    ...["how much spent", "How much was spent?", "how much did they spend last year", "Where did the money go?"].map((words) => [
      words,
      "#revenue-expenditure-summary/expenditure-year",
      /Total expenditure for the year/,
    ]),
    ["errors", "2019/final/checks.html#_accepted", /contradicts itself/],
    ["rounding differences", "2019/final/checks.html#_tails", /^Rounding differences/],
    ["total procurement", "#facts/procurement/total", /^1,394\.08$/],
    ...["2795.08", "RMB 27,950,800", "27.95 million"].map((amount) => [
      amount,
      "2019/final/revenue-expenditure-summary.html#revenue-expenditure-summary/general-budget/amount",
      /^2,795\.08$/,
    ]),
  ],
};

for (const [file, answers] of Object.entries(ANSWERS)) {
  test(`${file}: the first result leads to what was looked for`, async () => {
    const { page, context, troubles } = await visit(reader.browser);
    for (const [query, expected, text] of answers) {
      const { hrefs, places } = await ask(page, reader.origins.served, file, query);
      assert.ok(hrefs[0].endsWith(expected), `${query} leads to ${hrefs[0]}`);
      assert.match(places[0], file.startsWith("en/") ? /2019.*Bureau/ : /2019 年部门决算 · .*局/, query);
      if (!text) continue;
      await page.locator(".search-title").first().click();
      await page.waitForURL((url) => url.href.endsWith(expected));
      assert.match((await page.locator(":target").innerText()).trim(), text, query);
    }
    await context.close();
    none(troubles);
  });
}

test("what was typed comes first, then what accounts call it, which is said", async () => {
  const { page, context, troubles } = await visit(reader.browser);
  for (const [file, query, first, also] of [
    ["search.html", "吃饭", "公务接待费", /也查找了：公务接待费$/],
    ["search.html", "公务接待费", "公务接待费", /结果$/],
    ["search.html", "出国", "因公出国（境）费", /结果$/],
    ["en/search.html", "meals", "30106 Meal subsidies", /Also searched for: official receptions$/],
    ["en/search.html", "cars", "Official vehicles held", /Also searched for: official vehicles$/],
  ]) {
    const { said, titles } = await ask(page, reader.origins.served, file, query);
    assert.equal(titles[0], first, query);
    assert.match(said, also, query);
  }
  await context.close();
  none(troubles);
});

test("two words of everyday life that stand nowhere together have each their answer", async () => {
  const { page, context, troubles } = await visit(reader.browser);
  const { hrefs } = await ask(page, reader.origins.served, "search.html", "公车 吃饭");
  for (const term of ["official-receptions", "official-vehicles"]) {
    assert.ok(hrefs.slice(0, 4).includes(`glossary.html#${term}`), `${term}: ${hrefs}`);
  }
  await context.close();
  none(troubles);
});

test("a row that fits into a result is shown whole, and a count does not say its unit twice", async () => {
  const { page, context, troubles } = await visit(reader.browser);
  for (const [file, query, href, line] of [
    ["search.html", "公务用车购置费", "three-public/budget/vehicles-purchase", "预算数 0.00 万元 决算数 0.00 万元"],
    ["search.html", "行政运行", "general-budget-expenditure/2010301", "本年支出合计 483.38 万元 基本支出 483.38 万元 项目支出 0.00 万元"],
    ["search.html", "行政运行", "#expenditure/2010301", "本年支出合计 483.38 万元 基本支出 483.38 万元"],
    ["en/search.html", "cars", "facts/vehicles/held", "Official vehicles: 1"],
    ["en/search.html", "working links", "links", "Online government services: 300"],
  ]) {
    await ask(page, reader.origins.served, file, query);
    const found = page.locator(".search-results > li", { has: page.locator(`.search-title[href$="${href}"]`) });
    assert.equal((await found.locator(".search-cells").innerText()).replace(/\s+/g, " ").trim(), line, query);
  }
  await context.close();
  none(troubles);
});

test("a stated figure that contradicts the tables has its mark in a result, and is found across it", async () => {
  const { page, context, troubles } = await visit(reader.browser);
  for (const [file, query, mark] of [
    ["search.html", "增长 6.18% 工作任务", "［原文如此］"],
    ["en/search.html", "6.18% tasks", "[sic]"],
  ]) {
    await ask(page, reader.origins.served, file, query);
    assert.equal(await page.locator(".search-results > li").first().locator(".search-text .sic").innerText(), mark, query);
  }
  await context.close();
  none(troubles);
});

test("an amount of a table that contradicts others has its mark in a result", async () => {
  const { page, context, troubles } = await visit(reader.browser);
  await page.route("**/search-index.json", async (route) => {
    const answer = await route.fetch();
    const index = await answer.json();
    const entry = index.pages.flatMap((one) => one.entries || []).find(({ a }) => a === "general-budget-expenditure/2010301");
    if (entry) entry.v[0] += "\ufffc";
    await route.fulfill({ json: index });
  });
  await ask(page, reader.origins.served, "search.html", "行政运行");
  const found = page.locator(".search-results > li", { has: page.locator('.search-title[href$="general-budget-expenditure/2010301"]') });
  assert.match(await found.locator(".figure").first().innerText(), /^483\.38\s*［原文如此］$/);
  assert.equal(await found.locator(".sic").count(), 1);
  await context.close();
  none(troubles);
});

test("the other language and large type are asked the same, and back leads to what was found", async () => {
  const { page, context, troubles } = await visit(reader.browser);
  await page.goto(`${reader.origins.served}search.html`);
  await page.fill("#_q", "行政运行");
  await page.waitForSelector(".search-title");
  const query = `?q=${encodeURIComponent("行政运行")}`;
  assert.equal(new URL(page.url()).search, query, "the address says what is typed");
  for (const [link, end] of [["a.large-link", /\/large\/search\.html\?q=/], [".language a", /\/large\/en\/search\.html\?q=/], ["a.large-link", /\/en\/search\.html\?q=/]]) {
    await page.locator(link).click();
    await page.waitForURL(end);
    await page.waitForSelector(".search-title");
    assert.equal(new URL(page.url()).search, query);
    assert.equal(await page.inputValue("#_q"), "行政运行");
  }
  await page.goBack();
  await page.waitForURL(/\/large\/en\/search\.html\?q=/);
  await page.waitForSelector(".search-title");
  await page.fill("#_q", "");
  await page.waitForFunction(() => !location.search);
  assert.ok(!(await page.locator(".language a").getAttribute("href")).includes("?"), "nothing is carried on");
  await context.close();
  none(troubles);
});

test("the address of a figure leads to it, from a form as from the search page, and back", async () => {
  const { page, context, troubles } = await visit(reader.browser);
  const served = reader.origins.served;
  const cell = "2019/final/expenditure.html#expenditure/2010301/basic";
  const addresses = ["expenditure/2010301/basic", "{final:expenditure/2010301/basic@2019}", `https://www.example.gov.cn/czgk/${cell}`];
  for (const address of [...addresses, "2019/final/expenditure/2010301/basic"]) {
    await page.goto(`${served}index.html`);
    await page.fill("#_q", address);
    await page.keyboard.press("Enter");
    await page.waitForURL(served + cell);
    assert.equal((await page.locator(":target").innerText()).trim(), "483.38", address);
    await page.goBack();
    assert.equal(page.url(), `${served}index.html`, "no trap on the way back");
  }
  await page.goto(`${served}en/search.html`);
  await page.fill("#_q", "expenditure/2010301");
  await page.waitForSelector(".search-title");
  assert.equal(await page.locator(".search-title").count(), 1);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${served}en/2019/final/expenditure.html#expenditure/2010301`);
  await page.goBack();
  await page.waitForSelector(".search-title");
  const { said } = await ask(page, served, "search.html", "expenditure/2010301/basic@2018");
  assert.match(said, /没有/, "another year has it, or nobody");
  await context.close();
  none(troubles);
});

test("two or three letters are a word, and IT is no it", async () => {
  const { page, context, troubles } = await visit(reader.browser);
  for (const [query, has, most] of [["IT", /\bIT\b/, 10], ["AP", /\bAP\b/i, 10], ["Zq", null, 0]]) {
    const { titles } = await ask(page, reader.origins.served, "en/search.html", query);
    assert.ok(titles.length <= most, `${query}: ${titles.length} results`);
    assert.equal(titles.length > 0, most > 0, query);
    for (const result of await page.locator(".search-results > li").allInnerTexts()) assert.match(result, has, query);
  }
  const { titles } = await ask(page, reader.origins.served, "en/search.html", "training");
  assert.deepEqual(titles.slice(0, 1), ["30216 Training"], "a subject comes before prose");
  await context.close();
  none(troubles);
});

test("what is hostile, empty or too long finds nothing, breaks nothing and becomes no markup", async () => {
  const { page, context, troubles } = await visit(reader.browser, { viewport: PHONE });
  page.on("dialog", (dialog) => troubles.push(`dialog: ${dialog.message()}`));
  const queries = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "，。！", "\"“”'", "𠀀", "公".repeat(400), "constructor", "\\ ( [ *", "恐龙"];
  for (const query of queries) {
    const { said, titles } = await ask(page, reader.origins.served, "search.html", query);
    assert.match(said, /没有找到/, query);
    assert.deepEqual(titles, [], query);
    assert.ok(await page.locator("#_site-map").isVisible(), "the map is a way on");
    assert.equal(await page.locator("#_search img, #_search script").count(), 0, query);
  }
  const other = await page.locator(".search-elsewhere a").first();
  assert.equal(await other.getAttribute("href"), `en/search.html?q=${encodeURIComponent("恐龙")}`);
  await page.fill("#_q", "");
  await page.waitForFunction(() => document.querySelector(".search-count").textContent === "");
  await context.close();
  none(troubles);
});

test("the keyboard is enough", async () => {
  const { page, context, troubles } = await visit(reader.browser);
  await page.goto(`${reader.origins.served}search.html`);
  await page.keyboard.press("/");
  await page.keyboard.type("公务接待");
  await page.waitForSelector(".search-title");
  const focused = () => page.evaluate(() => [...document.querySelectorAll(".search-title")].indexOf(document.activeElement));
  const typing = () => page.evaluate(() => document.activeElement.id === "_q");
  assert.ok(await typing());
  for (const [key, expected] of [["ArrowDown", 0], ["ArrowDown", 1], ["ArrowUp", 0]]) {
    await page.keyboard.press(key);
    assert.equal(await focused(), expected, key);
  }
  await page.keyboard.press("ArrowUp");
  assert.ok(await typing(), "up from the first result");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  assert.ok(await typing(), "Escape leads back");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.className === "search-title");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.hash === "#official-receptions");
  await page.goBack();
  await page.waitForSelector(".search-title");
  assert.equal(await page.inputValue("#_q"), "公务接待", "the query is in the address");
  await context.close();
  none(troubles);
});

for (const [how, origin, options] of [["without script", "served", { javaScriptEnabled: false }], ["from the disk", "file", {}]]) {
  test(`${how} the page is the site map and says so`, async () => {
    const { page, context, troubles } = await visit(reader.browser, options);
    await page.goto(`${reader.origins[origin]}en/search.html?q=2795.08`);
    assert.ok(await page.locator(".search-note").isVisible());
    assert.ok(!(await page.locator("#_q").isVisible()));
    assert.ok((await page.locator("#_site-map a:visible").count()) > 15);
    await context.close();
    none(troubles);
  });
}

test("without script a home page offers the map, not a form", async () => {
  for (const [options, scripted] of [[{ javaScriptEnabled: false }, false], [{}, true]]) {
    const { page, context, troubles } = await visit(reader.browser, { viewport: PHONE, ...options });
    for (const file of ["index.html", "en/index.html"]) {
      await page.goto(reader.origins.served + file);
      assert.equal(await page.locator("#_q").isVisible(), scripted, file);
      assert.equal(await page.locator("main .search-note a").count(), scripted ? 0 : 1, file);
      if (scripted) continue;
      await page.locator("main .search-note a").click();
      assert.match(page.url(), /search\.html#_site-map$/);
      assert.ok(await page.locator("#_site-map").isVisible());
    }
    await context.close();
    none(troubles);
  }
});

test("words of a site's own are texts, not patterns, and an empty one ends nowhere", async () => {
  const { page, context, troubles } = await visit(reader.browser);
  const own = { "c++": ["procurement"], "(": ["procurement"], "": ["procurement"], nought: ["", "“”"] };
  await page.route("**/words-en.json", (route) => route.fulfill({ json: own }));
  const { said, titles } = await ask(page, reader.origins.served, "en/search.html", "C++");
  assert.match(said, /Also searched for: procurement$/);
  assert.ok(titles.length > 0);
  for (const query of ["c+++", "nought", "total procurement"]) await ask(page, reader.origins.served, "en/search.html", query);
  await context.close();
  none(troubles);
});

test("an index that cannot be read is said, and asked for again", async () => {
  const { page, context } = await visit(reader.browser);
  await page.route("**/search-index.json", (route) => route.abort());
  await page.goto(`${reader.origins.served}search.html?q=2010301`);
  await page.waitForFunction(() => document.querySelector(".search-count").textContent.includes("没有读到"));
  await page.unroute("**/search-index.json");
  await page.fill("#_q", "行政运行");
  await page.waitForSelector(".search-title");
  await context.close();
});

test("a portal asks only the departments that can answer", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "gongkai-portal-"));
  const source = path.join(folder, "site");
  const small = path.join(repository, "tests/sites/small");
  const slugs = Array.from({ length: 14 }, (_, index) => `dept-${index + 1}`);
  cpSync(path.join(small, "site.yaml"), path.join(source, "site.yaml"));
  for (const slug of slugs) {
    cpSync(path.join(small, "content/2019"), path.join(source, "content", slug, "2019"), { recursive: true });
    writeFileSync(path.join(source, "content", slug, "department.yaml"), `name: {zh: 示例${slug}局, en: Example bureau ${slug}}\n`);
  }
  const named = "name: {zh: 示例区人力资源和社会保障局, en: Example Human Resources and Social Security Bureau}\n";
  writeFileSync(path.join(source, "content/dept-3/department.yaml"), named);
  for (const [lang, text] of [["zh", "水獭保护项目。"], ["en", "The otter project."]]) {
    const overview = path.join(source, `content/dept-9/2019/final/01-overview.${lang}.md`);
    writeFileSync(overview, `${readFileSync(overview, "utf8")}\n${text}\n`);
  }
  const build = ["run", "--quiet", "--locked", "--", "build", "--quiet", "--site", source, "--output", `${folder}/output`];
  execFileSync("cargo", build, { cwd: repository, stdio: ["ignore", "ignore", "inherit"] });
  const portal = await open(new Site(`${folder}/output`));
  try {
    const { page, context, troubles } = await visit(portal.browser);
    let pieces = 0;
    page.on("request", (request) => (pieces += request.url().endsWith("search-index.json")));
    const asked = async (file, query) => {
      pieces = 0;
      return { ...(await ask(page, portal.origins.served, file, query)), pieces };
    };
    for (const [file, query] of [["search.html", "水獭"], ["search.html", "水獺"], ["en/search.html", "otters"]]) {
      const { hrefs, pieces } = await asked(file, query);
      assert.match(hrefs[0], /^dept-9\/2019\/final\/overview\.html/, query);
      assert.equal(hrefs.length, 1, query);
      assert.equal(pieces, 1, query);
    }
    for (const [file, query, slug] of [
      ["search.html", "示例区人力资源和社会保障局", "dept-3"],
      ["search.html", "人力资源", "dept-3"],
      ["search.html", "人社局 2019", "dept-3"],
      ["search.html", "人社局", "dept-3"],
      ["en/search.html", "human resources", "dept-3"],
      ["en/search.html", "HRSS", "dept-3"],
      ["en/search.html", "Example bureau dept-14", "dept-14"],
    ]) {
      const { hrefs, places } = await asked(file, query);
      assert.equal(hrefs[0], `${slug}/index.html`, query);
      assert.ok(places.every((place) => place.length > 0), query);
    }
    await page.goto(`${portal.origins.served}index.html`);
    await page.fill("#_q", "人社局");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".search-title");
    assert.match(await page.locator(".search-results > li").first().innerText(), /人力资源和社会保障局\s*2019/);
    const { hrefs: everyones } = await asked("search.html", "expenditure/total/total");
    assert.ok(everyones.length > 1 && everyones.every((href) => href.endsWith("expenditure.html#expenditure/total/total")));
    const everywhere = await asked("search.html", "合计");
    assert.equal(everywhere.pieces, 12, "not all at once");
    assert.match(everywhere.said, /12 \/ 14/);
    while (await page.locator(".search-more").isVisible()) await page.locator(".search-more").click();
    assert.equal(pieces, 14);
    assert.equal((await asked("search.html", "恐龙")).pieces, 0);
    assert.equal((await asked("dept-1/search.html", "水獭")).hrefs.length, 0);
    const wider = page.locator(".search-elsewhere a").last();
    assert.equal(await wider.getAttribute("href"), `../search.html?q=${encodeURIComponent("水獭")}`);
    await context.close();
    none(troubles);
  } finally {
    await portal.close();
    rmSync(folder, { recursive: true });
  }
});
