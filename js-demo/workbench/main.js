// Puts the page together: five tabs over one draft. Nothing is sent anywhere.

import { ask, start } from "./bench.js";
import { casesView } from "./cases-view.js";
import { compareView } from "./compare-view.js";
import { h } from "./dom.js";
import { canRedo, canUndo, forget, onchange, redo, restore, undo } from "./draft.js";
import { findingsView } from "./findings-view.js";
import { publishView } from "./publish-view.js";
import { tablesView } from "./tables-view.js";
import { currentLanguage, t, useLanguage } from "./words.js";

const TABS = [["tables", tablesView], ["findings", findingsView], ["compare", compareView], ["cases", casesView], ["publish", publishView]];
const main = document.querySelector("#main");
const list = document.querySelector(".tabs");
const [undoButton, redoButton, eraseButton] = ["undo", "redo", "erase"].map((id) => document.getElementById(id));
const views = new Map();

/** What the views share: the chosen place and table, going from one to another, and saying something to everybody. */
const page = {
  tables: [],
  area: "370200",
  file: "370200/minimum-living-standard.json",
  say(text) {
    document.querySelector("#status").textContent = text;
  },
  /** Shows a tab; `then` is told its view. */
  async go(name, then) {
    await show(name);
    await then?.(views.get(name));
  },
  async refresh() {
    page.tables = await ask("list");
  },
};

async function show(name) {
  for (const tab of list.querySelectorAll("[role=tab]")) {
    const own = tab.dataset.tab === name;
    tab.setAttribute("aria-selected", String(own));
    tab.tabIndex = own ? 0 : -1;
    document.getElementById(`panel-${tab.dataset.tab}`).hidden = !own;
  }
  await views.get(name).shown?.();
}

function draw() {
  const selected = list.querySelector("[aria-selected=true]")?.dataset.tab ?? "tables";
  document.title = t("bench.title");
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
  for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === currentLanguage()));
  list.setAttribute("aria-label", t("bench.tabs"));
  list.replaceChildren();
  views.clear();
  main.replaceChildren(...TABS.map(([name, make]) => {
    list.append(h("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`, "data-tab": name, onclick: () => show(name) }, t(`bench.tab.${name}`)));
    const view = make(page);
    views.set(name, view);
    return h("section", { id: `panel-${name}`, role: "tabpanel", "aria-labelledby": `tab-${name}`, hidden: true }, view.element);
  }));
  return show(selected);
}

list.addEventListener("keydown", (event) => {
  const tabs = [...list.querySelectorAll("[role=tab]")];
  const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!move) return;
  const next = tabs[(tabs.indexOf(document.activeElement) + move + tabs.length) % tabs.length];
  next.focus();
  show(next.dataset.tab);
});

document.addEventListener("keydown", (event) => {
  // While somebody types, the field's own undo is meant.
  if (!(event.ctrlKey || event.metaKey) || event.target.matches?.("input[type=text], textarea")) return;
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) { event.preventDefault(); undo(); }
  if (key === "y" || (key === "z" && event.shiftKey)) { event.preventDefault(); redo(); }
});

undoButton.addEventListener("click", undo);
redoButton.addEventListener("click", redo);
eraseButton.addEventListener("click", async () => {
  if (!confirm(t("bench.erase.sure"))) return;
  await forget();
  page.say(t("bench.erased"));
});

async function afterChange(what) {
  undoButton.disabled = !canUndo();
  redoButton.disabled = !canRedo();
  await page.refresh();
  for (const view of views.values()) await view.changed?.(what);
}

async function begin() {
  await useLanguage("zh-CN");
  page.say(t("bench.loading"));
  const found = await restore();
  await start();
  await page.refresh();
  await draw();
  onchange(afterChange);
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.addEventListener("click", async () => {
      await useLanguage(button.dataset.lang);
      await start();
      await page.refresh();
      await draw();
    });
  }
  page.say(found ? t("bench.restored") : t("bench.ready"));
  document.documentElement.dataset.ready = "true";
}

begin().catch((problem) => {
  console.error(problem);
  page.say(t("bench.failed"));
});
