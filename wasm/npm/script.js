// The package for a plain `<script src="…/huisuan.js">`: it makes one global, `Huisuan`, and fetches the engine's bytes
// from beside itself.

import { create } from "./engine.js";

export { diagnose } from "./diagnose.js";
export { HuisuanError } from "./error.js";

// Known only while the script runs for the first time.
const here = document.currentScript?.src ?? document.baseURI;

export const createEngine = (options) => create(options, new URL("policy.wasm", here), (url) => fetch(url));
