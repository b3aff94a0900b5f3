// The questions: the place and the day, each person, the household as a whole.

import { areaField } from "./area-chooser.js";
import { amount, choices, chooseOne, day, pick, several, yesNo } from "./controls.js";
import { fieldFor, h } from "./dom.js";
import { emptyPerson, freeId } from "./household.js";
import { t } from "./messages.js";
import { personForm } from "./person-form.js";
import { personName } from "./people.js";

const STANDINGS = ["minimum-living-allowance", "destitute-support", "borderline-household", "essential-expense-hardship", "low-income", "none"];
const EXPENSES = ["medical", "education", "rehabilitation", "other"];
const MOST_PEOPLE = 16;

/** Set `form` (the answers), `areas` and `onchanged`, then call `draw()`. */
export class HouseholdForm extends HTMLElement {
  form = null;
  areas = [];
  onchanged = () => {};

  /** Draws all questions afresh; keeps folds open and the cursor where it was. */
  draw() {
    const openFolds = [...this.querySelectorAll("details")].map((fold) => fold.open);
    const focused = this.contains(document.activeElement) ? placeOf(document.activeElement) : null;
    this.replaceChildren(this.#place(), ...this.#people(), this.#household());
    this.querySelectorAll("details").forEach((fold, index) => { fold.open = openFolds[index] ?? false; });
    if (focused) fieldFor(this, focused.path)?.querySelector(focused.control)?.focus({ preventScroll: true });
  }

  /** Shows input mistakes beside their questions; those without a question are returned. */
  showErrors(errors, sentence) {
    this.querySelectorAll(".error").forEach((note) => note.remove());
    this.querySelectorAll("[aria-invalid]").forEach((control) => control.removeAttribute("aria-invalid"));
    return errors.filter((error) => {
      const field = fieldFor(this, error.path);
      field?.querySelector("input, select")?.setAttribute("aria-invalid", "true");
      field?.append(h("p", { class: "error" }, sentence(error)));
      const fold = field?.closest("details");
      if (fold) fold.open = true;
      return !field;
    });
  }

  #place() {
    const { form } = this;
    return h("section", { "aria-labelledby": "place-title" },
      h("h2", { id: "place-title" }, t("ui.section.place")),
      areaField(this.areas, form.area, { label: t("ui.area"), path: "area",
        onchosen: (code) => { form.area = code; this.onchanged(); } }),
      day(form, "date", { path: "date", label: t("ui.date"), hint: t("ui.date.hint"), unknown: false, changed: this.onchanged }),
      day(form, "appliedOn", { path: "application/appliedOn", unknown: false, changed: this.onchanged }));
  }

  #people() {
    const { form } = this;
    const cards = form.people.map((person, index) => personForm(person, index, {
      areas: this.areas, changed: this.onchanged, redraw: () => this.draw(),
      removed: form.people.length > 1 && (() => this.#remove(index)),
    }));
    return [
      h("section", { "aria-labelledby": "people-title", "data-path": "members" },
        h("h2", { id: "people-title" }, t("ui.section.people")),
        h("p", { class: "hint" }, t("ui.section.people.hint")),
        cards,
        form.people.length < MOST_PEOPLE && h("button", { type: "button", class: "add", "data-add-person": true, onclick: () => this.#add() }, t("ui.person.add"))),
    ];
  }

  #add() {
    this.form.people.push(emptyPerson(freeId(this.form.people)));
    this.draw();
    this.querySelector(".person:last-of-type select")?.focus();
    this.onchanged();
  }

  #remove(index) {
    const [gone] = this.form.people.splice(index, 1);
    for (const bill of Array.isArray(this.form.bills) ? this.form.bills : []) if (bill.member === gone.id) bill.member = "";
    this.draw();
    this.querySelector("[data-add-person]")?.focus();
    this.onchanged();
  }

  #household() {
    const { form, onchanged: changed } = this;
    const standingSince = day(form, "standingFrom", { path: "standing/0/from", changed, unknown: false });
    const showSince = () => { standingSince.hidden = ["", "none", null].includes(form.standing); };
    showSince();
    return h("section", { "aria-labelledby": "household-title" },
      h("h2", { id: "household-title" }, t("ui.section.household")),
      chooseOne(form, "standing", { path: "standing", options: choices("standing", STANDINGS), changed: () => { showSince(); changed(); } }),
      standingSince,
      chooseOne(form, "assetsWithinLimit", { path: "assessments", changed, options: [["yes", t("ui.assets.within")], ["no", t("ui.assets.above")]] }),
      amount(form, "savings", { path: "assets/financial", changed }),
      several(form, "expenses", {
        path: "expenses", none: t("ui.none"), some: t("ui.some"), add: t("ui.expense.add"), changed,
        blank: () => ({ kind: "medical", gross: "", insurancePaid: "", assistancePaid: "" }),
        row: (expense, row) => [
          pick(expense, "kind", { path: `expenses/${row}/kind`, options: choices("expense", EXPENSES), changed }),
          ...["gross", "insurancePaid", "assistancePaid"].map((key) => amount(expense, key, { path: `expenses/${row}/${key}`, changed })),
        ],
      }),
      this.#meals(changed));
  }

  #meals(changed) {
    const { form } = this;
    return several(form, "bills", {
      path: "bills", none: t("ui.meal.none"), some: t("ui.meal.some"), add: t("ui.meal.add"), changed,
      blank: () => ({ member: form.people[0].id, meal: "lunch", date: form.date, listPrice: "", listed: "" }),
      row: (bill, row) => [
        pick(bill, "member", { path: `bills/${row}/member`, changed, options: form.people.map((person) => [person.id, personName(form.people, person.id)]) }),
        pick(bill, "meal", { path: `bills/${row}/meal`, options: choices("meal", ["breakfast", "lunch", "dinner"]), changed }),
        day(bill, "date", { path: `bills/${row}/date`, changed }),
        amount(bill, "listPrice", { path: `bills/${row}/listPrice`, changed }),
        chooseOne(bill, "listed", { path: `bills/${row}/listedProvider`, options: yesNo(), changed }),
      ],
    });
  }
}

customElements.define("household-form", HouseholdForm);

// Where the cursor is, in words that outlive a redraw.
function placeOf(element) {
  const path = element.closest("[data-path]")?.getAttribute("data-path");
  if (!path) return null;
  const control = element.type === "radio" ? `input[value="${CSS.escape(element.value)}"]` : element.localName;
  return { path, control };
}
