// One cold start, in a process of its own: prints the milliseconds from import to the first answer. What a page has is one pack.

import { readFile } from "node:fs/promises";

import { area, date, household } from "./four.mjs";

const root = new URL("../../", import.meta.url);
const begun = performance.now();
const { createEngine } = await import(new URL("wasm/npm/dist/node.js", root).href);
const engine = await createEngine({ packs: [await readFile(new URL(`target/packs/${area}.json`, root))] });
const { errors } = engine.evaluate(household, { date });
const taken = performance.now() - begun;
if (errors) throw new Error(JSON.stringify(errors));
console.log(taken);
