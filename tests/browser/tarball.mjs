// The package as it is published: packed by npm, and installed from the tarball into empty projects.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { root } from "./built.mjs";

const work = new URL("target/artefacts/projects/", root);
const tools = new URL("xtask/node/node_modules/", root);

rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
const [packed] = JSON.parse(npm("pack", "--json", "--pack-destination", fileURLToPath(work), fileURLToPath(new URL("wasm/npm/dist", root))));

/** What `npm pack` says it has packed. */
export const contents = packed;
export const tarball = fileURLToPath(new URL(packed.filename, work));
export const bytes = readFileSync(tarball);

/** An empty project with the package installed, and with these tools as if they were installed too. */
export function project(name, needs = []) {
  const folder = new URL(`${name}/`, work);
  mkdirSync(folder);
  writeFileSync(new URL("package.json", folder), '{ "private": true }');
  npm("install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", fileURLToPath(folder), tarball);
  for (const need of needs) {
    const link = fileURLToPath(new URL(`node_modules/${need}`, folder));
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(fileURLToPath(new URL(need, tools)), link);
  }
  return folder;
}

function npm(...words) {
  return execFileSync("npm", words, { encoding: "utf8", cwd: fileURLToPath(work), stdio: ["ignore", "pipe", "inherit"] });
}
