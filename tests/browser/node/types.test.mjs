// The package's types: what a portal would write compiles, what is wrong does not, and they match the schemas.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { root } from "../built.mjs";

const portal = new URL("target/artefacts/types/", root);
const compiler = fileURLToPath(new URL("xtask/node/node_modules/typescript/bin/tsc", root));

const right = `
import { createEngine, HuisuanError, type Decision, type Household } from "huisuan";
const engine = await createEngine({ packs: [fetch("/packs/990101.json")] });
const household: Household = { schemaVersion: 1, members: [] };
const answer = engine.evaluate(household, { date: "2024-04-15", steps: true });
if ("errors" in answer) console.log(answer.errors.map(({ code, path }) => code + path));
else { const decision: Decision = answer; console.log(decision.benefits.length, decision.date.length); }
try { engine.evaluate("{}", { date: "2024-04-15" }); } catch (error) { if (error instanceof HuisuanError && error.code === "engine-trap") throw error; }
`;
const wrong = {
  "a date that is not text": `engine.evaluate({ schemaVersion: 1, members: [] }, { date: new Date() });`,
  "no date": `engine.evaluate({ schemaVersion: 1, members: [] });`,
  "no packs": `await createEngine({});`,
  "an answer that may be mistakes": `engine.evaluate("{}", { date: "2024-04-15" }).benefits;`,
};

/** What the TypeScript compiler has to say about this code. */
function complaints(code) {
  rmSync(portal, { recursive: true, force: true });
  mkdirSync(new URL("node_modules/", portal), { recursive: true });
  symlinkSync(fileURLToPath(new URL("wasm/npm/dist", root)), fileURLToPath(new URL("node_modules/huisuan", portal)));
  writeFileSync(new URL("package.json", portal), '{"type":"module"}');
  writeFileSync(new URL("portal.ts", portal), code);
  const words = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom", "portal.ts"];
  return spawnSync(process.execPath, [compiler, ...words], { cwd: portal, encoding: "utf8" }).stdout;
}

test("what a portal writes compiles", () => assert.equal(complaints(right), ""));

for (const [what, line] of Object.entries(wrong)) {
  test(`${what} does not compile`, () => assert.match(complaints(`${right}\n${line}`), /^portal\.ts\(\d+,\d+\): error TS2\d+.*\n(?!portal)/));
}

test("the types are those of the schemas", { skip: !existsSync(new URL("schema/", root)) && "no schemas yet" }, () => {
  const checker = fileURLToPath(new URL("xtask/node/types.mjs", root));
  const { status, stderr } = spawnSync(process.execPath, [checker, "--check"], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
});
