// The citizen page in a headless browser, on the demo that `cargo xtask demo` serves: what a person sees, presses, keeps.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { createEngine, packs, root } from "../built.mjs";
import { chromium } from "../chromium.mjs";
import { answerAll } from "../person.mjs";
import { STORIES } from "../stories.mjs";

const home = process.env.HUISUAN_URL;
const browser = await chromium();
after(() => browser.close());

const require = createRequire(new URL("xtask/node/package.json", root));
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
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

const question = (page, key) => page.locator(`huisuan-check form[data-question="${key}"]`);
const on = (page, date) => page.evaluate((day) => document.querySelector("huisuan-check").setAttribute("date", day), date);
const open = (page, saved) => page.evaluate((what) => document.querySelector("huisuan-check").open(what), saved);
const [laizhou] = STORIES;

async function toMembers(page) {
  await page.locator("[data-area-search]").fill("莱州");
  await page.locator('[role=option][data-area="370683"]').click();
  await page.locator("[data-next]").click();
  await question(page, "topics").waitFor();
  await page.locator("[data-next]").click();
  await question(page, "members").waitFor();
}

test("the page gives the engine's answer, and asks nothing of anyone once the place is chosen", () =>
  onThePage(async (page, visit) => {
    await on(page, laizhou.date);
    let requests;
    await answerAll(page, laizhou.knows, {
      onScreen: async (key) => {
        if (key === "members") await page.waitForLoadState("networkidle");
        if (key === "members") requests = visit.requests.length;
      },
    });
    assert.equal(visit.requests.length, requests, visit.requests.slice(requests).join(" "));
    const household = await page.evaluate(() => document.querySelector("huisuan-check").state.household);
    const engine = await createEngine({ packs: [packs.get("370683")] });
    const { benefits, totals } = engine.evaluate(household, { date: laizhou.date });
    const line = ({ benefit, member, outcome }) => [benefit, member ?? "", outcome].join(" ");
    const shown = await page.locator("huisuan-check [data-benefit]").evaluateAll((all) => all.map(({ dataset }) => ({ ...dataset })));
    const aside = Number(await page.locator("huisuan-check [data-aside]").getAttribute("data-aside", { timeout: 500 }).catch(() => 0));
    assert.equal(shown.length + aside, benefits.length);
    for (const entry of shown) assert.ok(benefits.some((found) => line(found) === line(entry)), line(entry));
    assert.equal(await page.locator('huisuan-check [data-total="cashPerMonth"]').getAttribute("data-amount-min"), totals.cashPerMonth.min);
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, ""], "nothing is stored unasked");
    await screenshot(page, "citizen-result");
  }));

test("a place is found by its name, pinyin, code, an old name, and the city it lies in", () =>
  onThePage(async (page) => {
    const finds = [["莱州", "370683"], ["laizhou", "370683"], ["370683", "370683"], ["青岛 即墨", "370215"], ["shinan", "370202"], ["３７０６８３", "370683"],
      ["重庆涪陵区", "500102"], ["山东莱州", "370683"], ["北京朝阳", "110105"], ["广东广州天河区", "440106"], ["烟台市莱州市平里店镇", "370683"], ["宁夏银川", "640100"], ["内蒙古包头", "150202"]];
    for (const [text, code] of finds) {
      await page.locator("[data-area-search]").fill(text);
      await page.locator(`[role=option][data-area="${code}"]`).first().waitFor();
    }
    const index = JSON.parse(readFileSync(new URL("target/packs/index.json", root), "utf8")).areas;
    const renamed = index.find(({ formerNames }) => formerNames.length > 0);
    await page.locator("[data-area-search]").fill(renamed.formerNames[0]);
    await page.locator(`[role=option][data-area="${renamed.area}"]`).first().waitFor();
    for (const nowhere of ["没有这个地方", "山东涪陵区", "莱州天河"]) {
      await page.locator("[data-area-search]").fill(nowhere);
      assert.equal(await page.locator("[role=option]").count(), 0, nowhere);
    }
  }));

