// The package's types: what a portal would write compiles, what is wrong does not, and they match the schemas.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { root } from "../built.mjs";

const right = `
import { createEngine, HuisuanError, type Decision, type Household, type Income, type Member, type Yuan } from "huisuan";
const engine = await createEngine({ packs: [fetch("/packs/990101.json")] });
const pension: Income = { kind: "pension", gross: "2400.00", costs: "0.00", months: 1 };
const place = { registeredArea: [{ area: "990101" }], usualResidence: [{ area: "990101", from: "2020-01-01" }] };
const self: Member = { id: "a", relation: "self", birthDate: "1950-05-01", incomes: [pension], receiving: { noOther: true }, ...place };
const spouse: Member = { id: "b", relation: "spouse", birthDate: null, disabilities: [{ kind: "limb", grade: 1 }], selfCare: { eating: "able" } };
const household: Household = { schemaVersion: 1, application: { appliedOn: "2024-03-18" }, members: [self, spouse] };
const answer = engine.evaluate(household, { date: "2024-04-15", steps: true });
if ("errors" in answer) {
  console.log(answer.errors.map(({ code, path, suggest }) => code + path + (suggest ?? "")));
} else {
  const decision: Decision = answer;
  const amount: Yuan | null | undefined = decision.benefits[0].amount?.value;
  const certain: string = decision.totals.cashPerMonth.min;
  const layers: string[] = decision.packs.flatMap(({ layers }) => layers.map(({ sha256 }) => sha256));
  for (const { benefit, member, outcome, reasons, missing, steps = [] } of decision.benefits) {
    if (outcome === "eligible") console.log(benefit, member, steps.map(({ code, value, unit }) => [code, value, unit]));
    else if (outcome === "undetermined") console.log(reasons.filter(({ holds }) => holds === null).map(({ code, clause }) => [code, clause?.article]));
    else if (outcome === "noTable") console.log(missing.map(({ parameter, lastKnown }) => [parameter, lastKnown?.value]));
  }
  console.log(amount, certain, layers, decision.next, decision.receipt.digest);
}
const choices: string[] = engine.describe().facts.flatMap(({ choices = [] }) => choices);
console.log(choices, engine.evaluate(JSON.stringify(household), { date: "2024-04-15" }));
try { engine.evaluate("{}", { date: "2024-04-15" }); } catch (error) { if (error instanceof HuisuanError && error.code === "engine-trap") throw error; }
`;
const wrong = {
  "a date that is not text": `engine.evaluate(household, { date: new Date() });`,
  "no date": `engine.evaluate(household);`,
  "no packs": `await createEngine({});`,
  "an answer that may be mistakes": `engine.evaluate("{}", { date: "2024-04-15" }).benefits;`,
  "a fact whose name does not exist": `engine.evaluate({ schemaVersion: 1, members: [{ id: "a", brithDate: "1950-05-01" }] }, { date: "2024-04-15" });`,
  "a name that is not among the choices": `engine.evaluate({ schemaVersion: 1, members: [{ id: "a", relation: "uncle" }] }, { date: "2024-04-15" });`,
  "a member without an id": `engine.evaluate({ schemaVersion: 1, members: [{ relation: "self" }] }, { date: "2024-04-15" });`,
  "a household without a version": `engine.evaluate({ members: [self] }, { date: "2024-04-15" });`,
  "money that is a number": `const income: Income = { gross: 2400 };`,
  "a part of the answer that does not exist": `if (!("errors" in answer)) answer.benefits[0].ammount;`,
  "an amount that may be absent": `if (!("errors" in answer)) answer.benefits[0].amount.value;`,
  "an outcome that does not exist": `if (!("errors" in answer)) answer.benefits[0].outcome === "yes";`,
};

/** What a project knows of the world around it. */
const BROWSER = ["--lib", "es2022,dom"];
const NODE = ["--lib", "es2022", "--types", "node", "--typeRoots", fileURLToPath(new URL("xtask/node/node_modules/@types", root))];
const NOTHING = ["--lib", "es2022"];

/** What the TypeScript compiler has to say about each of these portals, by name; all of them in one run. */
function complaints(portals, knows = BROWSER) {
  const folder = new URL("target/artefacts/types/", root);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(new URL("node_modules/", folder), { recursive: true });
  symlinkSync(fileURLToPath(new URL("wasm/npm/dist", root)), fileURLToPath(new URL("node_modules/huisuan", folder)));
  writeFileSync(new URL("package.json", folder), '{"type":"module"}');
  const files = Object.entries(portals).map(([name, code], index) => ({ name, code, file: `portal-${index}.ts` }));
  for (const { file, code } of files) writeFileSync(new URL(file, folder), code);
  const compiler = fileURLToPath(new URL("xtask/node/node_modules/typescript/bin/tsc", root));
  const words = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", ...knows];
  const { stdout } = spawnSync(process.execPath, [compiler, ...words, ...files.map(({ file }) => file)], { cwd: folder, encoding: "utf8" });
  const errors = stdout.split("\n").filter((line) => line.includes("error TS"));
  // What is wrong in the package itself concerns every portal.
  const concerns = (file) => errors.filter((line) => line.startsWith(`${file}(`) || !line.startsWith("portal-"));
  return Object.fromEntries(files.map(({ name, file }) => [name, concerns(file)]));
}

const said = complaints({ right, ...Object.fromEntries(Object.entries(wrong).map(([what, line]) => [what, `${right}\n${line}`])) });

test("what a portal writes compiles", () => assert.deepEqual(said.right, []));

/** Every entry but the element, which is for browsers. */
const entries = `
import * as all from "huisuan";
import type { Source } from "huisuan/inline";
import { createForm } from "huisuan/form";
import { diagnose } from "huisuan/diagnose";
String([all.createEngine, createForm, diagnose]);
export const bytes: Source = new Uint8Array(1);
`;
const sources = `
import { createEngine, type Source } from "huisuan";
export const all: Source[] = [new URL("https://example.org/"), new Response(), new Blob(), Promise.resolve(new Response()), "x", new ArrayBuffer(1)];
await createEngine({ packs: all, wasm: new URL("https://example.org/") });
`;
const wrongSource = `import type { Source } from "huisuan";\nexport const source: Source = new Date();`;
const module = `import { createEngine } from "huisuan";\nawait createEngine({ packs: [], wasm: WebAssembly.compile(new Uint8Array()) });`;

for (const [world, knows, portals] of [
  ["in a browser", BROWSER, { right, entries, sources, module, element: `import "huisuan/element";\ndocument.querySelector("huisuan-check")?.go("members");` }],
  ["in Node, where there is no DOM", NODE, { right, entries, sources }],
  ["where neither is known", NOTHING, { entries }],
]) {
  test(`the types hold ${world}`, () => {
    const { wrongSource: refused, ...rest } = complaints({ ...portals, wrongSource }, knows);
    assert.deepEqual(rest, Object.fromEntries(Object.keys(portals).map((name) => [name, []])));
    assert.equal(refused.length, 1, refused.join("\n"));
  });
}

for (const [what, line] of Object.entries(wrong)) {
  test(`${what} does not compile`, () => {
    const last = right.split("\n").length + 1;
    assert.equal(said[what].length, 1, `${line}\n${said[what].join("\n")}`);
    assert.match(said[what][0], new RegExp(`^portal-\\d+\\.ts\\(${last},\\d+\\): error TS2\\d+`));
  });
}

test("the types are those of the schemas", () => {
  const checker = fileURLToPath(new URL("xtask/node/types.mjs", root));
  const { status, stderr } = spawnSync(process.execPath, [checker, "--check"], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
});
