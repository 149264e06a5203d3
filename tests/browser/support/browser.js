// The reader: Debian's Chromium, driven by playwright-core, and what is watched on every page.

import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

import { serve } from "./server.js";

export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 800 };

/** No page takes this long; what waits longer hangs. */
const PATIENCE = 20_000;

/**
 * A browser and the two ways to a site: over HTTP below some folder of a host, and from the disk.
 * `close` ends both.
 */
export async function open(site) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const server = await serve(site.folder);
  const origins = { served: server.address, file: pathToFileURL(`${site.folder}/`).href };
  return {
    browser,
    origins,
    async close() {
      await browser.close();
      await server.end();
    },
  };
}

/** A page of the browser in a context of its own; `watch` tells what went wrong while it was used. */
export async function visit(browser, options = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const troubles = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) troubles.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => troubles.push(`failed: ${request.url()}`));
  page.on("response", (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    const own = ["file:", "data:", "blob:"].includes(protocol) || hostname === "127.0.0.1";
    if (!own) troubles.push(`another host: ${request.url()}`);
  });
  return { page, context, troubles };
}

/**
 * Opens pages one after the other, in two tabs, and lets `look` find what is wrong with each. What one page fails by does
 * not keep the others from being looked at. Resolves to all that was found, each with its page.
 */
export async function walk(reader, origin, pages, options, look) {
  const failures = [];
  const queue = [...pages];
  const tab = async () => {
    const { page, context, troubles } = await visit(reader.browser, options);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      troubles.length = 0;
      try {
        await page.goto(reader.origins[origin] + next.path, { waitUntil: "load" });
        troubles.push(...((await look(page, next)) ?? []));
      } catch (error) {
        troubles.push(error.message.split("\n")[0]);
      }
      failures.push(...troubles.map((trouble) => `${next.path}: ${trouble}`));
    }
    await context.close();
  };
  await Promise.all([tab(), tab()]);
  return failures;
}

/** Clicks a link and waits until the page that it leads to is there. */
export async function follow(page, link) {
  const loaded = page.waitForEvent("load");
  await link.click();
  await loaded;
}

/** Fails with all that was found, one a line. */
export function none(failures) {
  if (failures.length > 0) throw new Error(`${failures.length} failures\n${failures.join("\n")}`);
}
