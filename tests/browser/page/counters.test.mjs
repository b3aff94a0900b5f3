// Both counters in a headless browser: worked example 21 of the disability subsidies from the window to the decision, by file.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { createEngine, packs, root } from "../built.mjs";
import { chromium } from "../chromium.mjs";

const home = process.env.HUISUAN_URL;
const browser = await chromium();
after(() => browser.close());

const artefacts = new URL("target/artefacts/counters/", root);
mkdirSync(artefacts, { recursive: true });
const path = (name) => fileURLToPath(new URL(name, artefacts));
const screenshot = (page, name) => page.screenshot({ path: path(`${name}.png`), fullPage: true });
const set = async (page, name, value) => {
  await page.locator(`input[data-field="${name}"]`).fill(value);
  await page.locator(`input[data-field="${name}"]`).blur();
};

async function onPage(name, body) {
  const visit = await browser.visit(new URL(`counters/${name}.html`, home).href);
  await visit.page.locator("html[data-ready=true]").waitFor();
  await body(visit.page);
  assert.deepEqual(visit.troubles, []);
  assert.deepEqual(visit.requests.filter((address) => !address.startsWith(home) && !address.startsWith("blob:")), []);
  await visit.close();
}

const identity = "370282197502031234";
const key = "a key that stays in Jimo";
const hmac = async () => {
  const { createHmac } = await import("node:crypto");
  return createHmac("sha256", key).update(identity).digest("hex");
};
const example = JSON.parse(readFileSync(new URL("js-demo/counters/examples/chongqing.json", root), "utf8"));
const benefits = ["disability-living-subsidy", "disability-nursing-subsidy"];
let packet;

test("the window shows what Chongqing would pay, by when and with which papers, and makes the packet", () =>
  onPage("window", async (page) => {
    await page.locator("[data-example=chongqing]").click();
    await page.locator('[data-benefit="disability-nursing-subsidy"][data-outcome="eligible"][data-amount="110.00"]').waitFor();
    await page.locator('[data-benefit="disability-living-subsidy"][data-amount="100.00"] [data-first-month="2026-05"]').waitFor();
    assert.equal(await page.locator("[data-crossing]").getAttribute("data-crossing"), "370215 500103 500103");
    assert.equal(await page.locator("[data-crossing]").innerText(), "受理 山东省青岛市即墨区（370215），审批 重庆市渝中区（500103），发放 重庆市渝中区（500103）");
    assert.equal(await page.locator("output[data-place]").innerText(), "山东省青岛市即墨区（370215）");
    const days = await page.locator("[data-step]").evaluateAll((rows) => rows.map(({ dataset }) => [dataset.step, dataset.by]));
    assert.deepEqual(days, [["push", "2026-05-19"], ["decide", "2026-06-02"], ["notify", "2026-06-05"]]);
    // Without a link there is no packet.
    await page.locator("[data-make]").click();
    await page.locator('[data-error="packet-link"]').waitFor();
    await set(page, "identity", identity);
    await set(page, "key", key);
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("[data-make]").click()]);
    await download.saveAs(path("case.json"));
    packet = readFileSync(path("case.json"), "utf8");
    await page.locator("[data-packet]").waitFor();
    await screenshot(page, "window");
    await page.locator("[data-lang=en]").click();
    await page.locator('[data-benefit="disability-nursing-subsidy"]').waitFor();
    await screenshot(page, "window-en");
    assert.equal(packet.includes(identity), false);
    assert.equal(packet.includes(key), false);
  }));

test("the packet of the page, of Node and of the command line are the same bytes", async () => {
  const options = { date: "2026-05-14", validUntil: "2027-05-14", link: await hmac(), benefits };
  const engine = await createEngine({ packs: [packs.get("500000")] });
  assert.equal(engine.packet(example.household, options).packet, packet);
  writeFileSync(path("household.json"), JSON.stringify(example.household));
  const asked = ["--date", options.date, "--valid-until", options.validUntil, "--link", options.link, ...benefits.flatMap((id) => ["--benefit", id])];
  const native = execFileSync(fileURLToPath(new URL("target/debug/huisuan", root)), ["packet", "make", ...asked, path("household.json")], { cwd: fileURLToPath(root), encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  assert.equal(native, `${packet}\n`);
});

test("the county decides the case again, finds it identical, and pays May and June in June", () =>
  onPage("county", async (page) => {
    await set(page, "audience", "500103");
    await set(page, "today", "2026-05-19");
    await set(page, "decided-on", "2026-06-02");
    await page.locator("input[data-file=open-packet]").setInputFiles(path("case.json"));
    await page.locator('[data-accepted=true][data-replay=identical]').waitFor();
    const paid = await page.locator("[data-paid-in]").evaluateAll((rows) => rows.map(({ dataset }) => [dataset.paidIn, dataset.for, dataset.amount]));
    assert.deepEqual(paid, [
      ["2026-06", "2026-05", "100.00"], ["2026-06", "2026-06", "100.00"], ["2026-06", "2026-05", "110.00"], ["2026-06", "2026-06", "110.00"],
    ]);
    // The county's ten working days run from the day on which the case came in, here a day before it had to.
    await set(page, "received-on", "2026-05-18");
    await page.locator('[data-step=decide][data-by="2026-06-01"]').waitFor();
    await page.locator('[data-step=notify][data-by="2026-06-04"]').waitFor();
    await screenshot(page, "county");
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("[data-decide]").click()]);
    await download.saveAs(path("decision.json"));
    const decision = JSON.parse(readFileSync(path("decision.json"), "utf8"));
    assert.deepEqual([decision.decidedBy, decision.payments.length], ["500103", 4]);
    // What is handed back says where the case was accepted, and by when the applicant is told: three working days from the decision.
    assert.deepEqual([decision.acceptedAt, decision.paidBy, decision.clause.document], ["370215", "500103", "mca-office-2021-2"]);
    assert.deepEqual(decision.clock.map(({ step, by }) => [step, by]), [["push", "2026-05-19"], ["decide", "2026-06-01"], ["notify", "2026-06-05"]]);
    assert.deepEqual(decision.dates, { applied: "2026-05-14", complete: "2026-05-14", received: "2026-05-18", decided: "2026-06-02" });
    // Once decided it is not taken up again.
    await page.locator('[data-problem="packet-replayed"]').waitFor();
  }));

