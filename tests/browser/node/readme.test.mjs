// The lines that both READMEs tell a portal to copy are run as they stand, with the package installed as `huisuan`.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { root } from "../built.mjs";

const run = promisify(execFile);
const portal = new URL("target/artefacts/readme/", root);
const packs = fileURLToPath(new URL("target/packs/", root));

// A browser would ask the portal's own server for the packs; here they are read from where they were built.
const fetching = `import { readFile } from "node:fs/promises";
globalThis.fetch = async (path) => new Response(await readFile(${JSON.stringify(packs)} + path.replace("/packs/", "")));
`;

for (const name of ["README.md", "README.zh-CN.md"]) {
  test(`the embedding code in ${name} runs and prints an amount`, async () => {
    const [, code] = /```js\n([^]*?)```/.exec(readFileSync(new URL(name, root), "utf8"));
    assert.ok(code.trim().split("\n").length <= 8, "eight lines at most");
    rmSync(portal, { recursive: true, force: true });
    mkdirSync(new URL("node_modules/", portal), { recursive: true });
    symlinkSync(fileURLToPath(new URL("wasm/npm/dist", root)), fileURLToPath(new URL("node_modules/huisuan", portal)));
    writeFileSync(new URL("fetching.mjs", portal), fetching);
    writeFileSync(new URL("portal.mjs", portal), code);
    const { stdout, stderr } = await run("node", ["--import", "./fetching.mjs", "portal.mjs"], { cwd: fileURLToPath(portal) });
    assert.equal(stderr, "");
    assert.match(stdout, /minimum-living-allowance eligible 1069\.00/);
  });
}
