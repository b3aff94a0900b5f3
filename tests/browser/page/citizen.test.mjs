// The citizen page in a headless browser, on the demo that `cargo xtask demo` serves.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { createEngine, packs, root } from "../built.mjs";
import { chromium } from "../chromium.mjs";

const home = process.env.HUISUAN_URL;
const browser = await chromium();
after(() => browser.close());

const artefacts = new URL("target/artefacts/", root);
mkdirSync(artefacts, { recursive: true });
const screenshot = (page, name) => page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, artefacts)), fullPage: true });

/** The page, ready for answers; when `body` is through, nothing may have gone wrong and nothing left this origin. */
async function onThePage(body, options) {
  const visit = await browser.visit(home, options);
  await visit.page.locator("html[data-ready=true]").waitFor();
  await body(visit.page, visit);
  assert.deepEqual(visit.troubles, []);
  assert.deepEqual(visit.requests.filter((address) => !address.startsWith(home) && !address.startsWith("blob:")), []);
  await visit.close();
}

const field = (page, path) => page.locator(`[data-path="${path}"]`);
const fill = async (page, path, text) => {
  await field(page, path).locator("input[type=text]").first().fill(text);
  await field(page, path).locator("input[type=text]").first().blur();
};
const choose = (page, path, value) => field(page, path).locator(`input[type=radio][value="${value}"] + label`).first().click();
const pick = (page, path, value) => field(page, path).locator("select").first().selectOption(value);
const card = (page, benefit, more = "") => page.locator(`result-view [data-benefit="${benefit}"]${more}`);

async function chooseArea(page, words, code) {
  await page.locator("[data-area-search]").first().fill(words);
  await page.locator(`[role=option][data-area="${code}"]`).first().click();
}

/** The page's cards as `benefit member outcome amount`, sorted. */
const cards = (page) =>
  page.locator("result-view [data-benefit]").evaluateAll((all) =>
    all.map(({ dataset: { benefit, member, outcome, amount } }) => [benefit, member ?? "", outcome, amount ?? ""].join(" ")).sort());

test("a person answers the questions by hand, and the page gives the engine's answer", () =>
  onThePage(async (page, visit) => {
    await chooseArea(page, "laizhou", "370683");
    await fill(page, "date", "2024-04-15");
    await fill(page, "application/appliedOn", "2024-03-18");
    await pick(page, "members/0/relation", "self");
    await fill(page, "members/0/birthDate", "1950年5月1日");
    await choose(page, "members/0/registeredArea", "here");
    await choose(page, "members/0/registeredSettlement", "urban");
    // From here on everything is on the page: not one request more, of whatever kind.
    await card(page, "minimum-living-allowance").first().waitFor({ state: "attached" });
    const requests = visit.requests.length;
    assert.equal(await card(page, "minimum-living-allowance").first().getAttribute("data-outcome"), "undetermined");
    await choose(page, "members/0/incomes", "none");
    await choose(page, "assessments", "yes");
    for (const fold of await page.locator(".person details > summary").all()) await fold.click();
    await choose(page, "members/0/usualResidence", "here");
    await choose(page, "members/0/transfersPaid", "none");
    await field(page, "members/0/receiving/noOther").locator("input").check();
    const eligible = card(page, "minimum-living-allowance", '[data-outcome="eligible"]').first();
    await eligible.waitFor();

    const household = {
      schemaVersion: 1,
      application: { appliedOn: "2024-03-18" },
      assessments: [{ test: "assets-within-limit", holds: true }],
      members: [{
        id: "a", relation: "self", birthDate: "1950-05-01", registeredArea: [{ area: "370683" }], registeredSettlement: "urban",
        usualResidence: [{ area: "370683" }], incomes: [], transfersPaid: [], receiving: { noOther: true },
      }],
    };
    const engine = await createEngine({ packs: [packs.get("370683")] });
    const { benefits } = engine.evaluate(household, { date: "2024-04-15" });
    const { amount } = benefits.find(({ benefit }) => benefit === "minimum-living-allowance");
    assert.equal(await eligible.getAttribute("data-amount"), amount.value);
    assert.ok((await eligible.textContent()).includes(amount.value), "the amount is to be read");
    assert.equal((await cards(page)).length, benefits.length);
    await screenshot(page, "citizen-by-hand");
    assert.equal(visit.requests.length, requests, "no request after the tables were there");
  }));

test("each example shows what the engine answers for it", () =>
  onThePage(async (page) => {
    for (const example of ["laizhou", "xihaian", "synthetic"]) {
      const { household, date } = JSON.parse(readFileSync(new URL(`js-demo/citizen/examples/${example}.json`, root), "utf8"));
      const engine = await createEngine({ packs: [...packs.values()] });
      const { benefits } = engine.evaluate(household, { date });
      const expected = benefits.map(({ benefit, member, outcome }) => [benefit, member ?? "", outcome].join(" ")).sort();
      const folds = page.locator("details.examples");
      if ((await folds.getAttribute("open")) === null) await folds.locator("summary").click();
      await page.locator(`[data-example="${example}"]`).click();
      await page.waitForLoadState("networkidle");
      await assertSoon(async () => assert.deepEqual((await cards(page)).map((line) => line.split(" ").slice(0, 3).join(" ")), expected, example));
      await screenshot(page, `citizen-${example}`);
    }
  }));

test("a mistake is shown beside its question and goes away when it is mended", () =>
  onThePage(async (page) => {
    await chooseArea(page, "莱州", "370683");
    await fill(page, "members/0/birthDate", "1950-02-30");
    await field(page, "members/0/birthDate").locator(".error").waitFor();
    await fill(page, "members/0/birthDate", "1950-05-01");
    await field(page, "members/0/birthDate").locator(".error").waitFor({ state: "detached" });
  }));

test("on a phone and in English the page fits and speaks", () =>
  onThePage(
    async (page) => {
      await page.locator("[data-lang=en]").click();
      await page.locator("details.examples summary").click();
      await page.locator('[data-example="synthetic"]').click();
      await page.locator("result-view [data-benefit]").first().waitFor({ state: "attached" });
      const [wide, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide <= shown, `${wide} px wide on a screen of ${shown}`);
      assert.doesNotMatch(await page.locator("result-view").innerText(), /\b(ui|reason|step|benefit|need|amount)\.[a-z-]+/, "a code without words");
      await screenshot(page, "citizen-phone-en");
    },
    { viewport: { width: 360, height: 740 } },
  ));

/** Tries an assertion until it holds: the page decides a moment after the last answer. */
async function assertSoon(assertion) {
  const until = Date.now() + 5_000;
  for (;;) {
    try {
      return await assertion();
    } catch (failure) {
      if (Date.now() > until) throw failure;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}
