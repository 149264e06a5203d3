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
