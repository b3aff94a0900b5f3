// The workbench in a headless browser, as a clerk uses it: next year's numbers in a workbook, findings, comparison, ticked
// cases, the page to sign.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { sheetsOf } from "../../workbooks/unzip.mjs";
import { workbook } from "../../workbooks/zip.mjs";
import { root } from "../built.mjs";
import { chromium } from "../chromium.mjs";

const home = `${process.env.HUISUAN_URL}workbench/`;
const axe = createRequire(new URL("xtask/node/package.json", root)).resolve("axe-core/axe.min.js");
const browser = await chromium();
after(() => browser.close());

const artefacts = new URL("target/artefacts/", root);
mkdirSync(artefacts, { recursive: true });
const screenshot = (page, name) => page.screenshot({ path: fileURLToPath(new URL(`workbench-${name}.png`, artefacts)), fullPage: true });
const messy = (name) => fileURLToPath(new URL(`tests/workbooks/${name}`, root));
const folder = mkdtempSync(join(tmpdir(), "workbench-"));

/** The page, ready; afterwards nothing may have gone wrong and nothing left this machine. */
async function onThePage(body) {
  const visit = await browser.visit(home, { acceptDownloads: true });
  await visit.page.locator("html[data-ready=true]").waitFor({ timeout: 60_000 });
  await body(visit.page);
  assert.deepEqual(visit.troubles, []);
  assert.deepEqual(visit.requests.filter((address) => !address.startsWith(process.env.HUISUAN_URL) && !address.startsWith("blob:")), []);
  await visit.close();
}

const tab = (page, name) => page.locator(`[role=tab][data-tab=${name}]`).click();
const said = (page, text, timeout = 60_000) => page.locator("#status", { hasText: text }).waitFor({ timeout });

async function download(page, act) {
  const [file] = await Promise.all([page.waitForEvent("download"), act()]);
  return readFileSync(await file.path());
}

