// Puts the page together: answers in, one sync decision after each, the result out. Nothing is stored or sent.

import { areasIn, decide, engineFor, loadIndex } from "./engine.js";
import { fieldFor, reveal } from "./dom.js";
import { readExample, readFile, saveFile } from "./files.js";
import { formFrom } from "./form-from-household.js";
import "./household-form.js";
import { emptyForm, householdFrom } from "./household.js";
import { currentLanguage, t, useLanguage } from "./messages.js";
import { summary } from "./result-view.js";
import { errorText } from "./wording.js";

const form = document.querySelector("household-form");
const view = document.querySelector("result-view");
const answer = document.querySelector("#result");
const live = document.querySelector("[data-live]");
const openedNote = document.querySelector("[data-opened-note]");

// A household from a file that the questions cannot show; it is decided as it stands.
let opened = null;
let latest = 0;
let timer;

/** Today on this device; the engine itself has no clock. */
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function current() {
  return opened ?? { date: form.form.date, household: householdFrom(form.form) };
}

/** Decides a moment after the last change, so that fast typing stays fast. */
function changed() {
  clearTimeout(timer);
  timer = setTimeout(update, 120);
}

async function update() {
  const turn = (latest += 1);
  if (!opened && form.form.area === "") {
    live.textContent = t("ui.choose-area-first.short");
    return view.showNotice(t("ui.choose-area-first"));
  }
  const { date, household } = current();
  try {
    const { engine, documents } = await engineFor(areasIn({ area: form.form.area, household }));
    if (turn !== latest) return;
    view.documents = documents;
    show(decide(engine, household, date), household);
  } catch (problem) {
    console.error(problem);
    if (turn === latest) show({ errors: [{ code: "engine-failed", path: "", got: "" }] }, household);
  }
}

function show(result, household) {
  const errors = result.errors ?? [];
  const elsewhere = form.showErrors(opened ? [] : errors, errorText);
  if (errors.length > 0) {
    view.showErrors(opened ? errors : elsewhere.length > 0 ? elsewhere : errors);
    live.textContent = t("ui.errors");
  } else {
    view.showResult(result, household);
    live.textContent = summary(result);
  }
}

/** Shows a household from a file or an example: as answers where every part has a question, otherwise as it is. */
function load({ date, household }) {
  const day = date ?? form.form.date;
  const answers = formFrom(household, day);
  opened = answers ? null : { date: day, household };
  if (answers) form.form = answers;
  view.onask = opened ? null : ask;
  openedNote.hidden = !opened;
  form.hidden = Boolean(opened);
  form.draw();
  return update();
}

/** Leads to the question for an open fact. */
function ask(path) {
  const field = fieldFor(form, path);
  if (field) reveal(field);
}

function startAfresh() {
  opened = null;
  view.onask = ask;
  openedNote.hidden = true;
  form.hidden = false;
  form.form = emptyForm("", today());
  form.draw();
  update();
}

/** Everything that is written in the HTML itself. */
function drawWords() {
  document.title = t("ui.title");
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.setAttribute("aria-pressed", String(button.dataset.lang === currentLanguage()));
  }
}

async function open(input) {
  const [file] = input.files;
  if (!file) return;
  const content = await readFile(file);
  input.value = "";
  if (content.error) view.showErrors([{ code: content.error, path: "" }]);
  else await load(content);
  toTheAnswer();
}

/** Whoever opens a file or an example wants to see what comes of it. */
function toTheAnswer() {
  answer.scrollTop = 0;
  answer.scrollIntoView({ block: "start" });
  answer.focus({ preventScroll: true });
}

/** On a phone the bar leads to the answer, and from there back. */
function turnBar([{ isIntersecting }]) {
  const bar = document.querySelector(".bar");
  const go = bar.querySelector(".go");
  bar.setAttribute("href", isIntersecting ? "#questions" : "#result");
  go.dataset.text = isIntersecting ? "ui.back-to-questions" : "ui.see-result";
  go.textContent = t(go.dataset.text);
}

function listen() {
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.addEventListener("click", async () => {
      await useLanguage(button.dataset.lang);
      drawWords();
      form.draw();
      await update();
    });
  }
  for (const button of document.querySelectorAll("[data-example]")) {
    button.addEventListener("click", async () => {
      await load(await readExample(button.dataset.example));
      toTheAnswer();
    });
  }
  const file = document.querySelector("[data-open]");
  file.addEventListener("change", () => open(file));
  document.querySelector("[data-save]").addEventListener("click", () => { const { household, date } = current(); saveFile(household, date); });
  for (const button of document.querySelectorAll("[data-restart]")) button.addEventListener("click", startAfresh);
  document.querySelector("[data-print]").addEventListener("click", () => print());
  new IntersectionObserver(turnBar, { rootMargin: "-50% 0px" }).observe(answer);
}

async function start() {
  await useLanguage("zh-CN");
  drawWords();
  const areas = await loadIndex();
  Object.assign(form, { areas, onchanged: changed, form: emptyForm("", today()) });
  Object.assign(view, { areas, onask: ask });
  form.draw();
  listen();
  await update();
  document.documentElement.dataset.ready = "true";
}

start().catch((problem) => {
  console.error(problem);
  view.showNotice(t("error.engine-failed"));
});
