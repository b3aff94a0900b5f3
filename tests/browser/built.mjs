// The built package and packs, as a portal gets them.

import { readdirSync, readFileSync } from "node:fs";

export { createEngine, HuisuanError } from "../../wasm/npm/dist/node.js";

export const root = new URL("../../", import.meta.url);
const folder = new URL("target/packs/", root);

const files = readdirSync(folder).filter((name) => /^\d{6}\.json$/.test(name));

/** Every area's pack, by code. */
export const packs = new Map(files.map((name) => [name.slice(0, 6), readFileSync(new URL(name, folder))]));

/** The synthetic areas alone: small, and of no place. */
export const syntheticPacks = [...packs].filter(([code]) => code.startsWith("99")).map(([, bytes]) => bytes);
