// What people write, as the engine wants it: `{ value }`, or `{ problem }` with a code that has its sentence.
//
// Chinese keyboards write full-width digits and signs, people write 万 and 元, and dates in half a dozen everyday ways.
// Nothing is guessed: a text that could mean two things is a problem, said next to the field.

const MOST = 9;

/** Yuan: “２，４００元”, “1.2万”, “3千”, “两千五百”. Moving the point is all the arithmetic there is, and it is done on the digits. */
export function parseAmount(text) {
  const written = inDigits(narrow(text).replace(/\s/g, "").replace(/^(人民币|[¥￥])/, ""));
  if (written === "") return { problem: "empty" };
  // “12块5” is 12.50; what stands behind a “元” otherwise could mean two things.
  const plain = written.replace(/^(\d+)[元块圆](\d)[角毛]?$/, "$1.$2").replace(/(元|圆|块钱?)整?$/, "");
  if (/^-/.test(plain)) return { problem: "negative" };
  // A comma stands before every three figures, or it is no comma of thousands.
  const grouped = /^\d{1,3}(,\d{3})+(?!\d)/.test(plain) ? plain.replaceAll(",", "") : plain;
  const parts = /^(\d*)(?:\.(\d+))?(万|千|百)?$/.exec(grouped);
  if (!parts || (parts[1] === "" && parts[2] === undefined)) return { problem: "not-a-number" };
  const shift = { 万: 4, 千: 3, 百: 2 }[parts[3]] ?? 0;
  const fraction = (parts[2] ?? "").padEnd(shift, "0");
  const whole = `${parts[1]}${fraction.slice(0, shift)}`.replace(/^0+(?=\d)/, "") || "0";
  const cents = fraction.slice(shift).replace(/0+$/, "");
  if (cents.length > 2) return { problem: "too-many-decimals" };
  if (whole.length > MOST) return { problem: "money-too-large" };
  return { value: `${whole}.${cents.padEnd(2, "0")}` };
}

const FIGURES = "零一二三四五六七八九", UNITS = "千百十";

/** “两千五百元” with digits. Of “两千五”, which leaves a unit out, nothing is made: a number is read only as it is written out. */
function inDigits(text) {
  const plain = text.replace(/[壹贰叁肆伍陆柒捌玖拾佰仟]/g, (sign) => "一二三四五六七八九十百千"["壹贰叁肆伍陆柒捌玖拾佰仟".indexOf(sign)]);
  return plain.replace(/[零一二两三四五六七八九十百千万]+/g, (all, at) => {
    const figures = all.replace(/^两$|两(?=[百千万])/g, "二").replace(/^一十/, "十");
    let [high, low, figure] = [0, 0, 0];
    for (const sign of figures) {
      if (sign === "万") [high, low, figure] = [low + figure, 0, 0];
      else if (FIGURES.includes(sign)) figure = FIGURES.indexOf(sign);
      else [low, figure] = [low + (figure || 1) * 10 ** (3 - UNITS.indexOf(sign)), 0];
    }
    const digits = high * 10000 + low + figure;
    return writtenOut(digits) === figures && !/[\d.]/.test(`${plain[at - 1]}${plain[at + all.length]}`) ? digits : all;
  });
}

/** A number below a hundred millions as it is written out: “两千五百” with 二. */
function writtenOut(number) {
  const four = (part) => [...String(part).padStart(4, "0")].map((digit, at) => (digit === "0" ? "零" : FIGURES[digit] + (UNITS[at] ?? ""))).join("").replace(/零+/g, "零");
  const [high, low] = [Math.floor(number / 10000), number % 10000];
  const all = `${high ? four(high).replace(/零$/, "") + "万" : ""}${low ? four(low).replace(/零$/, "") : ""}`;
  return all.replace(/^零/, "").replace(/^一十/, "十") || "零";
}

/** A day: “1950-05-01”, “1950.5.1”, “1950 5 1”, “1950年5月1日”, “一九五〇年五月一日”, “19500501”, “今天”. `today` is the day it is asked on. */
export function parseDay(text, today) {
  const written = narrow(text).replace(/(\d)\s+(?=\d)/g, "$1-").replace(/\s+/g, "").replace(/^公历|(出?生|\.)$/g, "");
  if (written === "") return { problem: "empty" };
  if (/[农阴]历|初|正月|腊月/.test(written)) return { problem: "lunar-date" };
  const plain = figures(written);
  if (plain === "今天" || plain.toLowerCase() === "today") return { value: today };
  const parts = /^(\d{4})(?:[-/.年,、](\d{1,2})[-/.月,、](\d{1,2})[日号]?|(\d{2})(\d{2}))$/.exec(plain);
  if (!parts) return { problem: /^(\d{4})([-/.年](\d{1,2})月?)?年?$|^\d{6}$/.test(plain) ? "incomplete-date" : "malformed-date" };
  const [year, month, day] = [parts[1], parts[2] ?? parts[4], parts[3] ?? parts[5]].map(Number);
  if (year < 1000) return { problem: "malformed-date" };
  const exists = new Date(Date.UTC(year, month - 1, day));
  if (exists.getUTCMonth() !== month - 1 || exists.getUTCDate() !== day) return { problem: "no-such-day" };
  return { value: exists.toISOString().slice(0, 10) };
}

/** A whole number. */
export function parseCount(text) {
  const plain = inDigits(narrow(text).replace(/\s|个|月|次|天|公里|平方米|分|人/g, ""));
  if (plain === "") return { problem: "empty" };
  return /^\d{1,6}$/.test(plain) ? { value: Number(plain) } : { problem: "not-a-number" };
}

/** A place: its code. What was only written and not chosen is no place yet. */
export function parseArea(text) {
  const plain = narrow(text);
  if (plain === "") return { problem: "no-place" };
  return /^\d{6}$/.test(plain) ? { value: plain } : { problem: "place-not-found" };
}

/** “一九四九年十二月三十一日” with digits: one for each figure, and tens where 十 stands for them. */
function figures(text) {
  const digits = text.replace(/[〇零一二三四五六七八九]/g, (figure) => "〇一二三四五六七八九".indexOf(figure.replace("零", "〇")));
  return digits.replace(/([年月])(\d?)十(\d?)/g, (all, before, tens, ones) => `${before}${tens || 1}${ones || 0}`);
}

/** Full-width digits and signs as narrow ones. */
function narrow(text) {
  return String(text ?? "").normalize("NFKC").replace(/。/g, ".").replace(/[—–−]/g, "-").trim();
}

/** What a fact of this kind is, from what was written or chosen. */
export function parse(kind, raw, today) {
  if (raw === null) return { value: null };
  switch (kind) {
    case "money":
      return parseAmount(raw);
    case "day":
      return parseDay(raw, today);
    case "count":
      return typeof raw === "number" ? { value: raw } : parseCount(raw);
    case "truth":
      return raw === "yes" || raw === true ? { value: true } : raw === "no" || raw === false ? { value: false } : { problem: "empty" };
    case "area":
      return parseArea(raw);
    default:
      return raw === "" || raw === undefined ? { problem: "empty" } : { value: raw };
  }
}

/** A fact as it is written into a field. */
export function unparse(kind, value) {
  if (value === undefined) return "";
  if (value === null) return null;
  if (kind === "truth") return value ? "yes" : "no";
  return kind === "money" ? String(value).replace(/\.00$/, "") : String(value);
}
