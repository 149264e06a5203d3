(() => {
"use strict";
/* The search page. It looks through pieces of index that the program made (src/site/search), one report each, and builds
   every result from text nodes: nothing that was typed or read becomes markup. Without it the page is the site map. */
const root = document.getElementById("_search");
if (!root || !/^https?:$/.test(location.protocol) || !window.fetch) return;

const find = (selector) => root.querySelector(selector);
const form = find("form"), input = find("input"), count = find(".search-count"), list = find(".search-results");
const more = find(".search-more"), note = find(".search-note"), elsewhere = find(".search-elsewhere");
const map = document.getElementById("_site-map");
const words = root.dataset;
const english = document.documentElement.lang === "en";
const assets = new URL(".", document.currentScript.src).href;
const portal = root.classList.contains("search-portal") ? assets + "search/" + (english ? "en" : "zh") : "";
const PAGE = 20, BATCH = 12, LONGEST = 200, MOST = 12;
/* ---- One writing for what is the same to a reader; src/site/search/grams.rs folds in the same way ---- */

const HAN = /[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[\ud840-\ud8bf][\udc00-\udfff]/;
const QUOTES = /["'\u2018-\u201f\u300a-\u300f\u200b\u2060\ufffc]/;
const isHan = (c) => c > "\u3000" && HAN.test(c);
const isDigit = (c) => c >= "0" && c <= "9";

/* `at`, if given, hears where in the text each folded unit comes from. */
function fold(text, at) {
  let folded = "", space = false, last = "", index = 0;
  for (const original of text) {
    const place = index;
    index += original.length;
    let c = original;
    if (c >= "\uff01" && c <= "\uff5e") c = String.fromCharCode(c.charCodeAt(0) - 0xfee0);
    if (QUOTES.test(c)) continue;
    if (/\s/.test(c)) { space = true; continue; }
    if (c === "," && !space && isDigit(last) && /^[0-9\uff10-\uff19]/.test(text.slice(index))) continue;
    if (space && last && !isHan(last) && !isHan(c)) { folded += " "; if (at) at.push(place); }
    space = false;
    last = c;
    const lower = c.toLowerCase();
    folded += lower;
    if (at) for (let i = 0; i < lower.length; i++) at.push(place);
  }
  return folded;
}

/* ---- Numbers are texts: no amount goes through a float to be found exactly ---- */

function plain(number) {
  let digits = number.includes(".") ? number.replace(/0+$/, "").replace(/\.$/, "") : number;
  digits = digits.replace(/^0+/, "");
  return digits === "" || digits[0] === "." ? "0" + digits : digits;
}

function moved(number, places) {
  let [whole, fraction = ""] = number.split(".");
  if (places >= 0) {
    fraction = fraction.padEnd(places, "0");
    return plain(whole + fraction.slice(0, places) + "." + fraction.slice(places));
  }
  whole = whole.padStart(1 - places, "0");
  return plain(whole.slice(0, places) + "." + whole.slice(places) + fraction);
}

/* ---- A query ---- */

const UNITS = { "亿": 8, "万": 4, "元": 0, yuan: 0, thousand: 3, million: 6, billion: 9 };
const IDLE = new Set("a an and are at by cny cost costs did do does for from how in is it money much of on or rmb spend spending spent the they to was were what which with yuan".split(" "));
const ASKED = /((?:一共|总共)?花了多少钱?|是多少|有多少|多少钱|多少|什么是|是什么|什么意思|人民币|请问)/g;
/* What a question says besides what it asks for: when, altogether, and the particles at its end. */
const FRAMES = /去年|今年|前年|这一年|全年|一共|总共|到底|究竟|(?:了|吗|呢|啊|嘛)+(?=\s|$)|\b(?:last|this) year\b/g;
/* What is left beside a word of everyday life: 公车的费用. */
const REST = /^(?:的|了|钱|费用|费|花费|花销|开支|开销|情况|方面|一共|总共|都|有|吗|呢)+$/;

const asIdle = (text) => text.replace(ASKED, " ").split(" ").every((word) => !word || IDLE.has(word));
/* One of them, or some; none of the word itself with an ending of its own. */
const plural = (one, many) => one.length > 3 && (many === one + "s" || many === one + "es" || (one.endsWith("y") && many === one.slice(0, -1) + "ies"));

/* A text as the pattern that matches it: a site may have C++ among its words. */
const literally = (text) => text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");

/* IT is no it: small words that are typed in capitals, among others that are not, are looked for in capitals. */
function capitals(query, word) {
  const caps = new RegExp("(^|[^\\p{L}])" + word.toUpperCase() + "(?!\\p{L})", "u");
  return caps.test(query) && (/[a-z]/.test(query) || query.trim().length === word.length) ? caps : null;
}

/* A word or a phrase as a needle. */
function phrase(s) {
  if (isHan(s)) return { kind: "han", s };
  return { kind: "word", s, stem: s.length > 3 ? s.replace(/(?:ies|es|s|y)$/, "") : s };
}

/* The needles of a query. With `everyday`, words that stand in it are needles that other words answer as well. */
function needles(query, everyday = []) {
  // Spaces part words, but not the characters of somebody who types one between every two.
  const typed = query.slice(0, LONGEST).split(/\s+/).map((part) => fold(part)).filter(Boolean);
  let folded = typed.join(typed.every((part) => isHan(part) && [...part].length === 1) ? "" : " ");
  const also = [];
  for (const [word, terms] of everyday) {
    if (also.length >= MOST || !folded.includes(word)) continue;
    const mark = String.fromCharCode(0xe000 + also.length);
    const cut = isHan(word) ? folded.split(word).join(" " + mark + " ")
      : folded.replace(new RegExp("(^|[^\\p{L}\\d])" + literally(word) + "(?![\\p{L}\\d])", "gu"), "$1 " + mark + " ");
    if (cut === folded) continue;
    folded = cut.trim();
    also.push({ ...phrase(word), also: terms.map((term) => ({ ...phrase(fold(term)), term })) });
  }
  // A query that is nothing else is looked for as it is.
  const asked = folded.replace(FRAMES, " ").replace(ASKED, " ");
  if (/[\p{L}\d\ue000-\uf8ff]/u.test(asked)) folded = asked;
  const found = [];
  const token = /([\ue000-\uf8ff])|(\d+(?:\.\d+)?)(?: ?(亿|万|thousand|million|billion)?(?:元|年度?|(?: ?yuan)\b)?)?|((?:[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[\ud840-\ud8bf][\udc00-\udfff])+)|(\p{L}+)/gu;
  for (const [whole, mark, number, unit, han, word] of folded.matchAll(token)) {
    if (mark) found.push(also[mark.charCodeAt(0) - 0xe000]);
    else if (number) {
      const money = unit || (/元|yuan/.test(whole) ? "元" : "");
      const value = plain(number);
      const forms = [value];
      if (money) forms.push(moved(value, UNITS[money]));
      else if (value.length > 3) forms.push(moved(value, 4), moved(value, -4));
      found.push({ kind: "number", s: number, value, money, forms });
    } else found.push({ ...phrase(han || word), caps: word && IDLE.has(word) ? capitals(query, word) : null });
  }
  const telling = found.filter(({ s, kind, caps }) => kind === "number" || caps || !(asIdle(s) || (also.length && REST.test(s))));
  const asking = found.filter((needle) => needle.also);
  return ([telling, asking].find(({ length }) => length) || found).slice(0, MOST);
}

/* Where a needle stands in a folded text, and how well: [quality, start, end], or nothing. */
function within(needle, text) {
  if (!text) return null;
  if (needle.kind === "han") {
    const at = text.indexOf(needle.s);
    return at < 0 ? null : [closeness(needle.s.length, text, at), at, at + needle.s.length];
  }
  if (needle.kind === "number") {
    for (const [index, form] of [needle.s, ...needle.forms].entries()) {
      if (index > 1 && form.length < 4) continue;
      for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
        const end = at + form.length;
        const inside = /[\d.]/.test(text[at - 1] || "") && !(text[at - 1] === "." && !isDigit(text[at - 2] || ""));
        if (!inside && !isDigit(text[end] || "") && !(text[end] === "." && isDigit(text[end + 1] || ""))) {
          return [closeness(form.length, text, at) * (index > 1 ? .8 : 1), at, end];
        }
      }
    }
    return null;
  }
  // Nothing stands everywhere: there would be no end.
  if (!needle.stem) return null;
  let best = null;
  for (let at = text.indexOf(needle.stem); at >= 0; at = text.indexOf(needle.stem, at + 1)) {
    if (/\p{L}/u.test(text[at - 1] || "")) continue;
    const rest = needle.stem + /^\p{L}*/u.exec(text.slice(at + needle.stem.length))[0];
    let quality = 0;
    // Two or three letters begin too many words: they are a word, or nothing.
    if (rest === needle.s) quality = closeness(rest.length, text, at);
    else if (plural(rest, needle.s) || plural(needle.s, rest)) quality = closeness(rest.length, text, at) * .9;
    else if (needle.s.length > 3 && rest.startsWith(needle.s)) quality = closeness(needle.s.length, text, at) * .8;
    if (quality && (!best || quality > best[0])) best = [quality, at, at + rest.length];
  }
  return best;
}

const closeness = (length, text, at) =>
  length === text.length ? 1 : (at === 0 ? .6 : .5) + .35 * length / text.length;

/* How much of a needle stands in a text, by pairs of characters; for queries that nothing answers as they are. */
function share(needle, text) {
  if (within(needle, text)) return 1;
  if (needle.kind !== "han" || needle.s.length < 3) return 0;
  let found = 0;
  for (let i = 0; i + 1 < needle.s.length; i++) if (text.includes(needle.s.slice(i, i + 2))) found++;
  return found / (needle.s.length - 1);
}

/* How well an amount answers a number. With a unit the number may be rounded as it was typed. */
function amountFits(needle, cell) {
  if (needle.money) {
    const places = UNITS[needle.money];
    if (cell.yuan === moved(needle.value, places)) return 80;
    const step = 10 ** (places - (needle.s.split(".")[1] || "").length);
    return Math.abs(Number(cell.yuan) - Number(moved(needle.value, places))) * 2 <= step && step > 1 ? 60 : 0;
  }
  if (cell.amount === needle.value) return 80;
  if (cell.yuan === needle.value) return 75;
  return needle.s.length > 2 && cell.amount.startsWith(needle.s) ? 20 : 0;
}
/* ---- The index ---- */

/* A piece as a list of things that can be found, each with its folded texts. */
function items(piece, base) {
  const found = [];
  for (const page of piece.pages) {
    const around = { piece, page, base, context: [fold(page.title), fold(piece.report), fold(piece.department)] };
    found.push({ ...around, id: "", title: page.title, names: [[fold(page.title), 95], [fold(page.other || ""), 60]] });
    for (const entry of page.entries || []) {
      const heads = (page.heads || [])[entry.h || 0] || [];
      const cells = (entry.v || []).map((said, index) => said === null ? null : cell(said, heads[index])).filter(Boolean);
      const names = [[fold(entry.n || ""), entry.k ? 95 : cells.length ? 90 : 60]];
      for (const other of entry.o || []) names.push([fold(other), entry.k ? 70 : 50]);
      const title = [entry.c, entry.n].filter(Boolean).join(" ") || page.title;
      const here = { ...around, id: entry.a || "", title, code: entry.c || "" };
      const texts = entry.t || [];
      if (entry.k || cells.length) {
        found.push({ ...here, names, cells, text: texts.join(" "), folded: fold(texts.join(" ")) });
        continue;
      }
      if (entry.n) found.push({ ...here, names });
      const context = [...around.context, ...names.map(([name]) => name)];
      for (const text of texts) found.push({ ...here, context, names: [], text, folded: fold(text) });
    }
  }
  return found;
}

function cell(said, [id, name, unit, places]) {
  const amount = plain(said.replace(/[^\d.]/g, ""));
  return { id, name, unit, said, folded: fold(name), amount, yuan: moved(amount, places) };
}

/* Pages in large type are found by the same index, which lies beside the standard ones: where their link back leads. */
const large = document.documentElement.classList.contains("large") && document.querySelector("a.large-link");
const standard = large ? large.href : location.href;

const loaded = new Map();

/* Fetched once; a failure is forgotten, so that the next query tries again. */
function load(url, read) {
  if (!loaded.has(url)) {
    const answer = fetch(new URL(url, standard)).then((response) => {
      if (!response.ok) throw new Error(url + ": " + response.status);
      return response.json();
    }).then(read);
    answer.catch(() => loaded.delete(url));
    loaded.set(url, answer);
  }
  return loaded.get(url);
}

function hash(text) {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}

/* The grams by which a portal knows its departments, of each list at least one; none where the needle is too short, or
   an amount that may be rounded. */
function grams(needle) {
  if (needle.kind === "han") {
    const pairs = Array.from({ length: needle.s.length - 1 }, (_, i) => needle.s.slice(i, i + 2));
    return pairs.filter((pair) => [...pair].every(isHan)).map((pair) => [pair]);
  }
  if (needle.kind === "word") return needle.stem.split(" ").filter((word) => word.length >= 4).map((word) => [word.slice(0, 4)]);
  const decimals = (needle.s.split(".")[1] || "").length;
  return needle.money && UNITS[needle.money] - decimals > 2 ? [] : [needle.forms];
}

/* The pieces that may answer, the likeliest first. */
async function pieces(queries) {
  // A department's map lists its reports, the newest first, and each has its piece beside it.
  const reports = [...map.querySelectorAll('a[href$="/report.html"]')].map((link) => link.getAttribute("href"));
  if (!portal) return reports.map((href) => ({ url: href.replace("report.html", "search-index.json"), base: "" }));
  const { files, departments: shelves } = await load(portal + ".json", (value) => value);
  const everyone = shelves.map((_, index) => index);
  const holders = async (gram) => {
    const key = hash(gram);
    const who = (await load(portal + "-" + key % files + ".json", (value) => value))[key.toString(16).padStart(8, "0")];
    return who === 0 ? everyone : who || [];
  };
  const both = (some, others) => some.filter((index) => others.has(index));
  const all = (sets) => sets.reduce((some, others) => both(some, new Set(others)), everyone);
  const any = (sets) => [...new Set(sets.flat())];
  const having = async (needle) => all(await Promise.all(grams(needle).map(async (some) => any(await Promise.all(some.map(holders))))));
  const answering = async (wanted) => all(await Promise.all(wanted.map(async (needle) => any(await Promise.all(ways(needle).map(having))))));
  const departments = any(await Promise.all(queries.map(answering)));
  const asked = (index) => queries.flat().some((needle) => needle.kind !== "number" && within(needle, fold(shelves[index].name)));
  departments.sort((a, b) => asked(b) - asked(a) || a - b);
  // The newest report of each, then the one before it.
  const found = [];
  for (let depth = 0, deeper = true; deeper; depth++) {
    deeper = false;
    for (const index of departments) {
      const { slug, reports } = shelves[index];
      if (depth >= reports.length) continue;
      deeper = true;
      found.push({ url: slug + "/" + reports[depth] + "/search-index.json", base: slug + "/" });
    }
  }
  return found;
}
/* ---- Finding ---- */

/* How well a department's name answers a query: it is the name, a part of it, all of its words, or what it is called for
   short: characters of it in their order (政数局), first letters of its words (GSDAB). */
function names(shelf, wanted, query) {
  const asked = fold(query).replace(/ ?\d{4}年?$/, "");
  const known = [shelf.name, shelf.other || ""];
  if (known.some((name) => fold(name) === asked) || shelf.slug === asked) return 4;
  const said = wanted.filter(({ kind }) => kind !== "number");
  if (asked.length > 1 && said.length && said.every((needle) => known.some((name) => within(needle, fold(name))))) {
    return known.some((name) => fold(name).includes(asked)) ? 3 : 2;
  }
  if (asked.length < 3) return 0;
  let at = 0;
  if ([...asked].every(isHan) && [...asked].every((c) => (at = shelf.short.indexOf(c, at) + 1) > 0)) return 1;
  return known.some((name) => (name.match(/\b\p{Lu}/gu) || []).join("").toLowerCase().includes(asked)) ? 1 : 0;
}

async function departmentsNamed(wanted, query) {
  const { departments } = await load(portal + ".json", (value) => value);
  const found = departments.map((shelf) => {
    const short = [shelf.name, shelf.other].find((name) => name && isHan(name)) || "";
    return { shelf, score: names({ ...shelf, short }, wanted, query), terms: [] };
  });
  return found.filter(({ score }) => score).sort((a, b) => b.score - a.score);
}

/* A needle, and what else answers it. */
const ways = (needle) => [needle, ...needle.also || []];

/* The address of a figure, a row or a fact, as prose, citations and the bar of a browser give it; nothing, if it is none. */
function addressed(query) {
  const typed = fold(query).replace(/[{}\s]/g, "");
  const [before, behind] = typed.includes("#") ? typed.split("#") : ["", typed];
  const parts = /^(?:(?:([a-z\d-]+)\/)?(\d{4})\/(final|budget)\/|(final|budget):)?([a-z\d-]+(?:\/[a-z\d-]+){1,2})(?:@(\d{4}))?$/.exec(behind);
  if (!parts) return null;
  const [, slug, year, folder, kind, id, at] = parts;
  const [, ofPage, yearOfPage, kindOfPage] = /(?:([a-z\d-]+)\/)?(\d{4})\/(final|budget)\/[^/]+$/.exec(before) || [];
  return { id, slug: slug || ofPage, year: year || at || yearOfPage, kind: folder || kind || kindOfPage };
}

/* Whether a piece is of the report that an address names. */
function isAsked({ url, base }, { slug, year, kind }) {
  const [ofYear, ofKind] = url.split("/").slice(-3);
  return (!year || year === ofYear) && (!kind || kind === ofKind) && (!slug || !base || base === slug + "/");
}

function standsAt(item, { id }) {
  if (!item.id) return null;
  const found = { item, score: 0, wanted: [], terms: [] };
  if (item.id === id) return { ...found, cells: [] };
  const cell = (item.cells || []).find((cell) => cellId(item, cell) === id);
  if (cell) cell.fits = found.wanted;
  return cell ? { ...found, cells: [cell] } : null;
}

const cellId = ({ id }, cell) => !cell || !cell.id ? id : id.includes("*") ? id.replace("*", cell.id) : id + "/" + cell.id;

/* What an item scores: nothing, if a needle is not in it. Its own words count, its page's only complete them. */
function judge(item, wanted) {
  let score = 0, own = false;
  const hits = new Set(), terms = [];
  for (const asked of wanted) {
    let most = 0, term = "";
    for (const needle of ways(asked)) {
      const worth = weigh(item, needle, hits, wanted);
      if (worth > most) [most, term] = [worth, needle.term];
    }
    if (term) terms.push(term);
    if (most) own = true;
    else if (item.context.some((text) => ways(asked).some((needle) => within(needle, text)))) most = 6;
    else return null;
    score += most;
  }
  if (!own) return null;
  // Of things alike, what there is comes before what there is nothing of.
  if ((item.cells || []).length && item.cells.every((cell) => cell.amount === "0")) score *= .8;
  const cells = [...hits].sort((a, b) => (b.fits === wanted) - (a.fits === wanted));
  return { item, score, cells, wanted, terms };
}

/* How much an item has of a needle: a code, a name, an amount, less for the head of a column, least for prose. */
function weigh(item, needle, hits, wanted) {
  let best = 0;
  if (needle.caps && !needle.caps.test([item.title, item.text, ...(item.cells || []).map((cell) => cell.name)].join(" "))) return 0;
  if (needle.kind === "number" && item.code) {
    if (item.code === needle.s) best = 100;
    else if (needle.s.length > 2 && item.code.startsWith(needle.s)) best = 45;
  }
  for (const [name, weight] of item.names) {
    const hit = within(needle, name);
    if (hit) best = Math.max(best, weight * hit[0]);
  }
  const text = item.folded && within(needle, item.folded);
  if (text) best = Math.max(best, 15 + 5 * text[0]);
  for (const cell of item.cells || []) {
    const fits = needle.kind === "number" ? amountFits(needle, cell) : 0;
    const column = fits ? null : within(needle, cell.folded);
    const worth = fits || (column ? 35 * column[0] : 0);
    if (worth) hits.add(cell);
    if (fits) cell.fits = wanted;
    best = Math.max(best, worth);
  }
  return best;
}

/* For a query that nothing answers as it is: at least half of it. */
function resemble(item, wanted) {
  const texts = [item.code || "", item.folded || "", ...item.names.map(([name]) => name), ...(item.cells || []).map((cell) => cell.folded)];
  let sum = 0;
  for (const needle of wanted) sum += Math.max(...texts.map((text) => text ? share(needle, text) : 0));
  const part = sum / wanted.length;
  return part >= .5 ? { item, score: part * 100 + item.names.length, cells: [], wanted, terms: [] } : null;
}

/* A name, a code or an amount comes before prose, so that an introduction that has a word does not stand before the
   heading that the word stands for; among each, what was typed comes before what is called otherwise. */
const rank = ({ score, wanted, terms }) => (score > 20 * wanted.length ? 0 : 2) + !!terms.length;
const order = (a, b) => rank(a) - rank(b) || b.score - a.score;
const ranked = (found) => found.filter(Boolean).sort(order);
/* ---- Showing ---- */

function element(name, className, children = []) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/* A figure that the document states otherwise than its own figures say has its mark here, too. */
function said(text) {
  return text.split("\ufffc").flatMap((part, index) => index ? [" ", element("span", "sic", [words.sic]), part] : [part]);
}

/* A text with what was looked for marked; long ones from a little before the first match. */
function marked(text, wanted, longest) {
  const at = [];
  const folded = fold(text, at);
  at.push(text.length);
  const spans = [];
  for (const needle of wanted) {
    let from = 0;
    for (let hit; spans.length < 40 && (hit = within(needle, folded.slice(from))); from += hit[2]) {
      spans.push([at[from + hit[1]], at[from + hit[2] - 1] + 1]);
      if (needle.kind === "word") break;
    }
    if (state.similar && !spans.length && needle.kind === "han" && needle.s.length > 2) {
      for (let i = 0; i + 1 < needle.s.length; i++) {
        const pair = folded.indexOf(needle.s.slice(i, i + 2));
        if (pair >= 0) spans.push([at[pair], at[pair + 1] + 1]);
      }
    }
  }
  spans.sort((a, b) => a[0] - b[0]);
  let start = 0, end = text.length;
  if (longest && text.length > longest) {
    start = Math.max(0, Math.min((spans[0] || [0])[0] - longest / 4, text.length - longest)) | 0;
    while (start > 0 && /[\p{L}\d]/u.test(text[start - 1]) && !isHan(text[start - 1])) start--;
    end = Math.min(text.length, start + longest);
  }
  const nodes = start > 0 ? ["…"] : [];
  let done = start;
  for (const [from, to] of spans) {
    if (from < done || to > end) continue;
    nodes.push(...said(text.slice(done, from)), element("mark", "", said(text.slice(from, to))));
    done = to;
  }
  nodes.push(...said(text.slice(done, end)), end < text.length ? "…" : "");
  return nodes;
}

function address(item, cell) {
  const page = item.base + item.page.href;
  const id = cellId(item, cell);
  return id ? page + "#" + id : page;
}

/* Things that are counted, in English: their plural stands in a name, and not behind it again (Official vehicles: 1). */
const counted = ({ unit }) => english && unit && unit !== "RMB" && unit !== "%";

/* In English money is said in yuan too, exactly. */
function unit(cell, title) {
  const { unit, name, yuan, said } = cell;
  if (counted(cell) && fold(title + " " + name).includes(fold(unit))) return "";
  if (unit !== "RMB") return unit && unit !== "%" ? (/^\d/.test(unit) ? " × " : " ") + unit : unit;
  const [whole, fraction] = yuan.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction ? "." + fraction : "");
  return " (RMB " + (said.startsWith("\u2212") ? "\u2212" : "") + grouped + ")";
}

/* How many amounts a result has room for. */
const FIT = 4;

/* A department, with the ways to its years. */
function department({ name, other, slug, reports }) {
  const link = element("a", "search-title", [name]);
  link.href = slug + "/index.html";
  const years = [...new Set(reports.map((report) => report.split("/")[0]))].flatMap((year) => {
    const way = element("a", "", [year]);
    way.href = slug + "/" + year + "/index.html";
    return [way, " "];
  });
  const twin = element("span", "", [other]);
  twin.lang = english ? "zh-CN" : "en";
  return element("li", "", [link, element("p", "search-cells", years), element("p", "search-place", [words.department, ...other ? [" · ", twin] : []])]);
}

function result({ shelf, item, cells, wanted: asked }) {
  if (shelf) return department(shelf);
  const wanted = asked.flatMap(ways);
  const all = item.cells || [];
  const first = cells[0] || (item.id.includes("*") ? all[0] : null);
  const link = element("a", "search-title", marked(item.title, wanted));
  link.href = address(item, first);
  const parts = [link];
  if (all.length) {
    // A row that fits is shown whole; of a longer one what was asked for, and what is not zero.
    const others = all.filter((cell) => !cells.includes(cell) && cell.amount !== "0");
    const shown = all.length <= FIT ? all : [...cells, ...others].slice(0, FIT);
    parts.push(element("p", "search-cells", (shown.length ? shown : all.slice(0, 1)).flatMap((cell) => {
      const amount = said(cell.said);
      const figure = element("a", "figure", cells.includes(cell) && cell.fits === asked ? [element("mark", "", amount)] : amount);
      figure.href = address(item, cell);
      return [element("span", "", [...marked(cell.name, wanted), counted(cell) ? ": " : " ", figure, unit(cell, item.title)]), " "];
    })));
  }
  if (item.text) parts.push(element("p", "search-text", marked(item.text, wanted, english ? 220 : 110)));
  const place = [item.piece.report, item.piece.department, item.page.title];
  parts.push(element("p", "search-place", [place.filter((part) => part !== item.title).join(" · ")]));
  return element("li", "", parts);
}
/* ---- One query after the other ---- */

let turn = 0, state = null;

function show() {
  const { results, shown, similar, left, all } = state;
  list.replaceChildren(...results.slice(0, shown).map(result));
  const number = results.length;
  const says = number === 0 ? words.none : number + (number === 1 ? words.one : words.many);
  const asked = portal && left.length ? words.asked + (all - left.length) + " / " + all : "";
  const terms = [...new Set(results.flatMap((found) => found.terms))];
  const also = terms.length ? words.stop + words.also + terms.join(english ? ", " : "、") : "";
  count.textContent = (similar ? words.similar + " " : "") + says + asked + also;
  more.hidden = shown >= number && !left.length;
  elsewhere.hidden = number > 0;
  map.hidden = number > 0;
}

/* The other language, the other size of type and the whole portal are asked the same. */
function carry(asked) {
  for (const link of document.querySelectorAll("a.large-link, a[hreflang], .search-elsewhere a")) {
    link.href = link.getAttribute("href").split("?")[0] + asked;
  }
}

/* Asks the next pieces; on until something is found, or enough was asked. */
async function further(mine, most) {
  for (let asked = 0; asked < most && state.left.length; asked++) {
    const batch = state.left.splice(0, portal ? BATCH : state.left.length);
    const answers = await Promise.all(batch.map(({ url, base }) => load(url, (piece) => items(piece, base))));
    if (mine !== turn) return;
    state.items.push(answers);
    const found = ranked(answers.flat().map(state.judge));
    state.results.push(...found);
    if (state.results.length) return;
  }
  if (!state.results.length && state.wanted) {
    state.results = ranked(state.items.flat(2).map((item) => resemble(item, state.wanted))).slice(0, 60);
    state.similar = state.results.length > 0;
  }
}

/* The words of everyday life with what accounts call it, the longest words first. */
function dictionary() {
  return load(assets + "search/words-" + (english ? "en" : "zh") + ".json", (words) =>
    Object.entries(words).map(([word, terms]) => [fold(word), terms]).filter(([word]) => word).sort(([a], [b]) => b.length - a.length));
}

/* Whether the query is the address of something that there is. */
async function arrive(query, mine) {
  const place = addressed(query);
  if (!place) return false;
  const wanted = needles(place.id).filter(({ kind, s }) => kind === "number" && s.length > 2);
  let left = (await pieces([wanted])).filter((piece) => isAsked(piece, { ...place, slug: "" }));
  // The folder before a year is a department's, or the one that the whole site lies in.
  const own = left.filter((piece) => isAsked(piece, place));
  if (own.length) left = own;
  if (mine !== turn) return true;
  state = { ...begun(left), judge: (item) => standsAt(item, place), wanted: null };
  await further(mine, 8);
  return mine !== turn || state.results.length > 0;
}

const begun = (left) => ({ left, all: left.length, items: [], results: [], similar: false, shown: PAGE });

async function answer(query, mine) {
  const wanted = needles(query), wider = needles(query, await dictionary());
  const said = wider.filter((needle) => needle.also);
  // Words that only ask say nothing by themselves, unless they are what is called otherwise.
  const queries = (wider.some((needle) => needle.also) ? [wanted, wider] : [wanted]).filter((needles, at, { length }) =>
    at + 1 === length || !needles.every(({ kind, s }) => kind !== "number" && asIdle(s)));
  // Two things that accounts call otherwise, 公车 吃饭, stand in no row together: each is an answer.
  if (said.length > 1 && said.length === wider.length) queries.push(...said.map((needle) => [needle]));
  const left = await pieces(queries);
  if (mine !== turn) return;
  const judged = (item) => ranked(queries.map((needles) => judge(item, needles)))[0];
  state = { ...begun(left), judge: judged, wanted };
  if (portal) state.results = (await departmentsNamed(wanted, query)).slice(0, BATCH);
  await further(mine, 8);
}

/* What was typed in traditional characters; the table is loaded only when nothing was found. */
async function simplified(query) {
  if (![...query].some(isHan)) return query;
  const [traditional, simple] = await load(assets + "traditional.json", (pairs) => pairs.map((half) => [...half]));
  const table = new Map(traditional.map((c, index) => [c, simple[index]]));
  return [...query].map((c) => table.get(c) || c).join("");
}

async function run() {
  const query = input.value.trim();
  const mine = ++turn;
  const asked = query && "?q=" + encodeURIComponent(query.slice(0, LONGEST));
  if (location.search !== asked) history.replaceState(null, "", asked || location.pathname);
  carry(asked);
  const wanted = needles(query);
  if (!wanted.length) {
    list.replaceChildren();
    more.hidden = elsewhere.hidden = true;
    count.textContent = query ? words.none : "";
    map.hidden = false;
    return;
  }
  if (!list.children.length) count.textContent = words.loading;
  try {
    if (await arrive(query, mine)) {
      if (mine === turn) show();
      return;
    }
    await answer(query, mine);
    if (mine === turn && (state.similar || !state.results.length)) {
      const simple = await simplified(query);
      const first = state;
      if (simple !== query) await answer(simple, mine);
      if (mine === turn && (state.similar || !state.results.length)) state = first;
    }
    if (mine === turn) show();
  } catch (error) {
    if (mine !== turn) return;
    list.replaceChildren();
    count.textContent = words.failed;
    map.hidden = false;
  }
}

more.addEventListener("click", async () => {
  const before = list.children.length;
  if (state.shown >= state.results.length && state.left.length) {
    try { await further(turn, 1); } catch (error) { count.textContent = words.failed; return; }
  }
  state.shown += PAGE;
  show();
  const next = list.children[before];
  if (next) next.querySelector("a").focus();
});

let timer = 0;
input.addEventListener("input", (event) => {
  clearTimeout(timer);
  if (!event.isComposing) timer = setTimeout(run, 150);
});
input.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(run, 150); });
/* An address that only one place has is gone to. */
const only = () => state && !state.wanted && state.results.length === 1 && !state.left.length ? list.querySelector("a") : null;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(timer);
  await run();
  const first = list.querySelector("a");
  if (only()) location.href = only().href;
  else if (first) first.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target === input;
  const titles = [...list.querySelectorAll(".search-title")];
  const item = event.target.closest ? event.target.closest(".search-results > li") : null;
  const at = item ? titles.indexOf(item.querySelector(".search-title")) : -1;
  if (event.key === "/" && !typing && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) input.focus();
  else if (event.key === "Escape" && item) input.focus();
  else if (event.key === "Escape" && typing && input.value) { input.value = ""; run(); }
  else if (event.key === "ArrowDown" && (typing || item) && titles[at + 1]) titles[at + 1].focus();
  else if (event.key === "ArrowUp" && item) (titles[at - 1] || input).focus();
  else return;
  event.preventDefault();
});

note.hidden = true;
form.hidden = false;
input.value = (new URLSearchParams(location.search).get("q") || "").slice(0, LONGEST);
if (input.value) run().then(() => {
  // Who comes from another page's form wants to be there; who comes back does not.
  const [entry] = performance.getEntriesByType("navigation");
  if (only() && entry && entry.type === "navigate") location.replace(only().href);
});
})();
