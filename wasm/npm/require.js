// The package for `require` in Node; built as CommonJS, where the folder has another name.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { create } from "./engine.js";
import { open } from "./open.js";

export { diagnose } from "./diagnose.js";
export { HuisuanError } from "./error.js";

export const createEngine = (options) => create(options, pathToFileURL(join(__dirname, "policy.wasm")), open);
