// A headless Chromium with a fresh profile, and pages that remember everything that went wrong in them.

import { createRequire } from "node:module";

const { chromium: driver } = createRequire(new URL("../../xtask/node/package.json", import.meta.url))("playwright-core");

const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function chromium() {
  const executablePath = process.env.HUISUAN_CHROMIUM ?? "/usr/bin/chromium";
  const browser = await driver.launch({ executablePath, args, headless: true });
  return {
    close: () => browser.close(),
    /** Opens an address on a profile without cookies or storage. */
    async visit(address, options = {}) {
      const context = await browser.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai", ...options });
      const page = await context.newPage();
      const visit = { page, requests: [], troubles: [], settled: () => page.waitForLoadState("networkidle"), close: () => context.close() };
      page.on("request", (request) => visit.requests.push(request.url()));
      page.on("requestfailed", (request) => visit.troubles.push(`request failed: ${request.url()}: ${request.failure()?.errorText}`));
      page.on("response", (response) => response.status() < 400 || visit.troubles.push(`HTTP ${response.status()}: ${response.url()}`));
      page.on("pageerror", (error) => visit.troubles.push(`uncaught: ${error.stack ?? error}`));
      page.on("console", (message) => message.type() === "error" && visit.troubles.push(`console: ${message.text()}`));
      await page.goto(address);
      return visit;
    },
  };
}
