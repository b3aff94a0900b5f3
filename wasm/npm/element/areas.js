// The places a person can choose: `areas.txt` from the packs' folder, a line for each, and how one is found.

/** Reads the list: `{ code, name, names, pinyin, former, file, successor, synthetic }` for each place. */
export function readAreas(text) {
  const all = new Map();
  for (const line of text.split("\n").filter(Boolean)) {
    const [code, name, pinyin = "", former = "", pack = "", successor = ""] = line.split("\t");
    all.set(code, { code, name, pinyin: pinyin.toLowerCase(), former: former.split("|").filter(Boolean), pack, successor, synthetic: code.startsWith("99") });
  }
  for (const area of all.values()) {
    const above = [`${area.code.slice(0, 4)}00`, `${area.code.slice(0, 2)}0000`].filter((code) => code !== area.code);
    // The pack of its own, or of the nearest above that has one: of what it became, where it has gone.
    const packed = [area.code, area.successor, ...above].find((code) => all.get(code)?.pack === "+") ?? "000000";
    area.file = area.pack === "-" ? null : `${packed}.json`;
    area.names = [area.name, ...above.map((code) => all.get(code)?.name).filter(Boolean)];
  }
  return all;
}

/** Places that fit what was typed: every word in a name of the place or what it lies in, a former name, pinyin or the code. */
export function findAreas(areas, text, most = 30) {
  const words = text.normalize("NFKC").toLowerCase().split(/[\s,，、]+/).filter(Boolean);
  const found = [];
  for (const area of areas.values()) {
    if (area.file === null || area.code === "000000") continue;
    const ranks = words.map((word) => rank(area, word, areas));
    if (ranks.every((one) => one > 0)) found.push([Math.min(...ranks), area]);
  }
  found.sort(([a, one], [b, other]) => b - a || Number(Boolean(one.successor)) - Number(Boolean(other.successor)));
  return found.slice(0, most).map(([, area]) => area);
}

// What fits better comes first: its own name before that of what it lies in.
function rank(area, word, areas) {
  if (area.code === word || area.name === word) return 6;
  if (area.name.startsWith(word)) return 5;
  if (area.code.startsWith(word) || area.former.some((name) => name.includes(word))) return 4;
  if (area.name.includes(word)) return 4;
  if (sounds(area, word)) return 3;
  if (area.names.some((name) => name.includes(word))) return 2;
  if (isWayTo(area, word)) return 3;
  const whole = area.names.join("");
  if (whole.includes(word) || [...area.names].reverse().join("").includes(word)) return 1;
  const above = [`${area.code.slice(0, 4)}00`, `${area.code.slice(0, 2)}0000`].map((code) => areas.get(code)).filter(Boolean);
  return above.some((one) => isWayTo(one, word) || (one.pinyin !== "" && sounds(one, word))) ? 1 : 0;
}

const sounds = (area, word) => area.pinyin.replace(/[\s'-]/g, "").startsWith(word);

// “重庆涪陵区”, “山东莱州”, “烟台莱州市平里店镇”: from above down, with or without 省, 市, 区 or 县; what lies below a county is no part of it.
function isWayTo(area, word) {
  if (word.length <= 2) return false;
  area.way ??= new RegExp(`^${[...area.names].reverse().map((name, place, all) => {
    const [, short, kind = ""] = /^(..+?)((?:壮族|回族|维吾尔)?自治区|[省市区县旗])?$/.exec(name) ?? [name, name];
    const isOwn = place === all.length - 1;
    const below = isOwn && kind !== "" && !area.code.endsWith("00") ? ".*" : "";
    return isOwn ? `${short}(?:${kind}${below})?` : `(?:${short}(?:${kind})?)?`;
  }).join("")}$`);
  return area.way.test(word);
}

/** Every area code a household names, so that its packs are there before it is decided. */
export function areasIn(value) {
  return [...new Set([...JSON.stringify(value).matchAll(/"\w*[aA]rea":"(\d{6})"/g)].map(([, code]) => code))];
}
