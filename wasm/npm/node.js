// The package in Node: the engine's bytes are read from beside this file.

import { readFile } from "node:fs/promises";

import { create } from "./engine.js";

export { HuisuanError } from "./error.js";

const open = (url) => (url.protocol === "file:" ? readFile(url) : fetch(url));

export const createEngine = (options) => create(options, new URL("./policy.wasm", import.meta.url), open);
