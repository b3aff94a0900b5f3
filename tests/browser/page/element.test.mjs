// `<huisuan-check>` by itself: what its attributes may be, and what is on a screen while somebody answers.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { chromium } from "../chromium.mjs";

const home = process.env.HUISUAN_URL;
const browser = await chromium();
after(() => browser.close());

const date = "2024-04-15";
const person = (id, relation, facts) => ({ id, relation, birthDate: "1950-05-01", registeredArea: [{ area: "370683" }], ...facts });
const couple = { schemaVersion: 1, members: [person("a", "self"), person("b", "spouse")] };

/** A page with nothing but the element, with these attributes and this household; nothing may go wrong in it. */
async function withElement({ attributes = {}, household = null }, body) {
  const visit = await browser.visit(new URL("/embed/element/", home).href, { viewport: { width: 390, height: 844 } });
  const { page } = visit;
  await page.evaluate(async ([attributes, household]) => {
    await customElements.whenDefined("huisuan-check");
    const check = Object.assign(document.createElement("huisuan-check"), { household });
    for (const [name, value] of Object.entries(attributes)) check.setAttribute(name, value);
    globalThis.told = [];
    check.addEventListener("huisuan-error", ({ detail }) => told.push([detail.code, detail.path]));
    document.querySelector("huisuan-check").replaceWith(check);
  }, [attributes, household]);
  await page.locator("huisuan-check form, huisuan-check .result, huisuan-check .notice").first().waitFor();
  await body(page);
  assert.deepEqual(visit.troubles, []);
  await visit.close();
}

const question = (page, key) => page.locator(`huisuan-check form[data-question="${key}"]`);
const go = (page, path) => page.evaluate((to) => document.querySelector("huisuan-check").go(to), path);
const open = (page, saved) => page.evaluate((what) => document.querySelector("huisuan-check").open(what), saved);
const state = (page) => page.evaluate(() => document.querySelector("huisuan-check").state);
const told = (page) => page.evaluate(() => told);
const titleOf = (page) => page.locator("huisuan-check .title").innerText();
const set = (page, name, value) => page.evaluate(([name, value]) => document.querySelector("huisuan-check").setAttribute(name, value), [name, value]);
const speak = async (page, language) => {
  await set(page, "lang", language);
  await page.locator(`huisuan-check .check[lang="${language}"]`).waitFor();
};

async function choose(page, code = "370683") {
  await page.locator("[data-area-search]").fill(code);
  await page.locator(`[role=option][data-area="${code}"]`).click();
  await page.locator("[data-next]").click();
}

for (const packs of ["/packs", "/packs/", "../../packs", "/packs?of=today"]) {
  test(`packs="${packs}" is a folder, with or without a stroke at its end`, () =>
    withElement({ attributes: { packs } }, async (page) => {
      await choose(page);
      await question(page, "topics").waitFor();
    }));
}

test("an attribute `date` that is no day is told to the page, and the answers are for today", () =>
  withElement({ attributes: { date: "2024-02-30" } }, async (page) => {
    await choose(page);
    await question(page, "topics").waitFor();
    const today = await page.evaluate(() => new Date().toLocaleDateString("sv"));
    assert.deepEqual(await told(page), [["unsupported-value", "date"]]);
    assert.equal((await state(page)).date, today);
    await set(page, "date", date);
    assert.equal((await state(page)).date, date);
    await set(page, "date", "15/04/2024");
    assert.equal((await told(page)).length, 2);
    assert.equal((await state(page)).date, today);
    await page.locator("[data-next]").click();
    await question(page, "members").waitFor();
    await open(page, { date: "soon", household: couple });
    await page.locator("huisuan-check [data-standing]").first().waitFor();
    assert.equal((await state(page)).date, today);
  }));

