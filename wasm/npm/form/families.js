// What a person may want to find out, and which benefits belong to it.

/** In the order they are offered. */
export const FAMILIES = ["social-assistance", "disability", "elderly", "children", "meals"];

const MEMBERS = {
  "social-assistance": /^(minimum-living|borderline-household|essential-expense|destitute|temporary|fast-small|expense-assistance|low-income|covered|category|exit-grace)/,
  disability: /^disability/,
  elderly: /^(advanced-age|centenarian|elderly|bought-home-care|home-|service-consumption)/,
  children: /(orphan|child)/,
  meals: /^meal/,
};

/** The family of a benefit; one of our day that we do not know belongs to none and is asked for with all. */
export function familyOf(benefit) {
  return FAMILIES.find((family) => MEMBERS[family].test(benefit));
}

/** Whether one of `benefits` is in question for these topics; no topics are all topics. */
export function concerns(topics, benefits) {
  return topics.length === 0 || benefits.some((benefit) => topics.includes(familyOf(benefit)) || familyOf(benefit) === undefined);
}
