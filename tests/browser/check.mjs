// `cargo xtask demo --check`: the demo's pages load without a word on the console. Prints what went wrong, if anything.

import { existsSync, readdirSync } from "node:fs";

import { chromium } from "./chromium.mjs";

const demo = new URL("../../js-demo/", import.meta.url);
const folders = readdirSync(demo).filter((name) => existsSync(new URL(`${name}/index.html`, demo)));
const pages = ["", ...folders.map((name) => `${name}/`)];
const browser = await chromium();
let troubles = 0;
for (const page of pages) {
  const address = new URL(page, process.env.HUISUAN_URL).href;
  const visit = await browser.visit(address);
  await visit.settled();
  console.log(`${address}: ${visit.troubles.length === 0 ? "fine" : visit.troubles.join("\n  ")}`);
  troubles += visit.troubles.length;
}
await browser.close();
process.exitCode = troubles === 0 ? 0 : 1;
