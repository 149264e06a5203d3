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