test("what no question asks for is said, and is no dead end", () =>
  withElement({ household: { ...couple, members: [{ ...couple.members[0], brithDate: "1950-05-01" }] } }, async (page) => {
    await page.locator('huisuan-check [role=alert][data-failed="unsupported-value"]').waitFor();
    assert.deepEqual(await told(page), [["unsupported-value", "members/0/brithDate"]]);
    assert.match(await page.locator("huisuan-check [role=alert]").innerText(), /brithDate/);
    await set(page, "lang", "en");
    await open(page, { date, household: couple });
    await page.locator("huisuan-check [data-standing]").first().waitFor();
  }));

test("a day of the application that is none is asked for again", () =>
  withElement({ attributes: { date }, household: { ...couple, application: { appliedOn: "2024-02-30" } } }, async (page) => {
    await question(page, "application/appliedOn").waitFor();
    await page.locator("huisuan-check input[type=text]").fill("2024-04-01");
    await page.locator("[data-next]").click();
    await page.locator("huisuan-check [data-standing]").first().waitFor();
    assert.equal((await state(page)).household.application.appliedOn, "2024-04-01");
  }));

test("where there is no such question one stays at the one that is asked", () =>
  withElement({ attributes: { date }, household: couple }, async (page) => {
    await open(page, { date, household: couple });
    await go(page, "standing");
    await question(page, "standing").waitFor();
    await page.locator('huisuan-check input[value="none"]').check();
    for (const path of ["members/7/incomes", "nonsense", "members/0/parents/4/since"]) {
      await go(page, path);
      assert.equal((await state(page)).at, "standing", path);
      assert.ok(await page.locator('huisuan-check input[value="none"]').isChecked(), "what was chosen stays");
    }
  }));

test("what is written and not sent outlives another language and another day", () =>
  withElement({ attributes: { date } }, async (page) => {
    const box = page.locator("huisuan-check input[type=text]");
    await box.fill("莱州 370");
    await speak(page, "en");
    assert.equal(await box.inputValue(), "莱州 370");
    await speak(page, "zh-CN");
    await choose(page);
    await page.locator('huisuan-check input[value="elderly"]').check();
    await speak(page, "en");
    assert.ok(await page.locator('huisuan-check input[value="elderly"]').isChecked());
    await page.locator("[data-next]").click();
    await question(page, "members").waitFor();
    await page.locator("[data-add]").click();
    await page.locator('huisuan-check input[value="spouse"]').check();
    await box.first().fill("1950年5月");
    await speak(page, "zh-CN");
    await set(page, "date", "2024-04-16");
    assert.equal(await box.first().inputValue(), "1950年5月");
    assert.ok(await page.locator('huisuan-check input[value="spouse"]').isChecked());
    await box.first().fill("1950-05-01");
    await page.locator("[data-next]").click();
    await go(page, "standing");
    await question(page, "standing").waitFor();
    await page.locator('huisuan-check input[value="none"]').check();
    await speak(page, "en");
    assert.ok(await page.locator('huisuan-check input[value="none"]').isChecked());
    await go(page, "members/0/incomes");
    await page.locator('huisuan-check input[value="some"]').check();
    await page.locator('huisuan-check input[value="wages"]').check();
    await box.first().fill("２４００");
    await speak(page, "zh-CN");
    assert.equal(await box.first().inputValue(), "２４００");
    assert.ok(await page.locator('huisuan-check input[value="wages"]').isChecked());
    await go(page, "members/0/transfersPaid");
    await page.locator('huisuan-check input[value="none"]').check();
    await page.locator('huisuan-check input[value="all"]').check();
    await speak(page, "en");
    assert.ok(await page.locator('huisuan-check input[value="all"]').isChecked());
    await page.locator("[data-next]").click();
    await question(page, "members/0/transfersPaid").waitFor({ state: "detached" });
    assert.deepEqual((await state(page)).household.members.map(({ transfersPaid }) => transfersPaid), [[], []]);
    assert.equal((await state(page)).draft, null);
  }));

