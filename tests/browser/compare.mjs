// The scenarios, and what an answer lacks of what a scenario expects: as `tests/suite/scenarios.rs` compares them
// natively, what a scenario states must be so, what it leaves out may be anything.

import { readdirSync, readFileSync } from "node:fs";

import { root } from "./built.mjs";

const folder = new URL("tests/scenarios/", root);
const files = readdirSync(folder, { recursive: true }).filter((path) => /^[^/]+\/[^/]+\.json$/.test(path)).sort();

/** Every scenario, with the name of its file. */
export const scenarios = files.map((file) => ({ file, ...JSON.parse(readFileSync(new URL(file, folder), "utf8")) }));

/** What an answer lacks, in words; empty if it has everything. */
export function compare({ benefits, totals = {}, totalsMost = {}, combination = {}, issues = [], next }, answer) {
  if (answer.errors) return [`input refused: ${JSON.stringify(answer.errors)}`];
  const differences = [];
  for (const [end, expected] of [["min", totals], ["max", totalsMost]]) {
    for (const [name, total] of Object.entries(expected)) {
      if (answer.totals[name]?.[end] !== total) differences.push(`${end} of ${name} is ${answer.totals[name]?.[end]}, expected ${total}`);
    }
  }
  if (next !== undefined && answer.next !== next) differences.push(`asks for ${answer.next} next, expected ${next}`);
  if (!contains(issues, answer.issues)) differences.push(`expected ${JSON.stringify(issues)}, got ${JSON.stringify(answer.issues)}`);
  if (!contains(combination, answer.combination)) {
    differences.push(`expected ${JSON.stringify(combination)}, got ${JSON.stringify(answer.combination)}`);
  }
  for (const expected of benefits) {
    const same = (name, entry) => expected[name] === undefined || entry[name] === expected[name];
    const entry = answer.benefits.find((found) => ["benefit", "member", "bill"].every((name) => same(name, found)));
    if (!entry || !isAsExpected(expected, entry)) {
      differences.push(`expected ${JSON.stringify(expected)}, got ${entry ? JSON.stringify(shortened(entry)) : "no such entry"}`);
    }
  }
  return differences;
}

/** What the readings over time of an engine lack of what a scenario expects of them. */
export function compareOverTime(engine, { household, expect }) {
  const differences = [];
  for (const reading of ["schedule", "timeline"]) {
    for (const { expect: part, ...span } of expect[reading] ?? []) {
      const answer = engine[reading](household, span);
      if (!contains(part, answer)) differences.push(`${reading}: expected ${JSON.stringify(part)}, got ${JSON.stringify(answer).slice(0, 4_000)}`);
    }
  }
  return differences;
}

function isAsExpected({ because = [], people = [], papers = [], candidates = [], amount, amountMin, amountMax, per, missing = [], lastKnown, localName, firstAmount, deadlineKinds, steps = [], ...rest }, entry) {
  const stated = { value: amount, min: amountMin, max: amountMax, per };
  return (
    contains(rest, entry) &&
    (firstAmount === undefined || contains(firstAmount, entry.firstAmount ?? null)) &&
    (localName === undefined || (entry.localName ?? null) === localName) &&
    (deadlineKinds === undefined || (entry.deadlines ?? []).map(({ kind }) => kind).join() === deadlineKinds.join()) &&
    // Steps are told only to who asks for them.
    (entry.steps === undefined || steps.every((step) => contains([step], entry.steps))) &&
    Object.entries(stated).every(([key, value]) => value === undefined || entry.amount?.[key] === value) &&
    because.every((reason) => entry.reasons.some((found) => contains(reason, found))) &&
    people.every(({ because: ground, ...person }) => contains([ground ? { ...person, because: [{ code: ground }] } : person], entry.people)) &&
    papers.every((paper) => entry.papers.some((own) => own.paper === paper)) &&
    candidates.every(({ amount: value, ...place }) => contains([value ? { ...place, amount: { value } } : place], entry.candidates)) &&
    missing.every((parameter) => entry.missing.some((cell) => cell.parameter === parameter)) &&
    (lastKnown === undefined || entry.missing.some((cell) => cell.lastKnown?.value === lastKnown))
  );
}

/** Whether everything in `part` is in `whole`; each of a list's items in some item, in any order. */
function contains(part, whole) {
  if (Array.isArray(part)) return Array.isArray(whole) && part.every((item) => whole.some((found) => contains(item, found)));
  if (part === null || typeof part !== "object") return part === whole;
  return whole !== null && typeof whole === "object" && Object.entries(part).every(([key, value]) => contains(value, whole[key]));
}

const shortened = ({ outcome, qualifies, amount, reasons, missing }) => ({
  outcome, qualifies, amount, because: reasons?.map(({ code, holds }) => `${code} ${holds}`), missing: missing?.map(({ parameter }) => parameter),
});
