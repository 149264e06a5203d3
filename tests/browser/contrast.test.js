// With the colours of the system (forced colours), and with more contrast: what carries meaning is still seen.

import { after, before, test } from "node:test";

import { none, open, walk } from "./support/browser.js";
import { site } from "./support/site.js";

let reader;
before(async () => (reader = await open(site)));
after(() => reader.close());

test("forced colours: links, figures, arrivals and the drawings of charts are told from the paper", async () => {
  const failures = await walk(reader, "served", site.kinds, { forcedColors: "active" }, async (page) => {
    return page.evaluate(() => {
      const found = [];
      const paper = getComputedStyle(document.documentElement).backgroundColor;
      for (const fill of document.querySelectorAll(".chart-fill")) {
        const colour = getComputedStyle(fill).fill;
        const canvas = getComputedStyle(document.body).backgroundColor;
        if (colour === canvas || colour === paper || colour === "none") found.push(`a chart is drawn in the colour of the paper, ${colour}`);
      }
      const target = document.querySelector("main td[id], main h2[id]");
      if (target) {
        location.hash = target.id;
        if (target.matches(":target") && getComputedStyle(target).outlineStyle === "none") found.push("an arrival has no outline");
      }
      for (const link of document.querySelectorAll("main p a[href], main li a[href]")) {
        if (!link.checkVisibility()) continue;
        const style = getComputedStyle(link);
        if (style.color === getComputedStyle(link.parentElement).color && style.textDecorationLine === "none" && style.borderBottomStyle === "none") {
          found.push(`a link looks like text: ${link.outerHTML.slice(0, 80)}`);
          break;
        }
      }
      return found;
    });
  });
  none(failures);
});

test("more contrast: text and lines are at least as far from the paper as without", async () => {
  const probe = () => {
    // A colour as the screen has it, whatever the notation that it was computed in.
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const luminance = (colour) => {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const linear = (part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
      const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(linear);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const opaque = [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor);
    const paper = luminance(opaque.find((colour) => colour !== "rgba(0, 0, 0, 0)"));
    const of = (selector, key) => {
      const element = document.querySelector(selector);
      return element ? ratio(luminance(getComputedStyle(element)[key]), paper) : 0;
    };
    return { text: of("main p", "color"), muted: of(".crumbs, .site-footer p", "color"), rule: of("main td, main th", "borderBottomColor") };
  };
  const seen = new Map();
  for (const contrast of ["no-preference", "more"]) {
    none(
      await walk(reader, "served", site.kinds, { contrast }, async (page, { path }) => {
        seen.set(`${contrast} ${path}`, await page.evaluate(probe));
      }),
    );
  }
  const failures = [];
  let stronger = 0;
  for (const { path } of site.kinds) {
    const [usual, more] = [seen.get(`no-preference ${path}`), seen.get(`more ${path}`)];
    for (const key of Object.keys(usual)) {
      if (more[key] < usual[key] - 0.01) failures.push(`${path}: ${key} has ${more[key].toFixed(2)}, less than ${usual[key].toFixed(2)}`);
      if (more[key] > usual[key] + 0.5) stronger += 1;
    }
  }
  if (stronger === 0) failures.push("nothing is stronger where more contrast is asked for");
  none(failures);
});
