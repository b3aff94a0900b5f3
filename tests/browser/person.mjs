// A person who answers the questionnaire in a browser: reads which question is on the screen, knows some answers, and says
// “don't know” to the rest. Everything goes through what is to be seen and pressed.

/** Questions on the screen at most before we give up: no story may need more. */
const PATIENCE = 40;

/**
 * Answers until the result is there. `knows` is a list of `[pattern of the question's key, answer]`; an answer is
 * `{ area }`, `{ topics }`, `{ members }`, `{ choose }`, `{ text }`, `{ none: true }`, `{ rows }`, `{ ticks }`, `{ fields }`
 * or `{ unknown: true }`, each with `all: true` where it is the same for the others.
 */
export async function answerAll(page, knows, { onScreen = async () => {} } = {}) {
  const asked = [];
  for (let screens = 0; screens < PATIENCE; screens += 1) {
    await page.locator("huisuan-check [data-question], huisuan-check [data-result]").first().waitFor();
    const screen = page.locator("huisuan-check form[data-question]");
    if ((await screen.count()) === 0) return asked;
    const key = await screen.getAttribute("data-question");
    const [, answer = { unknown: true }] = knows.find(([pattern]) => pattern.test(key)) ?? [];
    asked.push(key);
    await onScreen(key, screens);
    await give(screen, answer);
    await page.waitForFunction((before) => {
      const root = document.querySelector("huisuan-check").shadowRoot;
      const form = root.querySelector("form[data-question]");
      return !form || form.dataset.question !== before || root.querySelector(".problem");
    }, key);
    const problems = await page.locator("huisuan-check .problem").allTextContents();
    if (problems.length > 0) throw new Error(`${key}: ${problems.join(" ")}`);
  }
  throw new Error(`still asking after ${PATIENCE} screens: ${asked.join(" ")}`);
}

async function give(screen, answer) {
  if (answer.unknown) return screen.locator("[data-unknown]").click();
  if (answer.area) await chooseArea(screen, answer.area);
  for (const topic of answer.topics ?? answer.ticks ?? []) await screen.locator(`input[type=checkbox][value="${topic}"]`).check();
  if (answer.members) await members(screen, answer.members);
  if (answer.choose) await screen.locator(`input[type=radio][value="${answer.choose}"]`).check();
  if (answer.text !== undefined) await screen.locator("input[type=text]").fill(answer.text);
  if (answer.none) await screen.locator('input[type=radio][value="none"]').check();
  if (answer.rows) await rows(screen, answer.rows);
  // A screen may ask for less than the person knows.
  const asked = await screen.locator(".body > .field").count();
  for (const [index, value] of (answer.fields ?? []).slice(0, asked).entries()) await fill(screen.locator(".body > .field").nth(index), value);
  if (answer.all) {
    const all = screen.locator('input[type=checkbox][value="all"]');
    if ((await all.count()) > 0) await all.check();
  }
  await screen.locator("[data-next]").click();
}

async function chooseArea(screen, [words, code]) {
  await screen.locator("[data-area-search]").fill(words);
  await screen.locator(`[role=option][data-area="${code}"]`).click();
}

async function members(screen, people) {
  for (const [index, [relation, birthDate]] of people.entries()) {
    if (index > 0) await screen.locator("[data-add]").click();
    const row = screen.locator(".row").nth(index);
    if (relation !== "self") await row.locator(`input[type=radio][value="${relation}"]`).check();
    await row.locator("input[type=text]").fill(birthDate);
  }
}

async function rows(screen, all) {
  const some = screen.locator('input[type=radio][value="some"]');
  if ((await some.count()) > 0) await some.check();
  for (const [index, values] of all.entries()) {
    if (index > 0) await screen.locator("[data-add]").click();
    const row = screen.locator(".row").nth(index);
    for (const [place, value] of values.entries()) await fill(row.locator(".field").nth(place), value);
  }
}

async function fill(field, value) {
  if (value === null) return;
  const text = field.locator("input[type=text]");
  if (Array.isArray(value)) await chooseArea(field, value);
  else if ((await text.count()) > 0) await text.fill(value);
  else await field.locator(`input[type=radio][value="${value}"]`).check();
}
