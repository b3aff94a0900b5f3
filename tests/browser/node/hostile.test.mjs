// Whatever a page hands over, the answer is a decision, a list of mistakes or a typed error, and the next one is right.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createContext, runInContext } from "node:vm";

import { createEngine, HuisuanError, syntheticPacks } from "../built.mjs";

const date = "2024-04-15";
const engine = await createEngine({ packs: syntheticPacks });
const plain = { schemaVersion: 1, members: [] };
const usual = JSON.stringify(engine.evaluate(plain, { date }));

after(() => assert.equal(JSON.stringify(engine.evaluate(plain, { date })), usual));

/** `household` is refused before the engine sees it, with this code and path. */
function refused(household, code, path) {
  assert.throws(
    () => engine.evaluate(household, { date }),
    (error) => {
      assert.ok(error instanceof HuisuanError, String(error));
      assert.deepEqual([error.code, error.path], [code, path]);
      assert.ok(error.message.length < 200);
      return true;
    },
  );
}

/** `household` goes through to the engine as exactly this text. */
function carried(household, text) {
  assert.deepEqual(engine.evaluate(household, { date }), engine.evaluate(text, { date }));
}

test("what JSON has no place for is named with its path", () => {
  for (const value of [1n, NaN, Infinity, -Infinity, () => 1, Symbol("x"), new Date(), /x/, new Map(), new Set(), new Number(1)]) {
    refused({ members: [{ id: "a" }, { birthDate: value }] }, "unsupported-value", "members/1/birthDate");
  }
  refused({ members: [new Uint8Array(3)] }, "unsupported-value", "members/0");
  refused({ members: [undefined] }, "unsupported-value", "members/0");
  refused({ members: Array(3) }, "unsupported-value", "members/0");
  refused({ members: [new (class Member {})()] }, "unsupported-value", "members/0");
  refused({ members: [Object.create({ id: "inherited" })] }, "unsupported-value", "members/0");
  refused({ members: [Promise.resolve(1)] }, "unsupported-value", "members/0");
  refused(undefined, "unsupported-value", "");
});

test("cycles end, shared parts do not count as cycles", () => {
  const cyclic = { members: [] };
  cyclic.members.push({ household: cyclic });
  refused(cyclic, "cyclic-value", "members/0/household");
  const list = [];
  list.push(list);
  refused(list, "cyclic-value", "0");
  const shared = [];
  carried({ members: shared, bills: shared }, '{"members":[],"bills":[]}');
});

test("depth, count and length are bounded", () => {
  const nested = (depth) => JSON.parse("[".repeat(depth) + "]".repeat(depth));
  refused({ deep: nested(10_000 - 1) }, "too-deep", `deep${"/0".repeat(31)}`);
  carried(nested(32), JSON.stringify(nested(32)));
  refused({ members: Array(60_000).fill(0) }, "too-large", "members");
  refused(Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`k${index}`, 0])), "too-large", "k49999");
  refused({ members: Array(49_000).fill("a".repeat(30)) }, "too-large", "members/30302");
  refused("x".repeat(1_000_001), "too-large", "");
  refused({ note: "\u0000".repeat(900_000) }, "too-large", "note");
});

test("50 MB of text are refused without being copied", () => {
  const enormous = "x".repeat(50_000_000);
  const key = { [enormous]: 1 };
  engine.evaluate(plain, { date });
  const before = process.memoryUsage();
  refused(enormous, "too-large", "");
  refused({ members: [{ id: enormous }] }, "too-large", "members/0/id");
  assert.throws(() => engine.evaluate(key, { date }), (error) => error.code === "too-large" && error.path.length <= 80);
  const after = process.memoryUsage();
  assert.ok(after.heapUsed + after.external - before.heapUsed - before.external < 10_000_000);
});

