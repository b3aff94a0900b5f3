// Makes the messy workbooks beside this file, and what is said of each: `node tests/workbooks/make.mjs`.
// All begin with the same small table of the made-up city; each is wrong, or at least untidy, in one way that offices
// really send. `expected.json` is written by hand in here: what a case expects never comes from the program.

import { readdirSync, rmSync, writeFileSync } from "node:fs";

import { parts, workbook, zip } from "./zip.mjs";

const folder = new URL("./", import.meta.url);
for (const name of readdirSync(folder)) if (/\.(xlsx|csv|xls)$/.test(name)) rmSync(new URL(name, folder));
const expected = {};

const TABLE = "990100/minimum-living-standard";
const FIELDS = ["from", "until", "when.settlement", "value", "document", "article", "quote", "grade", "unconfirmed", "note"];
const TITLES = ["起始日", "终止日（不含当天）", "城镇或农村", "数值", "文件编号", "条款", "原文", "来源等级", "待核实", "备注"];
const rows = () => [
  ["2024-07-01", "", "城镇", "1100.00", "synthetic-example", "", "", "A", "", ""],
  ["2024-07-01", "", "农村", "800.00", "synthetic-example", "", "", "A", "", ""],
  ["2023-07-01", "", "城镇", "1000.00", "synthetic-example", "", "", "A", "", ""],
  ["2023-07-01", "", "农村", "700.00", "synthetic-example", "", "", "A", "", ""],
];
const lines = (own = rows()) => [[TABLE, "", "示例市 低保线"], [...TITLES], [...FIELDS], ...own];

/** One sheet with the small table, changed by `change(rows, lines)`. */
function sheet(change = () => {}, more = {}) {
  const own = rows();
  const all = lines(own);
  change(own, all);
  return { name: "990100 低保线", lines: all, ...more };
}

/**
 * A workbook and what is said of it: `errors` and `notes` as `code@cell`, `value` the table's values in order where they
 * are read.
 */
function make(name, bytes, { errors = [], notes = [], values = null, from = null } = {}) {
  const file = name.includes(".") ? name : `${name}.xlsx`;
  writeFileSync(new URL(file, folder), bytes);
  expected[file] = { errors, notes, values, from };
}

const set = (row, column, value) => (own) => (own[row][FIELDS.indexOf(column)] = value);
const VALUES = ["1100.00", "800.00", "1000.00", "700.00"];
const DAYS = ["2024-07-01", "2024-07-01", "2023-07-01", "2023-07-01"];
const first = (value) => [value, ...VALUES.slice(1)];
const good = { values: VALUES, from: DAYS };

