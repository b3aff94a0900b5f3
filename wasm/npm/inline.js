// The package with the engine's bytes inside: nothing is fetched, so that it also runs under `connect-src 'none'`.

import { create } from "./engine.js";
import wasm from "./policy.wasm";

export { diagnose } from "./diagnose.js";
export { HuisuanError } from "./error.js";

export const createEngine = (options) => create(options, wasm, (url) => fetch(url));
