// This repository's own site in another theme, built for the test.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { Site } from "./site.js";

const repository = fileURLToPath(new URL("../../../", import.meta.url));

/** The site in a theme, and a way to remove it. */
export function siteIn(theme) {
  const folder = mkdtempSync(path.join(tmpdir(), `gongkai-${theme}-`));
  cpSync(path.join(repository, "content"), path.join(folder, "content"), { recursive: true });
  const config = readFileSync(path.join(repository, "site.yaml"), "utf8");
  const themed = config.replace(/^theme: .*$/m, `theme: ${theme}`);
  if (themed === config) throw new Error("site.yaml names no other theme");
  writeFileSync(path.join(folder, "site.yaml"), themed);
  execFileSync("cargo", ["run", "--quiet", "--locked", "--", "build", "--quiet", "--site", folder, "--output", path.join(folder, "output")], {
    cwd: repository,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return { site: new Site(path.join(folder, "output")), remove: () => rmSync(folder, { recursive: true }) };
}
