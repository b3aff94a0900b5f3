// The package in a browser: the engine's bytes are fetched from beside this file.

import { create } from "./engine.js";

export { diagnose } from "./diagnose.js";
export { HuisuanError } from "./error.js";

export const createEngine = (options) => create(options, new URL("./policy.wasm", import.meta.url), (url) => fetch(url));
