// The register of codes: everything a result, a mistake or an error of the package can say, by kind.
//
// `wasm/npm/codes.json` is the promise: a code that stands there keeps its meaning and is never taken away within a major
// version; one that no engine answers with any more moves to `retired`. A new code may come with any version, so that a
// portal must have words for codes it does not know. `cargo xtask generate` adds new codes; nothing removes one.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);
const promised = new URL("wasm/npm/codes.json", root);

/** Kinds of codes, by the first words of their sentence in `messages/`; what follows the code there is a variant. */
const KINDS = {
  benefit: "benefits", reason: "reasons", step: "steps", alternative: "alternatives", outcome: "outcomes", missing: "missing",
  parameter: "parameters", error: "mistakes", diagnose: "diagnoses", note: "notes", tableError: "table-errors", paper: "papers",
  person: "people", combined: "combined", "packet.problem": "packet-problems", "packet.replay": "packet-replays",
  "schedule.because": "schedule-reasons", "schedule.convention": "schedule-conventions", "schedule.state": "schedule-states",
  "schedule.payment": "schedule-payments", "timeline.cause": "timeline-causes",
};
const FALLBACKS = new Set(["other", "for", "ask", "lastKnown", "suggest", "not-excluded", "within"]);

const read = (url) => JSON.parse(readFileSync(url, "utf8"));

/** The register as it is now: what was promised, and what has come since. */
export function registry() {
  const { kinds, retired, ...rest } = read(promised);
  const found = { ...kinds };
  for (const code of Object.keys(read(new URL("messages/en.json", root)))) {
    const [first, second, third] = code.split(".");
    const [kind, name] = KINDS[first] ? [KINDS[first], second] : [KINDS[`${first}.${second}`], third];
    if (kind && name && !FALLBACKS.has(name)) (found[kind] ??= []).push(name);
  }
  found["package-errors"] = [...(found["package-errors"] ?? []), ...packageErrors()];
  const gone = new Set(Object.entries(retired).flatMap(([kind, codes]) => codes.map((code) => `${kind} ${code}`)));
  const tidy = Object.entries(found).map(([kind, codes]) => [kind, [...new Set(codes)].filter((code) => !gone.has(`${kind} ${code}`)).sort()]);
  return { ...rest, kinds: Object.fromEntries(tidy.sort(([a], [b]) => (a < b ? -1 : 1))), retired };
}

/** The codes that `HuisuanError` may have, from its type. */
function packageErrors() {
  const types = readFileSync(new URL("wasm/npm/index.d.ts", root), "utf8");
  const [, union] = /readonly code:([^;]*);/.exec(types);
  return [...union.matchAll(/"([a-z-]+)"/g)].map(([, code]) => code);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(promised, `${JSON.stringify(registry(), null, 1)}\n`);