test("a place that is not found stays as it was written, and what to do is said; what fits one place alone is taken", () =>
  onThePage(async (page) => {
    const box = page.locator("[data-area-search]");
    for (const [text, problem] of [["没有这个地方", "place-not-found"], ["青岛", "place-not-found"], ["", "no-place"]]) {
      await box.fill(text);
      await page.locator("[data-next]").click();
      await page.locator(`huisuan-check .problem[data-problem="${problem}"]`, { hasText: text }).waitFor();
      assert.equal(await page.locator("[data-area-search]").inputValue(), text, "what was written stays");
      assert.equal(await page.locator('[role=option][data-area="370200"]').isVisible(), text === "青岛", "the list to choose from is there");
    }
    assert.equal(await page.locator("[role=option]").count(), 0, "nothing to choose where nothing is written");
    await box.fill("莱州市");
    await box.press("Tab");
    assert.match(await box.inputValue(), /莱州市 370683$/);
    await page.locator("[data-next]").click();
    await question(page, "topics").waitFor();
  }));

test("a mistake is explained beside its field and goes away when it is mended", () =>
  onThePage(async (page) => {
    await toMembers(page);
    const birth = page.locator("huisuan-check .row input[type=text]");
    for (const [text, problem] of [["1950-02-30", "no-such-day"], ["1950年5月", "incomplete-date"], ["农历三月初五", "lunar-date"], ["2090-01-01", "born-in-future"]]) {
      await birth.fill(text);
      await page.locator("[data-next]").click();
      await page.locator(`huisuan-check .field [data-problem="${problem}"]`).waitFor();
      assert.equal(await birth.getAttribute("aria-invalid"), "true");
      assert.equal(await birth.inputValue(), text, "what was written stays");
      assert.ok(await birth.evaluate((input) => input.getRootNode().activeElement === input), "the cursor is where it has to be mended");
    }
    await birth.fill("1950年5月1日");
    await page.locator("[data-next]").click();
    await question(page, "members").waitFor({ state: "detached" });
  }));

test("whoever is added is somebody else than the one who answers, and says who", () =>
  onThePage(async (page) => {
    await toMembers(page);
    await page.locator("[data-add]").click();
    const relations = page.locator("huisuan-check .row").nth(1).locator("input[type=radio]");
    const offered = await relations.evaluateAll((inputs) => inputs.map(({ value }) => value));
    assert.ok(offered.includes("spouse") && !offered.includes("self"), offered.join(" "));
    await page.locator("[data-next]").click();
    await page.locator('huisuan-check .field [data-problem="empty"]').waitFor();
  }));

test("back, and any earlier answer, at any time; the focus goes with the question", () =>
  onThePage(async (page) => {
    await toMembers(page);
    assert.equal(await page.evaluate(() => document.querySelector("huisuan-check").shadowRoot.activeElement?.className), "title");
    await page.locator("[data-back]").click();
    await question(page, "topics").waitFor();
    await page.locator("[data-back]").click();
    await question(page, "place").waitFor();
    assert.match(await page.locator("[data-area-search]").inputValue(), /370683/);
    await page.locator("[data-next]").click();
    await question(page, "members").waitFor();
    await page.locator("huisuan-check .trail summary").click();
    await page.locator('huisuan-check [data-go="topics"]').click();
    await question(page, "topics").waitFor();
  }));

test("with the keyboard alone", () =>
  onThePage(async (page) => {
    const tabTo = async (selector) => {
      for (let presses = 0; presses < 60; presses += 1) {
        if (await page.evaluate((wanted) => {
          const active = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
          return active?.matches(wanted) ?? false;
        }, selector)) return;
        await page.keyboard.press("Tab");
      }
      assert.fail(`no way to ${selector}`);
    };
    await tabTo("[data-area-search]");
    await page.keyboard.type("laizhou");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await tabTo("[data-next]");
    await page.keyboard.press("Enter");
    await question(page, "topics").waitFor();
    await tabTo('input[value="elderly"]');
    await page.keyboard.press("Space");
    await tabTo("[data-next]");
    await page.keyboard.press("Enter");
    await question(page, "members").waitFor();
    await tabTo(".row input[type=text]");
    await page.keyboard.type("1938-02-01");
    await page.keyboard.press("Enter");
    await question(page, "members").waitFor({ state: "detached" });
  }));

