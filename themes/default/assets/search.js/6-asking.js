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
