// The household that speeds are measured with: four people, every benefit in question.

export const area = "370683";
export const date = "2024-04-15";

const person = (id, relation, birthDate, sex, facts) => ({
  id,
  relation,
  birthDate,
  sex,
  registeredArea: [{ area }],
  registeredSettlement: "urban",
  usualResidence: [{ area }],
  transfersPaid: [],
  receiving: { noOther: true },
  groups: { noOther: true },
  ...facts,
});

export const household = {
  schemaVersion: 1,
  application: { appliedOn: "2024-03-18" },
  standing: [],
  assessments: [{ test: "assets-within-limit", holds: true }],
  assets: { financial: "20000.00" },
  expenses: [{ kind: "medical", gross: "12000.00", insurancePaid: "8000.00", assistancePaid: "0.00" }],
  bills: [],
  members: [
    person("a", "self", "1950-05-01", "female", {
      incomes: [],
      disabilities: [{ kind: "limb", grade: 1 }],
      disabilityCard: { state: "valid", expiresOn: "2030-01-01" },
    }),
    person("b", "spouse", "1943-11-20", "male", { incomes: [{ kind: "pension", gross: "1100.00", costs: "0.00", months: 1 }], disabilities: [] }),
    person("c", "child", "1978-02-10", "male", { incomes: [{ kind: "wages", gross: "1800.00", costs: "0.00", months: 1 }], disabilities: [] }),
    person("d", "grandchild", "2012-09-01", "female", { incomes: [], disabilities: [] }),
  ],
};