/** States of the page, each as a way to get there. */
const states = {
  place: async () => {},
  "place with a list": (page) => page.locator("[data-area-search]").fill("青岛"),
  "place with a mistake": (page) => page.locator("[data-next]").click(),
  topics: async (page) => {
    await toMembers(page);
    await page.locator("[data-back]").click();
  },
  members: async (page) => {
    await toMembers(page);
    await page.locator("[data-add]").click();
    await page.locator("[data-next]").click();
  },
  "the first question of the engine": async (page) => {
    await toMembers(page);
    await page.locator("[data-next]").click();
    await question(page, "members").waitFor({ state: "detached" });
    await page.locator("huisuan-check .trail summary").click();
  },
  ...Object.fromEntries(["members/0/incomes", "members/0/receiving", "members/0/selfCare", "members/0/disabilityCard", "assessments", "members/0/usualResidence", "members/0/parents", "expenses"].map((key) => [
    key, async (page) => {
      await open(page, { date: "2024-04-15", topics: [], household: { schemaVersion: 1, members: ["self", "spouse"].map((relation) => ({ id: relation, relation, registeredArea: [{ area: "370683" }] })) } });
      await page.evaluate((path) => document.querySelector("huisuan-check").go(path), key);
      await question(page, key).waitFor();
      const some = page.locator('huisuan-check input[value="some"]');
      if ((await some.count()) > 0) {
        await some.check();
        await page.locator("[data-next]").click();
        await page.locator("huisuan-check .problem").first().waitFor();
      }
    },
  ])),
  "the result": async (page) => {
    const example = JSON.parse(readFileSync(new URL("js-demo/citizen/examples/synthetic.json", root), "utf8"));
    await open(page, { ...example, topics: [] });
    const see = page.locator("[data-finish]");
    if ((await see.count()) > 0) await see.click();
    await page.locator("huisuan-check [data-result]").waitFor();
    await page.evaluate(() => document.querySelector("huisuan-check").shadowRoot.querySelectorAll("details").forEach((fold) => (fold.open = true)));
  },
};
const looks = { light: {}, dark: { colorScheme: "dark" }, "high contrast": { press: "[data-contrast]" }, "large type": { press: "[data-large]" }, English: { press: "[data-lang=en]" } };

