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
