// Benefits that cannot be had now, or of which we know nothing: one line each, alike for several people, details behind.

import { foldOf, hooks, missing } from "./benefit-card.js";
import { h } from "./dom.js";
import { t } from "./messages.js";
import { firstFailure, furtherFailures, reasonItem, reasonList } from "./reasons.js";
import { missingTexts, reasonText } from "./wording.js";

/** A fold with a line for each benefit and reason; `title` is the code of its summary. */
export function terseList(title, entries, context, open = false) {
  const lines = alike(entries);
  return lines.length > 0 && h("details", { class: "folded", "data-fold": title, open }, h("summary", {}, t(title, { count: lines.length })),
    h("ul", { class: "terse" }, lines.map((line) => (line.length === 1 ? lineOfOne(line[0], context) : lineOfSeveral(line, context)))));
}

// Entries of which the same is to be said, in the order they came.
function alike(entries) {
  const lines = new Map();
  for (const entry of entries) {
    const failure = firstFailure(entry);
    const said = failure ? reasonText(failure) : (entry.missing ?? []).flatMap((cell) => missingTexts(cell)).join("");
    const key = `${entry.benefit} ${said}`;
    lines.set(key, [...(lines.get(key) ?? []), entry]);
  }
  return [...lines.values()];
}

function lineOfOne(entry, context) {
  const failure = firstFailure(entry);
  const rest = (entry.reasons ?? []).filter((reason) => reason !== failure);
  return h("li", {}, h("article", hooks(entry), inSight([entry], context),
    rest.length > 0 && h("details", { "data-fold": foldOf(entry, "why") }, h("summary", {}, titleOf([entry], "ui.other-reasons")), reasonList(rest, context))));
}

function lineOfSeveral(entries, context) {
  return h("li", {}, inSight(entries, context),
    h("details", { "data-fold": foldOf(entries[0], "each") }, h("summary", {}, titleOf(entries, "ui.each-person")),
      entries.map((entry) => h("article", hooks(entry), h("h5", {}, context.who(entry)), reasonList(entry.reasons ?? [], context)))));
}

function inSight(entries, context) {
  const [first] = entries;
  const failure = firstFailure(first);
  return [
    h("h4", {}, t(`benefit.${first.benefit}`)),
    h("p", { class: "who" }, t("benefit.for", { who: entries.map(context.who).join(t("ui.list-separator")) })),
    failure ? h("ul", { class: "reasons" }, reasonItem(failure, context)) : missing(first, context),
  ];
}

// Further conditions that fail on their own are counted in plain sight.
function titleOf(entries, usual) {
  const more = Math.max(...entries.map(furtherFailures));
  return more > 0 ? t("ui.more-fails", { count: more }) : t(usual);
}
