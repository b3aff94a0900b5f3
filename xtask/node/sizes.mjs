// What a page downloads, in bytes: raw, gzip and brotli, beside the limits that we set ourselves.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = new URL("../../", import.meta.url);
const files = (folder, wanted) => {
  const url = new URL(folder, root);
  return statSync(url, { throwIfNoEntry: false }) ? readdirSync(url).filter(wanted).map((name) => new URL(name, url)) : [];
};

const dist = "wasm/npm/dist/";
const code = files(dist, (name) => name.endsWith(".js") && name !== "node.js");
const packs = files("target/packs/", (name) => /^\d{6}\.json$/.test(name));
const largest = packs.sort((a, b) => statSync(b).size - statSync(a).size).slice(0, 1);

const rows = [
  ["engine", files(dist, (name) => name === "policy.wasm")],
  ["glue and face", code],
  ["engine, glue and face", [...files(dist, (name) => name === "policy.wasm"), ...code], 120_000],
  ["largest pack", largest, 20_000],
];
console.log(`${"bytes".padEnd(24)}${["raw", "gzip", "brotli", "gzip limit"].map((name) => name.padStart(12)).join("")}`);
for (const [name, urls, limit = ""] of rows) {
  if (urls.length === 0) continue;
  const bytes = urls.map((url) => readFileSync(url));
  const sum = (size) => bytes.reduce((total, file) => total + size(file), 0);
  const brotli = (file) => brotliCompressSync(file, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  const sizes = [sum((file) => file.length), sum((file) => gzipSync(file, { level: 9 }).length), sum(brotli), limit];
  console.log(`${name.padEnd(24)}${sizes.map((size) => String(size).padStart(12)).join("")}`);
}