/** No violation of the accessibility rules on the page as it stands. */
async function accessible(page, where) {
  // The page's own policy forbids scripts from elsewhere; the driver may put one in.
  await page.evaluate(readFileSync(axe, "utf8"));
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(" ")}`), []);
}

/** The exported workbook as a clerk saves it: four rows more on top, a new document, the count of rows. */
function raised(bytes) {
  const sheets = sheetsOf(bytes);
  const table = sheets.find(({ lines }) => lines[0]?.[0] === "370200/minimum-living-standard");
  const at = (field) => table.lines[2].indexOf(field);
  const raise = { "1115.00": "1184.00", "860.00": "930.00" };
  const newest = table.lines.slice(3).filter((line) => line[at("from")] === "2024-01-01").map((line) => [...line]);
  assert.equal(newest.length, 4);
  for (const line of newest) {
    line[at("from")] = "2025年1月1日";
    line[at("value")] = raise[line[at("value")]];
    line[at("document")] = "qingdao-2025-draft";
  }
  table.lines.splice(3, 0, ...newest);
  const index = sheets.find(({ lines }) => lines[1]?.[0] === "table");
  index.lines[2][index.lines[1].indexOf("rowCount")] = "34";
  const documents = sheets.find(({ lines }) => lines[1]?.[0] === "document");
  documents.lines.push(["qingdao-2025-draft", "370200", "关于提高2025年困难群众救助保障标准的通知（草案）", "", "青岛市民政局", "", "2025-01-01", "", "A2"]);
  return workbook(...sheets.map(({ name, lines }) => ({ name, lines })));
}

test("a clerk raises Qingdao's standard for 2025 in the workbook, sees who is concerned, ticks three cases and prints", () =>
  onThePage(async (page) => {
    const exported = await download(page, () => page.locator("#export-table").click());
    const [, , table] = sheetsOf(exported);
    assert.match(table.xml, /<pane [^>]*ySplit="3"[^>]*state="frozen"/, "the titles stay in sight");
    assert.match(table.xml, /<dataValidation [^>]*type="list"/, "there are drop-downs");
    const file = join(folder, "qingdao-2025.xlsx");
    writeFileSync(file, raised(exported));
    await page.locator("#import").setInputFiles(file);
    await said(page, "读了 1 张表，1 张有改动。");
    assert.equal(await page.locator('.sheet input[data-row="0"][data-field="value"]').inputValue(), "1184.00");
    await screenshot(page, "1-imported");
    await accessible(page, "tables");

    await tab(page, "findings");
    await page.locator("#panel-findings .good, #panel-findings .finding-list").first().waitFor({ timeout: 60_000 });
    assert.deepEqual(await page.locator("#panel-findings li.error").allInnerTexts(), []);
    await screenshot(page, "2-findings");
    await accessible(page, "findings");

    await tab(page, "compare");
    await page.locator("#edits").waitFor();
    await page.locator("#compare").click();
    await page.locator("#stop:enabled").click();
    await page.locator("#statement").waitFor();
    const done = Number(/\d+/.exec(await page.locator("#statement").innerText())[0]);
    assert.ok(done > 0 && done < 5000, `stopped after ${done}`);
    const counted = Number(await page.locator('[data-tally="households"]').first().innerText());
    assert.ok(counted > 0 && counted <= done, `${counted} of ${done} counted`);
    const begun = Date.now();
    await page.locator("#compare").click();
    await said(page, "比较了 5000 户", 120_000);
    const seconds = (Date.now() - begun) / 1000;
    console.log(`5,000 households compared in the page in ${seconds.toFixed(1)} s: ${await page.locator("#status").innerText()}`);
    await page.locator("#concerned tbody tr").nth(3).waitFor();
    const tally = Object.fromEntries(await page.locator("#panel-compare [data-tally]").evaluateAll((all) => all.map((one) => [one.dataset.tally, Number(one.textContent)])));
    // Somebody born after the day of the draft cannot be decided for it, and is named.
    assert.ok(tally.households > 4900 && tally.households <= 5000);
    assert.ok(tally.changed > 100, JSON.stringify(tally));
    assert.match(await page.locator("#statement").innerText(), /其余 \d+ 户都不变/);
    // The statement, which is signed, tells how many it says nothing of.
    const refused = Number(/(\d+) 户没法算/.exec(await page.locator("#panel-compare").innerText())?.[1] ?? 0);
    assert.equal(Number(/另有 (\d+) 户没法算/.exec(await page.locator("#statement").innerText())?.[1] ?? 0), refused);
    // Of several people in one household each is told apart, and what is open is told as open.
    const told = await page.locator("#changed-households tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].slice(0, 5).map((cell) => cell.textContent)));
    assert.ok(told.some(([, , benefit]) => / · 第 2 个人 · /.test(benefit)));
    assert.ok(told.every(([, , , , after]) => !after.startsWith("还差信息，") || after.startsWith("还差信息，现在能确定的范围：")));
    await page.locator("#changed-households button").first().click();
    await page.locator("#curve svg").waitFor({ timeout: 60_000 });
    await screenshot(page, "3-compared");
    await accessible(page, "compare");
    const people = await download(page, () => page.locator("#save-people").click());
    const result = JSON.parse(await download(page, () => page.locator("#panel-compare .result .buttons button").first().click()));
    // Nobody loses, but for the children of borderline households that the raise takes into the minimum living allowance:
    // their allowance, half the standard, is for borderline households alone (青岛市2024年儿童保障标准).
    const lost = result.households.map(({ entries }) => entries.filter(({ difference }) => difference?.startsWith("-"))).filter(({ length }) => length > 0);
    assert.equal(lost.length, tally.losing);
    assert.deepEqual([...new Set(lost.flat().map(({ benefit, after }) => `${benefit} ${after.outcome}`))], ["borderline-child-allowance ineligible"]);

    await tab(page, "cases");
    await page.locator("#offer").click();
    await page.locator("#coverage").waitFor({ timeout: 60_000 });
    for (const number of [0, 1, 2]) await page.locator(`#offer-${number}`).check();
    await screenshot(page, "4-cases");
    await accessible(page, "cases");
    await page.locator("#freeze-offered").click();
    await said(page, "已存 3 个案例");
    await page.locator("#frozen > li").nth(2).waitFor();

    await tab(page, "publish");
    await page.locator(".printed").waitFor();
    const note = await page.locator("#note").inputValue();
    assert.match(note, /^- \\\* 青岛市（370200）低保线：自 2025-01-01 起新增.*1184\.00.*草案/m);
    const texts = {};
    for (const name of ["370200/minimum-living-standard.json", "370200/documents.json"]) {
      texts[name] = String(await download(page, () => page.getByRole("button", { name: `保存 ${name}` }).click()));
    }
    const pack = String(await download(page, () => page.locator('[data-pack="370200"]').click()));
    assert.match(pack, /^\{"format":"huisuan-pack"/);
    assert.match(await page.locator("#packs .hash").innerText(), /^SHA-256 [0-9a-f]{64}$/);
    await screenshot(page, "5-publish");
    await accessible(page, "publish");
    await page.emulateMedia({ media: "print" });
    const printed = await page.pdf({ format: "A4", preferCSSPageSize: true });
    writeFileSync(fileURLToPath(new URL("workbench-printed.pdf", artefacts)), printed);
    assert.equal([...printed.toString("latin1").matchAll(/\/Type\s*\/Page\b/g)].length, 1, "one page to sign");
    await page.emulateMedia({ media: null });

    // The command line says the same of the same households and tables; on both sides the standard goes on, as the page
    // takes it for a comparison with a standard that ends with its year.
    const carried = (text) => text.replace('"lapse": "year-end"', '"lapse": "until-replaced"');
    const [current, proposed] = ["current", "proposed"].map((name) => join(folder, name));
    for (const place of [current, proposed]) cpSync(fileURLToPath(new URL("policy-tables/", root)), place, { recursive: true });
    const standard = "370200/minimum-living-standard.json";
    writeFileSync(join(current, standard), carried(readFileSync(join(current, standard), "utf8")));
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(proposed, name), carried(text));
    writeFileSync(join(folder, "households.ndjson"), people);
    const target = process.env.CARGO_TARGET_DIR ?? "target";
    const command = fileURLToPath(new URL(`${target}/debug/huisuan`, root));
    // Its exit code tells of the households that cannot be decided; they are left out on both sides.
    const { stdout } = spawnSync(command, ["compare", current, proposed, join(folder, "households.ndjson"), "--format", "json"], { cwd: fileURLToPath(root), maxBuffer: 1 << 28 });
    const report = JSON.parse(stdout);
    assert.deepEqual(result.tally, report.tally);
    assert.deepEqual(result.changes, report.changes);
    // Measured by itself it takes a few seconds; here other work may share the machine.
    assert.ok(seconds < 120, `${seconds} s`);
  }));