test("an answer is offered for the others only while it could be theirs", () =>
  withElement({}, async (page) => {
    await open(page, { date, household: couple });
    const all = page.locator('huisuan-check input[value="all"]');
    const ways = { "members/0/disabilities": ["some", "none"], "members/0/incomes": ["some", "none"], "members/0/receiving": ["orphan-allowance"], "members/0/groups": ["livesAlone"] };
    for (const [key, [own, none]] of Object.entries(ways)) {
      await go(page, key);
      await all.waitFor();
      await all.check();
      await page.locator(`huisuan-check input[value="${own}"]`).check();
      assert.ok(!(await all.isVisible()), key);
      if (none) await page.locator(`huisuan-check input[value="${none}"]`).check();
      else await page.locator(`huisuan-check input[value="${own}"]`).uncheck();
      assert.ok(await all.isVisible(), key);
    }
    await go(page, "members/0/absence");
    await page.locator("huisuan-check input[type=text]").first().fill("2010-05-01");
    assert.ok(!(await all.isVisible()));
    // What is refused stays as it was, the tick as well; the next question has none.
    await go(page, "members/0/usualResidence");
    await all.check();
    await page.locator("[data-next]").click();
    await page.locator("huisuan-check .problem").first().waitFor();
    assert.ok(await all.isChecked());
    await go(page, "members/0/disabilities");
    assert.ok(!(await all.isChecked()));
    // Where one of them lives the others mostly do.
    await go(page, "members/0/usualResidence");
    await all.check();
    await page.locator("[data-area-search]").fill("370683");
    await page.locator('[role=option][data-area="370683"]').click();
    await page.locator("[data-next]").click();
    await question(page, "members/0/usualResidence").waitFor({ state: "detached" });
    assert.deepEqual((await state(page)).household.members.map(({ usualResidence }) => usualResidence), [[{ area: "370683" }], [{ area: "370683" }]]);
  }));

test("a child has two parents: whoever tells of one is asked for the other, in words", () =>
  withElement({}, async (page) => {
    await open(page, { date, household: { ...couple, members: [person("a", "self", { birthDate: "2014-05-01" })] } });
    await go(page, "members/0/parents");
    await page.locator('huisuan-check input[value="some"]').check();
    const rows = page.locator("huisuan-check .row");
    assert.deepEqual(await rows.locator(".row-name").allInnerTexts(), ["父亲或母亲", "另一位父亲或母亲"]);
    await rows.nth(0).locator('input[value="died"]').check();
    await page.locator("[data-next]").click();
    await rows.nth(1).locator('[data-problem="empty"]').waitFor();
    assert.equal(await rows.nth(0).locator("[data-problem]").count(), 0);
    assert.ok(await rows.nth(0).locator('input[value="died"]').isChecked());
    await speak(page, "en");
    assert.deepEqual(await rows.locator(".row-name").allInnerTexts(), ["Parent", "The other parent"]);
    await rows.nth(1).locator('input[value="present"]').check();
    await page.locator("[data-next]").click();
    await question(page, "members/0/parents").waitFor({ state: "detached" });
    assert.deepEqual((await state(page)).household.members[0].parents, [{ state: "died" }, { state: "present" }]);
    // What a file tells of one parent alone is completed in the same way.
    await open(page, { date, household: { ...couple, members: [person("a", "self", { birthDate: "2014-05-01", parents: [{ state: "died" }] })] } });
    await go(page, "members/0/parents");
    assert.ok(await rows.nth(0).locator('input[value="died"]').isChecked());
    assert.equal(await rows.count(), 2);
  }));

