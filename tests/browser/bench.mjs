// Speeds of the built package in Node: import to first answer, loading the largest pack, and one evaluation in microseconds.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { createEngine, packs, root } from "./built.mjs";
import { area, date, household } from "./four.mjs";

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const columns = (name, ...cells) => console.log(name.padEnd(40) + cells.map((cell) => String(cell).padStart(12)).join(""));

const start = fileURLToPath(new URL("bench-start.mjs", import.meta.url));
const starts = Array.from({ length: 21 }, () => Number(execFileSync(process.execPath, [start]))).sort((a, b) => a - b);
columns("import to first answer", "median ms", "limit ms");
columns("", quantile(starts, 0.5).toFixed(1), 30);

// The largest pack of an area into a module that is compiled already: a new instance, its layers read, checked and hashed.
const [largest, bytes] = [...packs].reduce((most, next) => (next[1].length > most[1].length ? next : most));
const wasm = await WebAssembly.compile(readFileSync(new URL("wasm/npm/dist/policy.wasm", root)));
const loads = [];
for (let round = 0; round < 101; round += 1) {
  const begun = performance.now();
  await createEngine({ wasm, packs: [bytes] });
  loads.push(performance.now() - begun);
}
columns("load the largest pack", "first ms", "median ms", "limit ms");
const [first] = loads;
loads.sort((a, b) => a - b);
columns(`${largest}, ${bytes.length} bytes`, first.toFixed(1), quantile(loads, 0.5).toFixed(1), 5);

const one = await createEngine({ packs: [packs.get(area)] });
const all = await createEngine({ packs: [...packs.values()].filter((_, index) => index < 1000) });
const text = JSON.stringify(household);
const rows = [
  ["objects in, reasons out", () => one.evaluate(household, { date }), 100],
  ["text in, reasons out", () => one.evaluate(text, { date })],
  ["objects in, with steps", () => one.evaluate(household, { date, steps: true })],
  ["objects in, with steps and cells", () => one.evaluate(household, { date, steps: true, cells: true })],
  [`${packs.size} areas loaded, reasons out`, () => all.evaluate(household, { date })],
];
columns("evaluate, four people", "mean µs", "median µs", "p99 µs", "limit µs");
for (const [name, ask, limit = ""] of rows) {
  const first = ask();
  if (first.errors) throw new Error(`${name}: ${JSON.stringify(first.errors)}`);
  for (let round = 0; round < 2_000; round += 1) ask();
  const times = [];
  for (let round = 0; round < 10_000; round += 1) {
    const begun = performance.now();
    ask();
    times.push((performance.now() - begun) * 1_000);
  }
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  times.sort((a, b) => a - b);
  columns(name, mean.toFixed(1), quantile(times, 0.5).toFixed(1), quantile(times, 0.99).toFixed(1), limit);
}
