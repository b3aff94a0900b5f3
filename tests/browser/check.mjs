// `cargo xtask demo --check`: the demo's pages load without a word on the console. Prints what went wrong, if anything.

import { chromium } from "./chromium.mjs";

const pages = ["", ...(process.env.HUISUAN_PAGES ?? "").split(" ").filter(Boolean)];
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