test("whoever does not know what they draw is not asked about each sum; of one that is drawn it is asked by its name; the count of questions never grows", () =>
  withElement({}, async (page) => {
    await open(page, { date, household: couple });
    const [sums, drawn, counts] = [[], [], []];
    for (let screens = 0; (await page.locator("huisuan-check form").count()) > 0; screens += 1) {
      assert.ok(screens < 80, "no end");
      const key = await page.locator("huisuan-check form").getAttribute("data-question");
      const said = await page.locator("huisuan-check .progress").innerText();
      assert.match(said, new RegExp(`^第 ${screens + 1} 题`));
      counts.push(...(/还有 (\d+) 题/.exec(said)?.slice(1) ?? []).map(Number));
      if (/receiving\/[a-z-]+\//.test(key)) sums.push([key, await titleOf(page)]);
      // The one draws something, the other does not know.
      if (key.endsWith("/receiving") && drawn.push(key) === 1) {
        await page.locator('input[value="minimum-living-allowance"]').check();
        await page.locator("[data-next]").click();
      } else await page.locator("[data-unknown]").click();
      await page.waitForFunction((before) => document.querySelector("huisuan-check").shadowRoot.querySelector("form")?.dataset.question !== before, key);
    }
    const sentences = await page.evaluate(async () => (await fetch("/pkg/messages/zh-CN.json")).json());
    assert.equal(drawn.length, 2);
    assert.ok(sums.length > 0);
    for (const [key, title] of sums) assert.ok(key.startsWith(`${drawn[0]}/minimum-living-allowance/`) && title.startsWith(`${sentences[`choice.receiving.${key.split("/")[3]}`]}：`), `${key}: ${title}`);
    assert.ok(counts.length > 10);
    assert.deepEqual(counts, counts.toSorted((a, b) => b - a));
    assert.equal(counts.at(-1), 1, "the last question has none behind it");
  }));

test("going back says which question that was", () =>
  withElement({ attributes: { date } }, async (page) => {
    await choose(page);
    await question(page, "topics").waitFor();
    await page.locator("[data-back]").click();
    await question(page, "place").waitFor();
    assert.match(await page.locator("huisuan-check .progress").innerText(), /^第 1 题/);
  }));

test("at a glance there is what has been found; that nothing has is said once", () =>
  withElement({}, async (page) => {
    const glance = page.locator("huisuan-check .range > ul > li");
    // Of today's Laizhou no number is known.
    await open(page, { date: "2026-11-28", household: couple, topics: ["social-assistance"] });
    await page.locator("huisuan-check form").waitFor();
    assert.deepEqual(await glance.allInnerTexts(), ["还说不准，接着答"]);
    await page.locator("huisuan-check .range summary").click();
    assert.ok((await page.locator("huisuan-check .range details li").count()) > 5);
    // What is known by now is in sight: of a disabled couple in Guangdong, what each may get.
    const disabled = { disabilities: [{ kind: "limb", grade: 2 }], disabilityCard: { state: "valid" } };
    await open(page, { date: "2026-11-28", household: { schemaVersion: 1, members: ["self", "spouse"].map((relation) => person(relation, relation, { ...disabled, registeredArea: [{ area: "440106" }] })) } });
    await page.locator("huisuan-check .range > ul > li", { hasText: "元" }).first().waitFor();
    const found = await glance.allInnerTexts();
    assert.ok(found.length <= 3 && found.every((text) => text.includes("元")), found.join("\n"));
    // What it comes to if the conditions are met is no promise.
    assert.ok(found.some((text) => text.includes("残疾人生活补贴：符合条件的话，每月 217.00 元")), found.join("\n"));
  }));

test("whom a question is about is in sight, however far down the last one was answered", () =>
  withElement({}, async (page) => {
    await open(page, { date, household: couple });
    for (const key of ["members/0/receiving", "members/1/disabilities", "members/0/ability", "members/1/groups"]) {
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await go(page, key);
      await question(page, key).waitFor();
      const top = await page.locator("huisuan-check .person").evaluate((line) => line.getBoundingClientRect().top);
      assert.ok(top >= 0, `${key}: ${top} px`);
    }
  }));

test("what cannot be told yet is said once, and what each benefit lacks is behind a fold", () =>
  withElement({}, async (page) => {
    await open(page, { date: "2026-11-28", household: { ...couple, members: [person("a", "self", { birthDate: "1948-03-02" })] } });
    await page.locator("huisuan-check [data-finish]").click();
    await page.locator("huisuan-check [data-result]").waitFor();
    assert.deepEqual(await page.locator("huisuan-check .total-amount").allInnerTexts(), ["合计还算不出来"]);
    const cards = page.locator('huisuan-check .card[data-outcome="undetermined"]');
    assert.ok((await cards.count()) > 3);
    const said = (await cards.allInnerTexts()).join("\n");
    assert.doesNotMatch(said, /我们没有读到|我们还没有拿到/);
    await cards.first().locator("summary", { hasText: "缺当地的标准" }).click();
    await cards.first().locator("[data-missing]").first().waitFor();
    await cards.first().locator("summary", { hasText: "看是哪些问题" }).click();
    const need = cards.first().locator("[data-need]").first();
    const key = await need.getAttribute("data-need");
    await need.click();
    await question(page, key).waitFor();
  }));

test("while everything is open the sheet lists the papers of what can still be had", () =>
  withElement({}, async (page) => {
    await open(page, { date: "2024-04-15", household: couple, topics: ["social-assistance"] });
    await page.locator("huisuan-check [data-finish]").click();
    await page.locator("huisuan-check [data-result]").waitFor();
    assert.equal(await page.locator('huisuan-check .card[data-outcome="eligible"]').count(), 0);
    await page.emulateMedia({ media: "print" });
    // 民发〔2021〕57号 art. 9 and 10.
    for (const paper of ["household-register", "identity-card", "income-statement", "verification-consent", "property-statement"]) {
      assert.ok(await page.locator(`huisuan-check .todo [data-paper="${paper}"]`).isVisible(), paper);
    }
  }));

test("of one income it may be said that one does not know how much; of the living nobody asks when they died", () =>
  withElement({}, async (page) => {
    await open(page, { date, household: couple });
    await go(page, "members/0/incomes");
    await page.locator('huisuan-check input[value="some"]').check();
    const row = page.locator("huisuan-check .row").first();
    await row.locator('input[value="pension"]').check();
    // Left blank it is still asked for; in numerals that leave a unit out, too, and what was written is named.
    await page.locator("[data-next]").click();
    await page.locator('huisuan-check [data-problem="empty"]').waitFor();
    await row.locator("input[type=text]").first().fill("两千五");
    await page.locator("[data-next]").click();
    assert.match(await page.locator('huisuan-check [data-problem="not-a-number"]').innerText(), /“两千五”/);
    await row.locator("[data-unsure]").check();
    assert.ok(await row.locator("input[type=text]").first().isDisabled());
    await page.locator("[data-next]").click();
    await question(page, "members/0/incomes").waitFor({ state: "detached" });
    assert.deepEqual((await state(page)).household.members[0].incomes, [{ kind: "pension", gross: null, costs: "0.00", months: 1 }]);
    await go(page, "members/0/incomes");
    assert.ok(await row.locator("[data-unsure]").isChecked());
    await row.locator("[data-unsure]").uncheck();
    await row.locator("input[type=text]").first().fill("两千五百");
    await page.locator("[data-next]").click();
    await question(page, "members/0/incomes").waitFor({ state: "detached" });
    assert.equal((await state(page)).household.members[0].incomes[0].gross, "2500.00");
    for (const path of ["members/0/absence", "members/1/absence"]) {
      await go(page, path);
      assert.doesNotMatch(await page.locator("huisuan-check form").innerText(), /去世/, path);
    }
  }));

test("whoever may live elsewhere hears that they need not travel; what has no new number yet does not stop", () =>
  withElement({}, async (page) => {
    const child = person("a", "self", { birthDate: "2017-05-08", registeredArea: [{ area: "440106" }], disabilities: [{ kind: "intellectual", grade: 2 }], disabilityCard: { state: "valid", expiresOn: "2030-01-01" },
      longTermCareNeed: { needed: true }, receiving: { noOther: true }, carePlace: { kind: "home" }, livesWithHousehold: { value: true } });
    const household = { schemaVersion: 1, members: [child], standing: [] };
    const result = async (more) => {
      await open(page, { date: "2026-11-28", household: { ...household, members: [{ ...child, ...more }] }, topics: [] });
      await page.locator("huisuan-check [data-finish]").click();
      await page.locator('huisuan-check [data-benefit="disability-nursing-subsidy"][data-outcome="eligible"]').waitFor();
      return page.locator("huisuan-check .result").innerText();
    };
    const text = await result({});
    assert.match(text, /重度残疾人护理补贴：在哪里的街道、乡镇窗口都能申请/);
    assert.match(text, /不等于停发/);
    assert.doesNotMatch(text, /不再执行/);
    assert.doesNotMatch(await result({ usualResidence: [{ area: "440106" }] }), /在哪里的街道、乡镇窗口都能申请|也可以先在住的地方的窗口问/);
  }));

test("in large type the buttons leave room for the question; on paper nothing is offered that paper cannot open", () =>
  withElement({ attributes: { large: "" } }, async (page) => {
    await open(page, { date: "2026-11-28", household: couple });
    await page.locator("[data-unknown]").click();
    await page.locator("[data-back]").waitFor();
    const tops = await page.locator("huisuan-check .actions button").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    assert.deepEqual([tops.length, new Set(tops).size], [3, 1], "one row");
    await page.locator("huisuan-check [data-finish]").click();
    await page.locator("huisuan-check [data-result]").waitFor();
    const fold = page.locator("huisuan-check .card summary", { hasText: "看是哪些问题" }).first();
    assert.ok(await fold.isVisible());
    await page.emulateMedia({ media: "print" });
    assert.ok(!(await fold.isVisible()));
  }));

test("whoever answers for somebody else is told whom to write first", () =>
  withElement({ attributes: { date } }, async (page) => {
    await choose(page);
    await page.locator("[data-next]").click();
    await question(page, "members").waitFor();
    assert.match(await page.locator("huisuan-check .help").innerText(), /先写申请的人（替老人填，就写老人）/);
    await page.locator("[data-add]").click();
    assert.match(await page.locator("huisuan-check .row").nth(1).innerText(), /这个人是申请人的什么人/);
  }));

test("of two parents or relatives, the question says which one is meant", () =>
  withElement({}, async (page) => {
    const child = person("a", "self", { birthDate: "2014-05-01", parents: [{ state: "died" }, { state: "lost-contact" }] });
    const obligors = ["parent", "child"].map((relation) => ({ relation, state: "present", forMember: "a", monthlyIncome: null }));
    await open(page, { date, household: { ...couple, members: [child], obligors } });
    for (const [key, name] of [["members/0/parents/1/since", "2. 父亲或母亲 · 失去联系"], ["obligors/0/birthDate", "1. 父亲或母亲 · 正常"], ["obligors/1/birthDate", "2. 孩子 · 正常"]]) {
      await go(page, key);
      await question(page, key).waitFor();
      assert.equal(await page.locator("huisuan-check .person").innerText(), name);
    }
  }));

test("whoever was never in prison hears nothing of a sentence without an end", () =>
  withElement({}, async (page) => {
    const none = { from: "none" };
    for (const [imprisoned, isSaid] of [[none, false], [{ from: "2024-01-01" }, true]]) {
      await open(page, { date, household: { ...couple, members: [person("a", "self", { imprisoned, compulsoryRehab: none })] } });
      await page.locator("huisuan-check [data-finish]").click();
      await page.locator("huisuan-check [data-assumed]").waitFor();
      const said = await page.locator("huisuan-check [data-assumed]").innerText();
      assert.equal(/服刑/.test(said), isSaid, said);
      assert.doesNotMatch(said, /戒毒/);
    }
  }));
