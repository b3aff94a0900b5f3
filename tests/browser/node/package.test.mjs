// The package's form: what is in it, that its entries and types resolve everywhere, and that its codes stay.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { registry } from "../../../xtask/node/codes.mjs";
import { createEngine, packs, root } from "../built.mjs";
import { scenarios } from "../compare.mjs";
import { packetCases } from "../packets.mjs";
import { bytes, contents } from "../tarball.mjs";

const engine = await createEngine({ packs: [...packs.values()] });
const require = createRequire(new URL("xtask/node/package.json", root));
const dist = new URL("wasm/npm/dist/", root);
const manifest = JSON.parse(readFileSync(new URL("package.json", dist), "utf8"));

test("publint has nothing to say", async () => {
  const { publint } = await import(require.resolve("publint"));
  const { messages } = await publint({ pkgDir: fileURLToPath(dist), strict: true });
  assert.deepEqual(messages, []);
});

// Node 10's resolution knows no `exports`, and nobody can run WebAssembly of 2021 there. The element is for browsers alone
// and comes as a module only.
test("are-the-types-wrong has nothing to say", async () => {
  const { checkPackage, createPackageFromTarballData } = await import(require.resolve("@arethetypeswrong/core"));
  const entries = Object.keys(manifest.exports).filter((path) => !/\.(wasm|json|js)$|\*/.test(path));
  const { problems } = await checkPackage(createPackageFromTarballData(new Uint8Array(bytes)), { entrypoints: entries });
  const isExpected = ({ kind, entrypoint, resolutionKind }) =>
    resolutionKind === "node10" || (entrypoint === "./element" && kind === "CJSResolvesToESM");
  assert.deepEqual(problems.filter((problem) => !isExpected(problem)), []);
});

test("everything that the manifest names is packed, and nothing of the sources", () => {
  const packed = new Set(contents.files.map(({ path }) => path));
  const named = JSON.stringify(manifest.exports).match(/\.\/[\w./-]+\.(json|js|cjs|d\.ts|d\.cts|wasm)(?=")/g).map((path) => path.slice(2));
  assert.deepEqual(named.filter((path) => !packed.has(path)), []);
  assert.deepEqual([...packed].filter((path) => /\/(form|element)\//.test(path) || /glue|engine\.js|require\.js/.test(path)), []);
});

test("there is nothing to install besides, no script runs, and types come first", () => {
  for (const name of ["dependencies", "peerDependencies", "optionalDependencies", "scripts"]) assert.equal(manifest[name], undefined, name);
  for (const [path, target] of Object.entries(manifest.exports)) {
    if (typeof target === "object") assert.equal(Object.keys(target)[0], "types", path);
  }
});

test("the inline entries hold the very bytes of the engine", () => {
  const wasm = readFileSync(new URL("policy.wasm", dist)).toString("base64");
  for (const name of ["inline.js", "inline.cjs"]) assert.ok(readFileSync(new URL(name, dist), "utf8").includes(wasm), name);
});

test("no code that was promised has gone, and none is both in use and retired", () => {
  const promised = JSON.parse(readFileSync(new URL("wasm/npm/codes.json", root), "utf8"));
  const { kinds, retired } = registry();
  const words = JSON.parse(readFileSync(new URL("messages/en.json", root), "utf8"));
  for (const [kind, codes] of Object.entries(promised.kinds)) {
    const now = new Set(kinds[kind]);
    assert.deepEqual(codes.filter((code) => !now.has(code)), [], kind);
    assert.deepEqual(codes.filter((code) => retired[kind]?.includes(code)), [], kind);
  }
  for (const reason of promised.kinds.reasons) assert.ok(Object.keys(words).some((code) => code.startsWith(`reason.${reason}`)), `${reason} has lost its words`);
  assert.deepEqual(JSON.parse(readFileSync(new URL("codes.json", dist), "utf8")).kinds, kinds);
});

test("whatever an answer may have for a code stands in the register", () => {
  const { kinds } = registry();
  const known = new Set(Object.values(kinds).flat());
  const codes = new Set();
  const gather = (value) => {
    if (value === null || typeof value !== "object") return;
    // Of a condition that has made an end, the whole name is said.
    for (const name of ["code", "state", "replay"]) if (typeof value[name] === "string") codes.add(value[name].replace(/^reason\./, ""));
    for (const part of Object.values(value)) gather(part);
  };
  for (const { household, date } of scenarios.filter((_, index) => index % 40 === 0)) {
    const span = { from: date.slice(0, 7), to: `${Number(date.slice(0, 4)) + 2}${date.slice(4, 7)}` };
    for (const answer of [engine.evaluate(household, { date, steps: true }), engine.schedule(household, span), engine.timeline(household, span)]) gather(answer);
  }
  for (const { household, options } of packetCases.slice(0, 3)) {
    const { packet } = engine.packet(household, options);
    const asks = [["2026-05-14", {}], ["2100-01-01", { requireSignatures: ["accepting"], seen: ["x"] }]];
    for (const text of packet ? [packet, packet.replace("1", "2"), "{"] : []) {
      for (const [at, more] of asks) gather(engine.verify(text, { at, audience: "110101", ...more }));
    }
  }
  // What no scenario brings about is at least in the schema.
  const listed = (schema) => (schema !== null && typeof schema === "object" ? [...(schema.code?.enum ?? []), ...Object.values(schema).flatMap(listed)] : []);
  const schemas = readdirSync(new URL("schema/", root)).map((name) => JSON.parse(readFileSync(new URL(`schema/${name}`, root), "utf8")));
  for (const code of schemas.flatMap(listed)) codes.add(code);
  for (const kind of ["packet-problems", "packet-replays", "schedule-reasons", "schedule-states", "timeline-causes"]) {
    assert.ok(kinds[kind].some((code) => codes.has(code)), `nothing seen of ${kind}`);
  }
  assert.deepEqual([...codes].filter((code) => !known.has(code)), []);
});

test("what to do for browsers that do not know 'wasm-unsafe-eval' is said in both languages", () => {
  for (const name of ["DEPLOYMENT.md", "DEPLOYMENT.zh-CN.md"]) {
    const guide = readFileSync(new URL(name, dist), "utf8");
    for (const word of ["Safari 15.4", "Firefox", " 97", " 102", "script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval'", "User-Agent", "js-demo/embed/worker/"]) {
      assert.ok(guide.includes(word), `${name}: ${word}`);
    }
  }
});

test("every error of the package is documented with what to do", () => {
  const guide = readFileSync(new URL("DEPLOYMENT.md", dist), "utf8");
  for (const code of registry().kinds["package-errors"]) assert.ok(guide.includes(`\`${code}\``), code);
  for (const code of registry().kinds.diagnoses) assert.ok(guide.includes(`\`${code}\``), code);
});
