// The package in Node: the engine's bytes are read from beside this file.

import { create } from "./engine.js";
import { open } from "./open.js";

export { diagnose } from "./diagnose.js";
export { HuisuanError } from "./error.js";

export const createEngine = (options) => create(options, new URL("./policy.wasm", import.meta.url), open);
