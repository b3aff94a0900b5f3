// Speeds of the built package in Node: import to first answer, and one evaluation in microseconds.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { createEngine, packs } from "./built.mjs";
import { area, date, household } from "./four.mjs";

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const columns = (name, ...cells) => console.log(name.padEnd(40) + cells.map((cell) => String(cell).padStart(12)).join(""));

const start = fileURLToPath(new URL("bench-start.mjs", import.meta.url));
const starts = Array.from({ length: 21 }, () => Number(execFileSync(process.execPath, [start]))).sort((a, b) => a - b);
columns("import to first answer", "median ms", "limit ms");
columns("", quantile(starts, 0.5).toFixed(1), 30);

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