test("unsaved work is there after a reload, can be undone and done again, and is erased on request", () =>
  onThePage(async (page) => {
    const value = page.locator('.sheet input[data-row="0"][data-field="value"]');
    await value.fill("１２００元");
    await value.blur();
    await page.locator("#undo:enabled").waitFor();
    await page.reload();
    await page.locator("html[data-ready=true]").waitFor({ timeout: 60_000 });
    await said(page, "上次没保存的改动还在");
    assert.equal(await value.inputValue(), "1200.00");
    await value.fill("1300.00");
    await value.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.dataset.row), "1", "Enter goes down as in a spreadsheet");
    await page.locator("#undo:enabled").click();
    await page.waitForFunction(() => document.querySelector('.sheet input[data-row="0"][data-field="value"]').value === "1200.00");
    await page.locator("#redo").click();
    await page.waitForFunction(() => document.querySelector('.sheet input[data-row="0"][data-field="value"]').value === "1300.00");
    page.once("dialog", (dialog) => dialog.accept());
    await page.locator("#erase").click();
    await said(page, "草稿已清除");
    assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name === "huisuan-workbench")), []);
    await page.reload();
    await page.locator("html[data-ready=true]").waitFor({ timeout: 60_000 });
    assert.equal(await value.inputValue(), "1115.00");
  }));

test("a cell that is not understood is marked where it stands, and a finding leads to its cell and to a case", () =>
  onThePage(async (page) => {
    const value = page.locator('.sheet input[data-row="0"][data-field="from"]');
    await value.fill("大概年初");
    await value.blur();
    await page.locator('.sheet input[data-row="0"][data-field="from"][aria-invalid=true]').waitFor();
    await value.fill("2024-01-01");
    await value.blur();
    await page.locator('.sheet input[data-row="0"][data-field="from"]:not([aria-invalid=true])').waitFor();
    // Less than the year before: something to look at, with a person.
    const amount = page.locator('.sheet input[data-row="0"][data-field="value"]');
    await amount.fill("900.00");
    await amount.blur();
    await page.locator('.finding-list li[data-code="falls-from-before"]').waitFor({ timeout: 60_000 });
    await page.locator('.finding-list li[data-code="falls-from-before"] button').first().click();
    await page.waitForFunction(() => document.activeElement?.dataset.field === "value");
    await screenshot(page, "finding");
  }));