// Understood as they are.
make("plain", workbook(sheet()), good);
make("full-width-digits", workbook(sheet(set(0, "value", "１１２０．００"))), { values: first("1120.00") });
make("thousands-separator", workbook(sheet(set(0, "value", "1,120.00"))), { values: first("1120.00") });
make("yuan-sign", workbook(sheet(set(0, "value", "￥1120"))), { values: first("1120.00") });
make("yuan-word", workbook(sheet(set(0, "value", "1120元/月"))), { values: first("1120.00") });
make("ten-thousands", workbook(sheet(set(0, "value", "0.112万元"))), { values: first("1120.00"), notes: ["ten-thousands@D4"] });
make("number-cell", workbook(sheet(set(0, "value", { n: 1120 }))), { values: first("1120.00") });
make("number-cell-with-fen", workbook(sheet(set(0, "value", { n: 1120.5 }))), { values: first("1120.50") });
make("stray-spaces", workbook(sheet((own) => { own[0][3] = " 1120.00　"; own[0][2] = "\u00a0城镇 "; own[0][4] = "synthetic-example\u200b"; })), { values: first("1120.00") });
make("chinese-day", workbook(sheet(set(0, "from", "2024年7月1日"))), good);
make("chinese-day-full-width", workbook(sheet(set(0, "from", "２０２４年７月１日起"))), good);
make("slashes-in-day", workbook(sheet(set(0, "from", "2024/7/1"))), good);
make("dots-in-day", workbook(sheet(set(0, "from", "2024.07.01"))), good);
make("day-without-signs", workbook(sheet(set(0, "from", "20240701"))), good);
make("day-cell", workbook(sheet(set(0, "from", { day: 45474 }))), good);
make("serial-day", workbook(sheet(set(0, "from", { n: 45474 }))), { ...good, notes: ["serial-day@A4"] });
make("day-within-limits", workbook(sheet(set(3, "from", "2023年7月1日至2023年7月13日"))), { values: VALUES, from: [...DAYS.slice(0, 3), "2023-07-01…2023-07-13"] });
make("names-instead-of-words", workbook(sheet((own) => { own[0][2] = "urban"; own[1][2] = "rural"; })), good);
make("ticked", workbook(sheet(set(0, "unconfirmed", { yes: true }))), good);
make("tick-sign", workbook(sheet(set(0, "unconfirmed", "√"))), good);
make("unknown-value", workbook(sheet(set(0, "value", "不详"))), { values: first("unknown") });
make("merged-days", workbook(sheet((own) => { own[1][0] = ""; own[3][0] = ""; }, { merged: ["A4:A5", "A6:A7"] })), { ...good, notes: ["merged-down@A4", "merged-down@A6"] });
make("hidden-rows", workbook(sheet(() => {}, { hidden: [6, 7] })), { ...good, notes: ["hidden-rows@"] });
make("hidden-sheet", workbook(sheet(() => {}, { isHidden: true })), { ...good, notes: ["hidden-sheet@"] });
make("empty-rows-between", workbook(sheet((own, all) => all.splice(5, 0, [], ["", " "]))), good);
make("columns-moved", workbook(sheet((own, all) => all.slice(1).forEach((line) => line.unshift(line.splice(3, 1)[0])))), good);
make("empty-columns", workbook(sheet((own, all) => all.slice(1).forEach((line) => line.splice(2, 0, "", "")))), good);
make("names-line-deleted", workbook(sheet((own, all) => all.splice(2, 1))), good);
make("titles-line-deleted", workbook(sheet((own, all) => all.splice(1, 1))), good);
make("remark-above", workbook(sheet((own, all) => all.splice(1, 0, ["", "请各科室核对"]))), good);
make("other-sheet-beside", workbook({ name: "会议纪要", lines: [["会议纪要"], ["出席", "张、李"]] }, sheet()), { ...good, notes: ["sheet-passed-over@"] });
make("formula-with-result", workbook(sheet(set(0, "value", { formula: "1000*1.12", value: 1120 }))), { values: first("1120.00") });
make("other-dashes-and-case", workbook(sheet(set(0, "grade", "Ａ"))), good);

