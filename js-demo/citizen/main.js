// The page around the questionnaire: language, large type, files, and keeping the answers on this device if asked to.
// Nothing is sent anywhere; nothing is stored until somebody ticks the box that says so.

import "/pkg/element.js";

const KEPT = "huisuan-answers";
const check = document.querySelector("huisuan-check");
const find = (name) => document.querySelector(`[data-${name}]`);

/** Words of the page itself, in the language of the questionnaire. */
function say() {
  const { t, language } = check.words;
  document.documentElement.lang = language;
  document.title = t("ui.title");
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
  for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === language));
}

function toggle(name, element) {
  const button = find(name);
  button.addEventListener("click", () => {
    const on = element.toggleAttribute(name);
    document.documentElement.toggleAttribute(`data-is-${name}`, on);
    button.setAttribute("aria-pressed", String(on));
  });
}

toggle("large", check);
toggle("contrast", check);
for (const button of document.querySelectorAll("[data-lang]")) {
  button.addEventListener("click", async () => {
    check.setAttribute("lang", button.dataset.lang);
    await until(() => check.words.language === button.dataset.lang);
    say();
  });
}

find("day").addEventListener("change", ({ target }) => (target.value ? check.setAttribute("date", target.value) : check.removeAttribute("date")));
// Afresh is for today, whatever day an example or a file was for.
find("restart").addEventListener("click", () => {
  find("day").value = "";
  check.removeAttribute("date");
  check.restart();
});
find("print").addEventListener("click", () => {
  for (const fold of check.shadowRoot.querySelectorAll("details")) fold.open = true;
  print();
});

// A file on the person's own device, never anywhere else.
find("save").addEventListener("click", () => {
  const address = URL.createObjectURL(new Blob([`${JSON.stringify(check.save(), null, 1)}\n`], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: `huisuan-${check.state.date}.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
});
find("open").addEventListener("click", () => find("file").click());
find("file").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  target.value = "";
  if (file) await open(async () => JSON.parse(await file.text()));
});
for (const button of document.querySelectorAll("[data-example]")) {
  button.addEventListener("click", () => open(async () => (await fetch(`examples/${button.dataset.example}.json`)).json()));
}

async function open(read) {
  const note = find("file-problem");
  note.hidden = true;
  try {
    await check.open(await read());
    find("day").value = check.getAttribute("date") ?? "";
    scrollTo(0, 0);
  } catch {
    note.textContent = check.words.t("error.invalid-json");
    note.hidden = false;
  }
}

// Kept on this device only while the box is ticked; unticking or the button beside it erases everything.
find("keep").addEventListener("change", ({ target }) => (target.checked ? keep() : erase()));
find("erase").addEventListener("click", () => erase());
check.addEventListener("huisuan-change", () => find("keep").checked && keep());

function keep() {
  // A day that nobody chose was the day of answering; next time it is another.
  localStorage.setItem(KEPT, JSON.stringify({ ...check.save(), date: check.getAttribute("date") ?? undefined }));
  find("erase").hidden = false;
}

function erase() {
  localStorage.removeItem(KEPT);
  find("keep").checked = false;
  find("erase").hidden = true;
}

await until(() => check.words && check.state);
say();
const kept = localStorage.getItem(KEPT);
if (kept) {
  find("keep").checked = true;
  await open(async () => JSON.parse(kept));
  keep();
}
document.documentElement.dataset.ready = "true";
if ("serviceWorker" in navigator) navigator.serviceWorker.register("service-worker.js").catch(() => {});

async function until(holds) {
  for (let tries = 0; tries < 600 && !holds(); tries += 1) await new Promise((done) => setTimeout(done, 10));
}