test("getters and proxies that throw are typed errors", () => {
  const thrower = { get birthDate() { throw new Error("boom"); } };
  refused({ members: [thrower] }, "unreadable-value", "members/0/birthDate");
  const traps = { ownKeys() { throw null; } };
  refused({ members: [new Proxy({}, traps)] }, "unreadable-value", "members/0");
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  refused({ members: [proxy] }, "unreadable-value", "members/0");
  const many = {};
  for (let index = 0; index < 3_855; index += 1) Object.defineProperty(many, `f${index}`, { enumerable: true, get() { throw new Error("boom"); } });
  refused(many, "unreadable-value", "f0");
  refused({ get members() { return engine.evaluate(this, { date }); } }, "unreadable-value", "members");
});

test("a getter is read once, and may ask the engine itself", () => {
  let reads = 0;
  carried({ schemaVersion: 1, get members() { reads += 1; engine.evaluate(plain, { date }); return []; } }, JSON.stringify(plain));
  assert.equal(reads, 1);
});

test("only own enumerable properties are read", () => {
  const hidden = Object.defineProperty({ schemaVersion: 1, members: [] }, "secret", { value: 1, enumerable: false });
  hidden[Symbol("secret")] = 1;
  carried(hidden, JSON.stringify(plain));
  carried(Object.assign(Object.create(null), plain), JSON.stringify(plain));
  carried({ ...plain, toJSON: undefined, bills: undefined }, JSON.stringify(plain));
  carried(runInContext("({ schemaVersion: 1, members: [] })", createContext()), JSON.stringify(plain));
});

test("polluted prototypes change nothing", () => {
  const pollution = { members: [{ id: "ghost" }], steps: true, cells: true, date: "1999-01-01", toJSON: () => "ghost" };
  for (const [key, value] of Object.entries(pollution)) {
    Object.defineProperty(Object.prototype, key, { value, configurable: true, enumerable: true, writable: true });
  }
  try {
    assert.throws(() => engine.evaluate(plain, {}), (error) => error.code === "date-missing");
    const answer = engine.evaluate(plain, { date });
    for (const key of Object.keys(pollution)) delete Object.prototype[key];
    assert.equal(JSON.stringify(answer), usual);
  } finally {
    for (const key of Object.keys(pollution)) delete Object.prototype[key];
  }
});

test("text that is not JSON, and JSON that is no household, come back as mistakes", () => {
  for (const text of ["", "{", "null", "[]", "7", '"x"', "\u0000", "{\"a\":1,\"a\":2}", "\ud800", "[".repeat(100_000), `{"x":${"1".repeat(100_000)}}`]) {
    const answer = engine.evaluate(text, { date });
    assert.ok(answer.errors.length > 0 && answer.errors.every(({ code }) => typeof code === "string"), text.slice(0, 20));
  }
});

test("a date is text", () => {
  for (const wrong of [undefined, null, new Date(), 20240415, "2".repeat(100), { toString: () => date }]) {
    assert.throws(() => engine.evaluate(plain, { date: wrong }), (error) => error.code === "date-missing" && error.path === "date");
  }
  assert.throws(() => engine.evaluate(plain), (error) => error.code === "date-missing");
  for (const wrong of ["", "2024-02-30", "2024-4-1", "tomorrow"]) {
    assert.ok(engine.evaluate(plain, { date: wrong }).errors.length > 0, wrong);
  }
});

test("a meal bill without any day says that one is missing, and a day that is none says so", () => {
  const eater = { ...plain, members: [{ id: "a", relation: "self" }] };
  const mistakes = (household, options) => engine.mealBill(household, options).errors?.map(({ code, path }) => `${code} ${path}`);
  for (const bills of [undefined, [], [{ category: "meal", meal: "lunch" }]]) {
    assert.deepEqual(mistakes({ ...eater, bills }), ["missing-field date"]);
    assert.deepEqual(mistakes({ ...eater, bills }, { date: "2024-02-30" }), ["no-such-day date"]);
    assert.deepEqual(mistakes({ ...eater, bills }, { date: "" }), ["malformed-date date"]);
    assert.equal(mistakes({ ...eater, bills }, { date }), undefined);
  }
  assert.equal(mistakes({ ...eater, bills: [{ category: "meal", meal: "lunch", date }] }), undefined);
});
