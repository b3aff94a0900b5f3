// Two small charts in plain SVG, each with the same data as a table under it. A library would be many times the size of
// what is drawn here.

import { h, svg, textTable } from "./dom.js";
import { t } from "./words.js";

const WIDTH = 640;
const HEIGHT = 240;
const EDGE = { left: 56, right: 12, top: 12, bottom: 36 };
const fen = (yuan) => Number(yuan);

/** How many benefits come out by how much more or less: `{ per, difference, benefits }`, the least first. */
export function distribution(steps, per) {
  const own = steps.filter((step) => step.per === per);
  const title = t("bench.chart.distribution", { per: t(`per.${per}`) });
  if (own.length === 0) return null;
  const most = Math.max(...own.map(({ benefits }) => benefits));
  const width = (WIDTH - EDGE.left - EDGE.right) / own.length;
  const height = (count) => ((HEIGHT - EDGE.top - EDGE.bottom) * count) / most;
  const bars = own.map(({ difference, benefits }, at) => svg("rect", {
    class: difference.startsWith("-") ? "less" : "more", x: EDGE.left + at * width + 1, width: Math.max(1, width - 2), y: HEIGHT - EDGE.bottom - height(benefits), height: height(benefits),
  }));
  const every = Math.ceil(own.length / 8);
  const labels = own.map(({ difference }, at) => at % every === 0 && svg("text", { x: EDGE.left + (at + 0.5) * width, y: HEIGHT - EDGE.bottom + 18, "text-anchor": "middle" }, difference));
  return figure(title, [...bars, ...labels, ...axis(0, most, (value) => String(value))],
    textTable(title, [t("bench.chart.difference"), t("bench.chart.count")], own.map(({ difference, benefits }) => [difference, String(benefits)])));
}

/** What a household gets along its income, before and after: `{ income, before, after }`. */
export function cliff(points) {
  const title = t("bench.chart.cliff");
  if (points.length < 2) return null;
  const most = Math.max(1, ...points.flatMap(({ before, after }) => [fen(before ?? 0), fen(after ?? 0)]));
  const right = Math.max(1, fen(points.at(-1).income));
  const x = (income) => EDGE.left + ((WIDTH - EDGE.left - EDGE.right) * fen(income)) / right;
  const y = (cash) => HEIGHT - EDGE.bottom - ((HEIGHT - EDGE.top - EDGE.bottom) * fen(cash)) / most;
  const path = (name) => svg("polyline", { class: `line ${name}`, points: points.filter((point) => point[name] !== null).map((point) => `${x(point.income)},${y(point[name])}`).join(" ") });
  const labels = [0, 0.25, 0.5, 0.75, 1].map((share) => svg("text", { x: x(right * share), y: HEIGHT - EDGE.bottom + 18, "text-anchor": "middle" }, String(Math.round(right * share))));
  const legend = ["before", "after"].map((name, at) => [
    svg("line", { class: `line ${name}`, x1: WIDTH - 190, x2: WIDTH - 160, y1: 20 + at * 20, y2: 20 + at * 20 }),
    svg("text", { x: WIDTH - 152, y: 25 + at * 20 }, t(`bench.${name}`)),
  ]);
  return figure(title, [path("before"), path("after"), ...labels, ...legend.flat(), ...axis(0, most, (value) => String(Math.round(value)))],
    textTable(title, [t("bench.chart.income"), t("bench.before"), t("bench.after")], points.map(({ income, before, after }) => [income, before ?? "–", after ?? "–"])));
}

function axis(least, most, text) {
  const lines = [0, 0.5, 1].map((share) => HEIGHT - EDGE.bottom - (HEIGHT - EDGE.top - EDGE.bottom) * share);
  return lines.flatMap((y, at) => [
    svg("line", { class: "axis", x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y, y2: y }),
    svg("text", { x: EDGE.left - 6, y: y + 4, "text-anchor": "end" }, text(least + ((most - least) * at) / 2)),
  ]);
}

function figure(title, parts, table) {
  return h("figure", {},
    h("figcaption", {}, title),
    svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": title, class: "chart" }, parts),
    h("details", {}, h("summary", {}, t("bench.chart.data")), table));
}
