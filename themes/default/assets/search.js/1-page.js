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
