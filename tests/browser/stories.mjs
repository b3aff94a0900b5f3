// Five stories from the policy sheets: what each person knows, and what must come out.

/** What holds for nearly everybody and is said in one go. */
const COMMON = [
  [/^standing$/, { choose: "none" }],
  [/registeredSettlement$/, { choose: "urban", all: true }],
  [/livesWithHousehold/, { choose: "yes", all: true }],
  [/absence$/, { all: true }],
  [/workAbility$/, { choose: "full", all: true }],
  [/employment\/status$/, { choose: "employed", all: true }],
  [/carePlace\/kind$/, { choose: "home", all: true }],
  [/longTermCareNeed\/needed$/, { choose: "no", all: true }],
  [/usualResidence$/, { rows: [[["莱州", "370683"]]], all: true }],
  [/transfersPaid$/, { none: true, all: true }],
  [/refusedOn$/, { none: true, all: true }],
  [/(receiving|groups|illness|services|land)$/, { ticks: [], all: true }],
  [/disabilities$/, { none: true, all: true }],
  [/serviceInjuryCard\/kind$/, { choose: "none", all: true }],
  [/^(expenses|bills|dwellings|obligors)$|^assets\/(vehicles|businesses|exempt|largeOutgoings)$/, { none: true }],
  [/verificationConsent$/, { choose: "yes" }],
];

export const STORIES = [
  {
    name: "a Laizhou family just over the line in April 2024",
    date: "2024-04-15",
    knows: [
      [/^place$/, { area: ["laizhou", "370683"] }],
      [/^topics$/, { topics: ["social-assistance"] }],
      [/^members$/, { members: [["self", "1976年3月12日"], ["spouse", "1978.8.1"], ["child", "20101120"]] }],
      [/members\/0\/incomes$/, { rows: [["wages", "３，２０８", "0"]] }],
      [/incomes$/, { none: true, all: true }],
      [/^assessments$/, { fields: ["yes", "yes"] }],
      [/assets\/financial$/, { text: "0.6万" }],
      ...COMMON,
    ],
    // Three people at 1,069.00: the line is 3,207.00, one yuan less than comes in; 1.5 times it is 4,810.50.
    expect: [
      { benefit: "minimum-living-allowance", outcome: "ineligible" },
      { benefit: "borderline-household", outcome: "eligible" },
    ],
  },
  {
    name: "a disabled person of Chongqing who lives in Jimo in May 2026",
    date: "2026-05-14",
    knows: [
      [/^place$/, { area: ["重庆 渝中", "500103"] }],
      [/^topics$/, { topics: ["disability"] }],
      [/^members$/, { members: [["self", "1985-06-01"]] }],
      [/disabilities$/, { rows: [["limb", "1"]] }],
      [/disabilityCard$/, { fields: ["valid", "2030-01-01"] }],
      [/^standing$/, { choose: "minimum-living-allowance" }],
      [/usualResidence$/, { rows: [[["即墨", "370215"]]] }],
      ...COMMON,
    ],
    // The amounts of Chongqing, whoever's window takes the papers: 100 for living, 110 for nursing of the first grade.
    expect: [
      { benefit: "disability-living-subsidy", outcome: "eligible", amount: "100.00" },
      { benefit: "disability-nursing-subsidy", outcome: "eligible", amount: "110.00" },
    ],
    // Nobody asks where they live: any window in the country takes the papers.
    shows: "[data-anywhere]",
  },
  {
    name: "an 82-year-old in Beijing in 2020",
    date: "2020-06-15",
    knows: [
      [/^place$/, { area: ["北京 朝阳区", "110105"] }],
      [/^topics$/, { topics: ["elderly"] }],
      [/^members$/, { members: [["self", "1938-02-01"]] }],
      [/incomes$/, { rows: [["pension", "3500元", "0"]] }],
      [/ability$/, { unknown: true }],
      ...COMMON,
    ],
    // From 80 to 89: 100 yuan a month.
    expect: [{ benefit: "advanced-age-allowance", outcome: "eligible", amount: "100.00" }],
  },
  {
    name: "a destitute elder in Zibo in 2024",
    date: "2024-06-15",
    knows: [
      [/^place$/, { area: ["zhangdian", "370303"] }],
      [/^topics$/, { topics: ["social-assistance"] }],
      [/^members$/, { members: [["self", "1948-02-01"]] }],
      [/^standing$/, { choose: "destitute-support" }],
      [/registeredSettlement$/, { choose: "rural" }],
      ...COMMON,
    ],
    expect: [],
  },
  {
    name: "lunches of a Guangzhou pensioner in March 2025",
    date: "2025-03-10",
    knows: [
      [/^place$/, { area: ["广州 天河", "440106"] }],
      [/^topics$/, { topics: ["meals"] }],
      [/^members$/, { members: [["self", "1955-02-01"]] }],
      [/^bills$/, { rows: [["lunch", "2025年3月10日", "11元", "yes"], ["lunch", "2025-03-11", "16", "yes"]] }],
      [/usualResidence$/, { rows: [[["广州 天河", "440106"]]] }],
      ...COMMON,
    ],
    // A quarter of the bill, 3 yuan at most, once a lunch: 11 × 25 % = 2.75; 16 × 25 % = 4, so 3.
    expect: [
      { benefit: "meal-discount", outcome: "eligible", amount: "2.75" },
      { benefit: "meal-discount", outcome: "eligible", amount: "3.00" },
    ],
  },
];