for (const [look, { press, ...options }] of Object.entries(looks)) {
  test(`axe finds nothing in any state: ${look}`, () =>
    onThePage(async (page) => {
      if (press) await page.locator(press).click();
      await page.evaluate(axe);
      for (const [name, reach] of Object.entries(states)) {
        await page.evaluate(() => document.querySelector("huisuan-check").restart());
        await question(page, "place").waitFor();
        await reach(page);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } }));
        assert.deepEqual(violations.map(({ id, nodes }) => [name, id, ...nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`)]), []);
      }
      await screenshot(page, `citizen-${look.replaceAll(" ", "-")}`);
    }, { viewport: { width: 390, height: 844 }, ...options }));
}

test("at 200 and 400 percent, and on the smallest phone in large type, nothing has to be scrolled sideways", async () => {
  for (const [name, viewport, large] of [["200", { width: 640, height: 400 }], ["400", { width: 320, height: 256 }], ["elder", { width: 320, height: 568 }, true]]) {
    await onThePage(async (page) => {
      if (large) await page.locator("[data-large]").click();
      for (const reach of Object.values(states)) {
        await page.evaluate(() => document.querySelector("huisuan-check").restart());
        await question(page, "place").waitFor();
        await reach(page);
        const [wide, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(wide <= shown, `${name}: ${wide} px wide on a screen of ${shown}`);
      }
      const small = await page.evaluate(() => [...document.querySelector("huisuan-check").shadowRoot.querySelectorAll("button, .option, summary")]
        .map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width > 0 && (height < 24 || width < 24)).length);
      assert.equal(small, 0, "targets smaller than 24 px");
      await screenshot(page, `citizen-zoom-${name}`);
    }, { viewport });
  }
});

test("after the first visit it works without a network", async () => {
  const visit = await browser.visit(home);
  const { page } = visit;
  await page.locator("html[data-ready=true]").waitFor();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 20));
  });
  await on(page, laizhou.date);
  await answerAll(page, laizhou.knows);
  const before = await page.locator("huisuan-check [data-result]").getAttribute("data-result");
  await page.context().setOffline(true);
  await page.reload();
  await page.locator("html[data-ready=true]").waitFor();
  await on(page, laizhou.date);
  await answerAll(page, laizhou.knows);
  assert.equal(await page.locator("huisuan-check [data-result]").getAttribute("data-result"), before);
  await visit.close();
});

test("it can be installed: a manifest, an icon, a service worker", () =>
  onThePage(async (page) => {
    const manifest = await page.evaluate(async () => (await fetch(document.querySelector("link[rel=manifest]").href)).json());
    assert.ok(manifest.name && manifest.start_url && manifest.icons.length > 0 && manifest.display === "standalone");
    assert.ok(await page.evaluate(async () => Boolean((await navigator.serviceWorker.ready).active)));
  }));

test("answers are kept on this device only if asked, come back, and are erased with one press", () =>
  onThePage(async (page) => {
    await toMembers(page);
    await page.locator("[data-keep]").check();
    await page.locator("huisuan-check .row input[type=text]").fill("1950-05-01");
    await page.locator("[data-next]").click();
    await question(page, "members").waitFor({ state: "detached" });
    assert.ok((await page.evaluate(() => localStorage.getItem("huisuan-answers"))).includes("1950-05-01"));
    await page.reload();
    await page.locator("html[data-ready=true]").waitFor();
    assert.equal(await page.evaluate(() => document.querySelector("huisuan-check").state.household.members[0].birthDate), "1950-05-01");
    await page.locator("[data-erase]").click();
    assert.equal(await page.evaluate(() => localStorage.length), 0);
  }));

test("a saved file opens again as it was, and a file of another kind is refused in words", () =>
  onThePage(async (page) => {
    await on(page, laizhou.date);
    await answerAll(page, laizhou.knows);
    const before = await page.evaluate(() => document.querySelector("huisuan-check").state.household);
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("[data-save]").click()]);
    const saved = await download.path();
    await page.locator("[data-restart]").click();
    await question(page, "place").waitFor();
    await page.locator("[data-file]").setInputFiles(saved);
    await page.locator("huisuan-check [data-result]").waitFor();
    assert.deepEqual(await page.evaluate(() => document.querySelector("huisuan-check").state.household), before);
    await page.locator("[data-file]").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("[1") });
    await page.locator("[data-file-problem]:visible").waitFor();
  }));

test("every place where a family may apply is named with its answer, and who counts as family", () =>
  onThePage(async (page) => {
    const scenario = JSON.parse(readFileSync(new URL("tests/scenarios/370215/a-family-registered-in-two-provinces-and-living-in-a-third-may-apply-in-either.json", root), "utf8"));
    const file = { date: scenario.date, household: scenario.household };
    await page.locator("[data-file]").setInputFiles({ name: "family.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(file)) });
    const see = page.locator("[data-finish]");
    await page.locator("huisuan-check [data-result], huisuan-check [data-finish]").first().waitFor();
    if ((await see.count()) > 0) await see.click();
    const card = page.locator('huisuan-check article[data-benefit="minimum-living-allowance"]').first();
    await card.waitFor();
    const places = await card.locator("[data-place]").evaluateAll((all) => all.map(({ dataset, textContent }) => [dataset.place, textContent]));
    assert.deepEqual(places.map(([code]) => code), ["370215", "320723"]);
    assert.match(places[0][1], /即墨区.*户口在那里.*可以领.*945.00/);
    const family = card.locator("[data-family]");
    await family.locator("summary").click();
    assert.match(await family.locator('[data-people="counted"]').innerText(), /本人.*是配偶.*未成年的孩子/);
  }));

test("each example is answered, and nothing is said in codes, in either language", () =>
  onThePage(async (page) => {
    await page.locator("details.more summary").click();
    for (const example of ["laizhou", "xihaian", "synthetic"]) {
      await page.locator(`[data-example="${example}"]`).click();
      const { household } = JSON.parse(readFileSync(new URL(`js-demo/citizen/examples/${example}.json`, root), "utf8"));
      await page.waitForFunction((birth) => {
        const { state, decision } = document.querySelector("huisuan-check");
        return decision && state.household.members[0].birthDate === birth;
      }, household.members[0].birthDate);
      const see = page.locator("[data-finish]");
      if ((await see.count()) > 0) await see.click();
      await page.locator("huisuan-check [data-result]").waitFor();
      for (const language of ["en", "zh-CN"]) {
        await page.locator(`[data-lang="${language}"]`).click();
        await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
        const text = await page.locator("huisuan-check .result").innerText();
        assert.doesNotMatch(text, /\b(ui|reason|step|benefit|need|amount|outcome|missing|parameter|gives|fact|choice)\.[a-z-]+/, example);
      }
    }
  }));

test("the lines that embed the element work in an empty page", async () => {
  const visit = await browser.visit(new URL("/embed/element/", home).href, { viewport: { width: 390, height: 844 } });
  await question(visit.page, "place").waitFor();
  await visit.page.locator("[data-area-search]").fill("莱州");
  await visit.page.locator('[role=option][data-area="370683"]').click();
  await visit.page.locator("[data-next]").click();
  await question(visit.page, "topics").waitFor();
  assert.deepEqual(visit.troubles, []);
  await visit.close();
});