test("what a cell should hold is said in the language of the page, and what could mean two things is not guessed", () =>
  onThePage(async (page) => {
    const amount = page.locator('.sheet input[data-row="0"][data-field="value"]');
    await amount.fill("1,11");
    await amount.blur();
    await said(page, "“1,11”看不懂，应当写成：能看出是多少的数，如 1115.00");
    assert.doesNotMatch(await amount.getAttribute("title"), /such as|value/);
    await amount.fill("1,115.00");
    await amount.blur();
    await page.locator('.sheet input[data-row="0"][data-field="value"]:not([aria-invalid=true])').waitFor();
    writeFileSync(join(folder, "two-things.csv"), `${"parameter,minimum-living-standard\narea,370683\n\nfrom,value,document\n"}1/2/2024,"1,11",x\n`);
    await page.locator("#import").setInputFiles(join(folder, "two-things.csv"));
    await page.locator('.report li[data-code="not-a-day"][data-cell="A5"]').waitFor();
    assert.doesNotMatch(await page.locator(".report").innerText(), /such as/);
  }));

test("the note and the page to sign say where, which number, for whom and from when to when", () =>
  onThePage(async (page) => {
    const cell = (row, field) => page.locator(`.sheet input[data-row="${row}"][data-field="${field}"]`);
    assert.equal(await cell(4, "from").inputValue(), "2023-01-01");
    await cell(4, "value").fill("1001.00");
    await cell(4, "quote").fill("每人每月1001元");
    await cell(4, "quote").blur();
    await page.locator("#undo:enabled").waitFor();
    await tab(page, "compare");
    await page.locator("#edits tbody tr").nth(1).waitFor();
    const edits = await page.locator("#edits tbody tr").allInnerTexts();
    assert.match(edits.join("\n"), /自 2023-01-01 起，2024-01-01 前\s+城镇、/);
    // Today no row of 2023 holds: the comparison is for a day on which the changed row does.
    assert.equal(await page.locator("#compare-day").inputValue(), "2023-01-01");
    await page.locator("#compare").click();
    await said(page, "比较了", 120_000);
    assert.ok(Number(await page.locator('[data-tally="changed"]').first().innerText()) > 100);
    await tab(page, "publish");
    await page.locator(".printed table").first().waitFor();
    const note = await page.locator("#note").inputValue();
    assert.match(note, /^- \\\* 青岛市（370200）低保线：城镇、七区（自 2023-01-01 起，2024-01-01 前）：.*数值由 \S+ 改为 1001\.00/m);
    const printed = await page.locator(".printed").innerText();
    assert.match(printed, /青岛市（370200）低保线\s+自 2023-01-01 起，2024-01-01 前\s+城镇、七区\s+1045\.00；原文：没有\s+1001\.00；原文：每人每月1001元/);
    assert.doesNotMatch(printed, /第 \d+ 行(?!（自 2023-01-01 起，2024-01-01 前，城镇、)/, "no row is named by its number alone");
    await screenshot(page, "note-in-words");
  }));

test("next year's rows are copied only for a day of their own, and zones are called by their names", () =>
  onThePage(async (page) => {
    const zone = page.locator('.sheet input[data-row="1"][data-field="when.zone"]');
    assert.equal(await zone.inputValue(), "崂山区、黄岛区、城阳区、即墨区");
    await page.locator("details.next summary").click();
    await page.locator("#next-add").click();
    await page.locator("details.next [role=alert]", { hasText: "请先写新的起始日" }).waitFor();
    assert.equal(await page.locator(".sheet").getAttribute("aria-rowcount"), "31");
    await page.locator("#next-day").fill("2025年1月1日");
    await page.locator("#next-add").click();
    await page.locator(".sheet[aria-rowcount='35']").waitFor();
    await page.locator("#undo:enabled").waitFor();
    // What is shown is read back: the rows are the same but for their day.
    const sheet = page.locator('.sheet input[data-row="5"][data-field="when.zone"]');
    assert.equal(await sheet.inputValue(), "崂山区、黄岛区、城阳区、即墨区");
    assert.deepEqual(await page.locator("#panel-tables .finding-list li.error").allInnerTexts(), []);
    await tab(page, "publish");
    await page.locator(".printed table").first().waitFor();
    assert.match(await page.locator("#note").inputValue(), /自 2025-01-01 起新增 农村、崂山区、黄岛区、城阳区、即墨区：1115\.00/);
  }));