// Refused, each with its cell.
make("formula-failed", workbook(sheet(set(0, "value", { failed: "#REF!" }))), { errors: ["formula-failed@D4"] });
make("about-so-much", workbook(sheet(set(0, "from", "大约七月"))), { errors: ["not-a-day@A4"] });
make("month-without-day", workbook(sheet(set(0, "from", "2024年7月"))), { errors: ["not-a-day@A4"] });
make("year-alone", workbook(sheet(set(0, "from", { n: 2024 }))), { errors: ["not-a-day@A4"] });
make("no-such-day", workbook(sheet(set(0, "from", "2024-06-31"))), { errors: ["no-such-day@A4"] });
make("too-many-decimals", workbook(sheet(set(0, "value", { n: "1069.3000000000002" }))), { errors: ["too-many-decimals@D4"] });
make("value-taken-for-day", workbook(sheet(set(0, "value", { day: 45474 }))), { errors: ["taken-for-day@D4"] });
make("merged-across", workbook(sheet((own) => { own[0][2] = "1100.00"; own[0][3] = ""; }, { merged: ["C4:D4"] })), { errors: ["merged-across@C4"] });
make("unknown-column", workbook(sheet((own, all) => { all[1].push("经办人"); all[3].push("王"); })), { errors: ["unknown-column@K2"] });
make("column-without-title", workbook(sheet((own, all) => { all[4].push("", "看一下"); })), { errors: ["no-title@L5"] });
make("column-twice", workbook(sheet((own, all) => { all[1].push("数值"); all[2].push("value"); })), { errors: ["column-twice@K3"] });
make("no-titles", workbook(sheet((own, all) => all.splice(1, 2))), { errors: ["no-titles@"] });
make("no-rows", workbook(sheet((own, all) => all.splice(3))), { errors: ["no-rows@"] });
make("which-table", workbook(sheet((own, all) => (all[0][0] = "低保标准"))), { errors: ["which-table@"] });
make("new-table-without-head", workbook(sheet((own, all) => (all[0][0] = "990100/minimum-living-allowance-floor"))), { errors: ["no-head@"] });
make("same-table-twice", workbook(sheet(), { ...sheet(), name: "副本" }), { errors: ["table-twice@"], values: VALUES });
make("nothing-of-ours", workbook({ name: "Sheet1", lines: [["姓名", "电话"], ["张三", "123"]] }), { errors: ["no-tables@"], notes: ["sheet-passed-over@"] });
make("cell-far-out", workbook(sheet((own, all) => { all[3][600] = "x"; })), { errors: ["cell-out-of-bounds@WC4"] });
make("not-a-workbook", Buffer.from("PK\u0003\u0004 not really"), { errors: ["not-a-workbook@"] });
make("old-format.xls", Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(600)]), { errors: ["old-format@"] });

// Bombs: small files that unpack to much, say of themselves that they do not, or have too many cells.
const zeros = Buffer.alloc(60 << 20);
make("bomb", zip([...parts([sheet()]), ["xl/media/a.bin", zeros]]), { errors: ["unpacks-too-large@"] });
make("bomb-that-lies", zip([...parts([sheet()]), ["xl/media/a.bin", zeros]], (header) => (header.size > 1 << 20 ? { ...header, size: 100 } : header)), { errors: ["not-a-workbook@"] });
const cells = "<c/>".repeat(1000);
make("two-million-cells", workbook({ name: "a", xml: `<worksheet><sheetData>${`<row>${cells}</row>`.repeat(2000)}</sheetData></worksheet>` }), { errors: ["unpacks-too-large@"] });

// CSV as spreadsheets save it.
const head = [["parameter", "minimum-living-standard"], ["area", "990100"], ["unit", "yuan per person per month"], ["transcribed", "2026-11-24"], ["confirmed", "null"], ["lapse", "year-end"], ["otherwise", "unknown"], ["hit", "unique"], ["rowCount", "4"], []];
const csv = (separator) => [...head, FIELDS, ...rows()].map((line) => line.join(separator)).join("\r\n");
make("plain.csv", csv(","), good);
make("with-mark.csv", `\ufeff${csv(",")}`, good);
make("tabs.csv", csv("\t"), good);
make("utf16.csv", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv("\t"), "utf16le")]), good);
// 城镇 and 农村 in GB 18030, as WPS and Excel save CSV in China.
const gb = { 城镇: [0xb3, 0xc7, 0xd5, 0xf2], 农村: [0xc5, 0xa9, 0xb4, 0xe5] };
make("gb18030.csv", Buffer.concat(csv(",").split(/(城镇|农村)/).map((part) => Buffer.from(gb[part] ?? part))), good);
make("bytes.csv", Buffer.from([0, 1, 2, 3, 255, 254, 0]), { errors: ["not-text@"] });

writeFileSync(new URL("expected.json", folder), `${JSON.stringify(expected, null, 1)}\n`);
console.log(`${Object.keys(expected).length} files`);