test("a decision before the case came in, or a case that came in before its papers were complete, is refused beside the field", () =>
  onPage("county", async (page) => {
    await set(page, "audience", "500103");
    await set(page, "today", "2026-05-19");
    await page.locator("input[data-file=open-packet]").setInputFiles(path("case.json"));
    await page.locator("[data-decide]").waitFor();
    await set(page, "received-on", "2026-05-18");
    await set(page, "decided-on", "2026-05-15");
    const wrong = page.locator('[data-wrong="decided-on"]', { hasText: "审批日期 2026-05-15 早于收到案卷的日期 2026-05-18" });
    await wrong.waitFor();
    assert.equal(await page.locator("[data-decide]").count(), 0, "no decision can be made");
    assert.equal(await page.locator('input[data-field="decided-on"]').getAttribute("aria-invalid"), "true");
    assert.equal(await page.locator('input[data-field="decided-on"]').getAttribute("aria-describedby"), await wrong.getAttribute("id"));
    await screenshot(page, "county-decided-too-early");
    await set(page, "decided-on", "2026-05-18");
    await page.locator("[data-decide]").waitFor();
    assert.equal(await page.locator('[data-wrong="decided-on"]').innerText(), "");
    await set(page, "received-on", "2026-05-13");
    await page.locator('[data-wrong="received-on"]', { hasText: "早于材料齐全的日期 2026-05-14" }).waitFor();
    assert.equal(await page.locator("[data-decide]").count(), 0);
  }));

test("a packet for another county, an altered one and one without a signature are refused", () =>
  onPage("county", async (page) => {
    await set(page, "audience", "500106");
    await set(page, "today", "2026-05-19");
    await page.locator("input[data-file=open-packet]").setInputFiles(path("case.json"));
    await page.locator('[data-problem="packet-other-audience"]').waitFor();
    await set(page, "audience", "500103");
    await page.locator("input[data-field=signed]").check();
    await page.locator('[data-problem="packet-unsigned"]').waitFor();
    writeFileSync(path("altered.json"), packet.replace("110.00", "910.00"));
    await page.locator("input[data-file=open-packet]").setInputFiles(path("altered.json"));
    await page.locator('[data-problem="packet-altered"]').waitFor();
  }));

test("with newer tables the county is told every difference, and with the old ones the case is identical", () =>
  onPage("county", async (page) => {
    // Chongqing as it might be after a raise: the same pack with another amount.
    const { createHash } = await import("node:crypto");
    const lines = Buffer.from(packs.get("500000")).toString("utf8").split("\n");
    const at = lines.findIndex((line) => line.startsWith('{"area":"500000"'));
    const old = createHash("sha256").update(lines[at]).digest("hex");
    lines[at] = lines[at].replaceAll('"110.00"', '"120.00"');
    lines[0] = lines[0].replace(old, createHash("sha256").update(lines[at]).digest("hex"));
    writeFileSync(path("newer.json"), lines.join("\n"));
    writeFileSync(path("older.json"), packs.get("500000"));
    await set(page, "audience", "500103");
    await set(page, "today", "2026-05-19");
    await page.locator("input[data-file=open-packs]").setInputFiles(path("newer.json"));
    await page.locator("input[data-file=open-packet]").setInputFiles(path("case.json"));
    await page.locator('[data-problem="packet-other-tables"]').waitFor();
    await page.locator("[data-current]").click();
    await page.locator("[data-accepted=true][data-replay=different]").waitFor();
    await page.locator('[data-difference="amount"]').first().waitFor();
    await screenshot(page, "county-newer-tables");
    await page.locator("input[data-file=open-packs]").setInputFiles(path("older.json"));
    await page.locator("input[data-file=open-packet]").setInputFiles(path("case.json"));
    await page.locator("[data-accepted=true][data-replay=identical]").waitFor();
  }));