test("bombs and huge sheets are refused within a second, messy workbooks with the cell, and the page stays quick", () =>
  onThePage(async (page) => {
    // Two million cells that are no bomb: 2,000 rows of 1,000 numbers, packed as a spreadsheet would.
    let number = 1;
    const cells = () => Array.from({ length: 1000 }, () => `<c><v>${(number = (number * 48_271) % 2_147_483_647) % 997}</v></c>`).join("");
    const dense = join(folder, "two-million-numbers.xlsx");
    writeFileSync(dense, workbook({ name: "a", xml: `<worksheet><sheetData>${Array.from({ length: 2000 }, () => `<row>${cells()}</row>`).join("")}</sheetData></worksheet>` }));
    for (const name of ["bomb.xlsx", "bomb-that-lies.xlsx", "two-million-cells.xlsx", dense]) {
      // A frame that waits longer than this has frozen.
      await page.evaluate(() => {
        globalThis.slowest = 0;
        let last = performance.now();
        const frame = () => { const now = performance.now(); globalThis.slowest = Math.max(globalThis.slowest, now - last); last = now; globalThis.frame = requestAnimationFrame(frame); };
        globalThis.frame = requestAnimationFrame(frame);
      });
      const begun = Date.now();
      await page.locator("#import").setInputFiles(name === dense ? dense : messy(name));
      await page.locator(".report li.error").waitFor();
      const seconds = (Date.now() - begun) / 1000;
      const slowest = await page.evaluate(() => { cancelAnimationFrame(globalThis.frame); return globalThis.slowest; });
      console.log(`${name} refused in ${seconds.toFixed(2)} s, slowest frame ${slowest.toFixed(0)} ms`);
      assert.ok(seconds < 3 && slowest < 1000, `${name}: ${seconds} s, ${slowest} ms`);
      await page.locator("#import").setInputFiles(messy("plain.xlsx"));
      await said(page, "读了 1 张表");
    }
    await page.locator("#import").setInputFiles(messy("month-without-day.xlsx"));
    await page.locator('.report li[data-code="not-a-day"][data-cell="A4"]').waitFor();
    assert.match(await page.locator(".report").innerText(), /A4.*看不出是哪一天/);
    await screenshot(page, "refused");
  }));

test("a table of 2,000 rows is edited without waiting, by keyboard alone", () =>
  onThePage(async (page) => {
    const head = ["parameter,minimum-living-standard", "area,990100", "unit,yuan per person per month", "transcribed,2026-11-24", "confirmed,null", "lapse,year-end", "otherwise,unknown", "hit,unique", "rowCount,2000", ""];
    const rows = Array.from({ length: 2000 }, (_, at) => `${2099 - (at % 190)}-01-01,urban,${1000 + at}.00,synthetic-example,A`);
    writeFileSync(join(folder, "long.csv"), [...head, "from,when.settlement,value,document,grade", ...rows].join("\n"));
    await page.locator("#import").setInputFiles(join(folder, "long.csv"));
    await said(page, "读了 1 张表");
    await page.locator(".sheet[aria-rowcount='2001']").waitFor();
    assert.ok((await page.locator(".sheet tbody tr").count()) < 80, "only what is in sight is on the page");
    const first = page.locator('.sheet input[data-row="0"][data-field="value"]');
    await first.focus();
    const begun = Date.now();
    for (let step = 0; step < 40; step += 1) await page.keyboard.press("ArrowDown");
    assert.equal(await page.evaluate(() => document.activeElement.dataset.row), "40");
    console.log(`40 rows down in ${Date.now() - begun} ms`);
    await page.locator(".sheet-scroll").evaluate((scroller) => { scroller.scrollTop = scroller.scrollHeight; });
    await page.locator('.sheet input[data-row="1999"]').first().waitFor();
    await screenshot(page, "2000-rows");
  }));

test("in English the page speaks English", () =>
  onThePage(async (page) => {
    await page.locator("[data-lang=en]").click();
    await page.locator("[role=tab][data-tab=tables]", { hasText: "Tables" }).waitFor({ timeout: 60_000 });
    for (const name of ["tables", "findings", "compare", "cases", "publish"]) {
      await tab(page, name);
      await page.waitForTimeout(300);
      assert.doesNotMatch(await page.locator(`#panel-${name}`).innerText(), /\b(bench|bookError|column|ui)\.[a-z-]+/, `a code without words on ${name}`);
      await accessible(page, `${name} in English`);
    }
    await screenshot(page, "english");
  }));
