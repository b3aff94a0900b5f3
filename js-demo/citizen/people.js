// What to call a person of whom we never ask the name.

import { t } from "./messages.js";

/** “本人”, “孩子 2”: the relation, with a number if several share it. */
export function personName(people, id) {
  const index = people.findIndex((person) => person.id === id);
  if (index < 0) return id ?? "";
  const relation = people[index].relation;
  if (!relation) return t("ui.person", { number: index + 1 });
  const alike = people.filter((person) => person.relation === relation);
  const name = t(`choice.relation.${relation}`);
  return alike.length === 1 ? name : `${name} ${alike.indexOf(people[index]) + 1}`;
}
