// `createEngine`: what it takes, what it refuses, and that nothing is fetched afterwards.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { createEngine, packs, root, syntheticPacks } from "../built.mjs";
import * as four from "../four.mjs";

const date = "2024-04-15";
const plain = { schemaVersion: 1, members: [] };
const wasm = readFileSync(new URL("wasm/npm/dist/policy.wasm", root));
const answer = (await createEngine({ packs: syntheticPacks })).evaluate(plain, { date });

const refused = (options, code, path) =>
  assert.rejects(createEngine(options), (error) => {
    assert.deepEqual([error.name, error.code, error.path], ["HuisuanError", code, path]);
    return true;
  });

test("packs and engine come as bytes, buffers, responses, URLs, a module, or promises of these", async () => {
  const exact = (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const forms = [
    (bytes) => new Uint8Array(bytes),
    exact,
    (bytes) => new Response(bytes),
    (bytes) => Promise.resolve(new Blob([bytes])),
    (bytes) => `data:application/octet-stream;base64,${bytes.toString("base64")}`,
    (bytes) => new URL(`data:application/octet-stream;base64,${bytes.toString("base64")}`),
  ];
  for (const form of forms) {
    const engine = await createEngine({ packs: syntheticPacks.map(form), wasm: form(wasm) });
    assert.deepEqual(engine.evaluate(plain, { date }), answer);
  }
  const module = await WebAssembly.compile(wasm);
  assert.deepEqual((await createEngine({ packs: syntheticPacks, wasm: module })).evaluate(plain, { date }), answer);
});

test("what cannot be loaded is a typed error", async () => {
  await refused(undefined, "packs-missing", "packs");
  await refused({ packs: [] }, "packs-missing", "packs");
  await refused({ packs: syntheticPacks[0] }, "packs-missing", "packs");
  await refused({ packs: [...syntheticPacks, 7] }, "unsupported-value", `packs/${syntheticPacks.length}`);
  await refused({ packs: [new Response("no", { status: 404 })] }, "unavailable", "packs/0");
  await refused({ packs: [Promise.reject(new Error("offline"))] }, "unavailable", "packs/0");
  await refused({ packs: ["packs/370683.json"] }, "unavailable", "packs/0");
  await refused({ packs: syntheticPacks, wasm: new Uint8Array(8) }, "wasm-invalid", "wasm");
});

test("packs that are wrong are refused with everything that is wrong", async () => {
  for (const bytes of ["", "{", "null", "\u0000\u0001", "[".repeat(50_000)]) {
    await assert.rejects(createEngine({ packs: [new TextEncoder().encode(bytes)] }), (error) => {
      assert.equal(error.code, "packs-invalid");
      assert.ok(error.errors.length > 0 && error.errors.every(({ code }) => typeof code === "string"));
      return true;
    });
  }
});

test("which pack is wrong is said: one that cannot be read, or one that does not go with those before it", async () => {
  const [first, second, third] = syntheticPacks;
  const altered = (bytes) => new TextEncoder().encode(new TextDecoder().decode(bytes).replace("1", "2"));
  const invalid = (given, path, code) =>
    assert.rejects(createEngine({ packs: given }), (error) => {
      assert.deepEqual([error.code, error.path, error.errors[0].code], ["packs-invalid", path, code]);
      return true;
    });
  await invalid([new Uint8Array()], "packs/0", "not-a-pack");
  for (const at of [0, 1, 2]) await invalid([first, second, third].with(at, new TextEncoder().encode("{")), `packs/${at}`, "not-a-pack");
  await invalid([first, altered(second), new Uint8Array()], "packs/1", "newer-pack");
  const engine = await createEngine({ packs: [first] });
  await assert.rejects(engine.usePacks([first, new Uint8Array()]), { code: "packs-invalid", path: "packs/1" });
  const nation = (bytes) => new TextDecoder().decode(bytes).split("\n");
  const [header, layer] = nation(second);
  const other = layer.replace('"areas"', '"area2"');
  const { createHash } = await import("node:crypto");
  const hash = (text) => createHash("sha256").update(text).digest("hex");
  const mixed = [header.replace(hash(layer), hash(other)), other, ...nation(second).slice(2)].join("\n");
  await invalid([first, third, new TextEncoder().encode(mixed)], "packs/2", "mixed-packs");
});

test("an engine for some benefits decides those and asks for nothing else", async () => {
  const benefits = ["disability-living-subsidy", "advanced-age-allowance"];
  const own = [packs.get(four.area)];
  const [all, some] = await Promise.all([createEngine({ packs: own }), createEngine({ packs: own, benefits })]);
  const [whole, part] = [all, some].map((engine) => engine.evaluate(four.household, { date: four.date }));
  assert.deepEqual(part.only.toSorted(), benefits.toSorted());
  assert.deepEqual(some.describe().benefits.toSorted(), benefits.toSorted());
  const told = (entries) => entries.filter(({ benefit }) => benefits.includes(benefit)).map(({ combined, ...entry }) => entry);
  assert.ok(part.benefits.length > 0 && part.benefits.length < whole.benefits.length);
  assert.deepEqual(told(part.benefits), told(whole.benefits));
  assert.equal(told(part.benefits).length, part.benefits.length);
  await refused({ packs: own, benefits: "meal-discount" }, "unsupported-value", "benefits");
  await assert.rejects(createEngine({ packs: own, benefits: ["meal-discuont"] }), (error) => {
    assert.equal(error.code, "benefits-invalid");
    assert.deepEqual(error.errors.map(({ code, path, suggest }) => [code, path, suggest]), [["unknown-benefit", "benefits/0", "meal-discount"]]);
    return true;
  });
});

test("nothing is fetched after the engine is ready, and nothing is left on the global object", async () => {
  const names = Object.getOwnPropertyNames(globalThis).sort();
  const { fetch } = globalThis;
  const engine = await createEngine({ packs: syntheticPacks });
  try {
    globalThis.fetch = () => assert.fail("fetched");
    assert.deepEqual(engine.evaluate(plain, { date }), answer);
    assert.ok(engine.describe());
  } finally {
    globalThis.fetch = fetch;
  }
  assert.deepEqual(Object.getOwnPropertyNames(globalThis).sort(), names);
});

test("changing the packs' bytes later does not reach the engine", async () => {
  const mine = syntheticPacks.map((bytes) => new Uint8Array(bytes));
  const engine = await createEngine({ packs: mine });
  for (const bytes of mine) bytes.fill(0);
  assert.deepEqual(engine.evaluate(plain, { date }), answer);
});

test("no dependencies, the workspace's version: the package's own manifest", () => {
  const manifest = JSON.parse(readFileSync(new URL("wasm/npm/dist/package.json", root), "utf8"));
  assert.equal(manifest.dependencies, undefined);
  assert.equal(Object.keys(manifest.exports["."])[0], "types");
  const version = /^version = "(.*)"$/m.exec(readFileSync(new URL("Cargo.toml", root), "utf8"))[1];
  assert.equal(manifest.version, version);
});

test("packs are replaced while the engine runs, and packs that are wrong are not", async () => {
  const elsewhere = { schemaVersion: 1, members: [{ id: "a", relation: "self", registeredArea: [{ area: "370683" }], birthDate: "1930-05-01" }] };
  const engine = await createEngine({ packs: syntheticPacks });
  const before = engine.evaluate(elsewhere, { date });
  await assert.rejects(engine.usePacks([new TextEncoder().encode("{")]), { code: "packs-invalid" });
  await assert.rejects(engine.usePacks([]), { code: "packs-missing" });
  assert.deepEqual(engine.evaluate(elsewhere, { date }), before);
  await engine.usePacks([packs.get("370683")]);
  const fresh = await createEngine({ packs: [packs.get("370683")] });
  assert.deepEqual(engine.evaluate(elsewhere, { date }), fresh.evaluate(elsewhere, { date }));
  assert.notDeepEqual(engine.evaluate(elsewhere, { date }), before);
  assert.deepEqual(engine.describe(), fresh.describe());
});
