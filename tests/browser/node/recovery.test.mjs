// A trap must not poison the page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { starve, watching } from "../broken.mjs";
import { createEngine, syntheticPacks } from "../built.mjs";

const date = "2024-04-15";
const small = '{"schemaVersion":1,"members":[]}';
// Large enough to need memory that a starved instance does not have. What the engine says about it does not matter here.
const large = JSON.stringify({ schemaVersion: 1, members: [], note: "字".repeat(900_000) });

test("a broken instance is replaced and the question asked again", () =>
  watching(async ({ made }) => {
    const engine = await createEngine({ packs: syntheticPacks });
    const expected = engine.evaluate(large, { date });
    assert.equal(made.length, 1);

    const fresh = await createEngine({ packs: syntheticPacks });
    starve(made[1]);
    assert.deepEqual(fresh.evaluate(large, { date }), expected);
    assert.equal(made.length, 3, "one instance more, made for the second attempt");
    assert.throws(() => made[1].exports.__wbindgen_malloc(4_000_000, 1), WebAssembly.RuntimeError, "it was a real trap");
    assert.deepEqual(fresh.evaluate(large, { date }), expected);
    assert.equal(made.length, 3, "and it is kept");
  }));

test("a question that breaks every instance is a typed error, and the next one is answered", () =>
  watching(async ({ made, starveAllToCome }) => {
    const engine = await createEngine({ packs: syntheticPacks });
    const expected = engine.evaluate(small, { date });
    starve(made[0]);
    starveAllToCome(true);
    assert.throws(
      () => engine.evaluate(large, { date }),
      (error) => error.name === "HuisuanError" && error.code === "engine-trap" && error.cause instanceof WebAssembly.RuntimeError,
    );
    starveAllToCome(false);
    assert.deepEqual(engine.evaluate(small, { date }), expected);
  }));

test("engines do not share an instance: one breaks, the other goes on", () =>
  watching(async ({ made }) => {
    const [one, other] = [await createEngine({ packs: syntheticPacks }), await createEngine({ packs: syntheticPacks })];
    starve(made[0]);
    one.evaluate(large, { date });
    assert.equal(made.length, 3);
    assert.deepEqual(other.evaluate(small, { date }), one.evaluate(small, { date }));
    assert.equal(made.length, 3);
  }));

test("the same question gets the same answer ten thousand times, and memory does not grow", () =>
  watching(async ({ made }) => {
    const engine = await createEngine({ packs: syntheticPacks });
    const expected = JSON.stringify(engine.evaluate(small, { date, steps: true, cells: true }));
    for (let round = 0; round < 100; round += 1) engine.evaluate(small, { date, steps: true, cells: true });
    const { memory } = made[0].exports;
    const before = memory.buffer.byteLength;
    for (let round = 0; round < 10_000; round += 1) engine.evaluate(small, { date, steps: true, cells: true });
    assert.equal(memory.buffer.byteLength, before);
    assert.equal(JSON.stringify(engine.evaluate(small, { date, steps: true, cells: true })), expected);
  }));
