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
