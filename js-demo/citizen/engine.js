// The engine and the packs: fetched once per place, then every question is answered on this page.

import { createEngine } from "/pkg/index.js";

const engines = new Map();
const packs = new Map();
let index = [];

/** The places there are packs for. */
export async function loadIndex() {
  const answer = await read("/packs/index.json");
  // The nation is below every place, but nobody's hukou is there.
  index = (await answer.json()).areas.filter((area) => area.area !== "000000");
  return index;
}

/** An engine with the packs of `areas`; places without a pack are left to the engine to name. */
export function engineFor(areas) {
  const wanted = [...new Set(areas)].map((code) => index.find((entry) => entry.area === code)).filter(Boolean);
  const files = (wanted.length > 0 ? wanted : index.slice(0, 1)).map((entry) => entry.file).sort();
  const key = files.join(" ");
  if (!engines.has(key)) {
    const engine = Promise.all(files.map(pack)).then((bytes) => createEngine({ packs: bytes })).then(withDocuments);
    // A failed download may be tried again.
    engine.catch(() => engines.delete(key));
    engines.set(key, engine);
  }
  return engines.get(key);
}

function withDocuments(engine) {
  return { engine, documents: engine.describe().documents ?? {} };
}

async function pack(file) {
  if (!packs.has(file)) packs.set(file, read(`/packs/${file}`).then((answer) => answer.arrayBuffer()));
  try {
    return await packs.get(file);
  } catch (cause) {
    packs.delete(file);
    throw cause;
  }
}

async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

/** Every area code a household names, so that its packs are there before it is decided. */
export function areasIn(household) {
  const found = [];
  const waiting = [household];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (value === null || typeof value !== "object") continue;
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === "string" && /area$/i.test(key)) found.push(inner);
      else waiting.push(inner);
    }
  }
  return found;
}

/** The result, or `{ errors }`. */
export function decide(engine, household, date) {
  try {
    return engine.evaluate(household, { date, steps: true });
  } catch (problem) {
    if (Array.isArray(problem?.errors) && problem.errors.length > 0) return { errors: problem.errors };
    if (problem?.code === "date-missing") return { errors: [{ code: "missing-field", path: "date" }] };
    throw problem;
  }
}
