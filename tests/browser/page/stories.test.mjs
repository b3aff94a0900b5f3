// Five people with what they know, on a phone: each gets through in at most fifteen screens of questions, the range only
// narrows on the way, and what comes out is what the policy sheets say.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { root } from "../built.mjs";
import { chromium } from "../chromium.mjs";
import { answerAll } from "../person.mjs";
import { STORIES } from "../stories.mjs";

const MOST_SCREENS = 15;
const browser = await chromium();
after(() => browser.close());

const pictures = new URL("target/artefacts/stories/", root);
mkdirSync(pictures, { recursive: true });

for (const [number, { name, date, knows, expect, shows }] of STORIES.entries()) {
  test(name, async () => {
    const visit = await browser.visit(process.env.HUISUAN_URL, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    const { page } = visit;
    const picture = (which) => page.screenshot({ path: fileURLToPath(new URL(`${number + 1}-${which}.png`, pictures)), fullPage: true });
    await page.locator("html[data-ready=true]").waitFor();
    await page.evaluate((day) => document.querySelector("huisuan-check").setAttribute("date", day), date);
    const ranges = [];
    const asked = await answerAll(page, knows, {
      onScreen: async (key, screens) => {
        await picture(String(screens + 1).padStart(2, "0"));
        ranges.push(await page.evaluate(() => document.querySelector("huisuan-check").decision?.totals.cashPerMonth));
      },
    });
    await picture("result");
    assert.ok(asked.length <= MOST_SCREENS, `${asked.length} screens: ${asked.join(" ")}`);
    assert.equal(new Set(asked).size, asked.length, `asked twice: ${asked.join(" ")}`);

    const found = await page.locator("huisuan-check [data-benefit]").evaluateAll((all) => all.map(({ dataset }) => ({ ...dataset })));
    for (const wanted of expect) {
      assert.ok(found.some((entry) => Object.entries(wanted).every(([key, value]) => entry[key] === value)), `${JSON.stringify(wanted)} not in ${JSON.stringify(found)}`);
    }
    if (shows) assert.equal(await page.locator(`huisuan-check ${shows}`).count(), 1, shows);
    const text = await page.locator("huisuan-check .result").innerText();
    assert.doesNotMatch(text, /\b(ui|reason|step|benefit|need|amount|outcome|missing|parameter)\.[a-z-]+/, "a code without words");
    assert.match(text, /自查/);
    assert.match(text, /12345/);
    assert.match(text, /复议/);
    const [wide, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= shown, `${wide} px wide on a screen of ${shown}`);
    // More is known after each answer: the least never falls below what was sure, the most never rises, once people are known.
    const known = ranges.slice(asked.indexOf("members") + 1).filter(Boolean);
    for (const [index, range] of known.entries()) {
      const before = known[index - 1];
      if (before?.max != null && range.max != null) assert.ok(Number(range.max) <= Number(before.max), `the most rose from ${before.max} to ${range.max}`);
    }
    assert.deepEqual(visit.troubles, []);
    await visit.close();
  });
}
