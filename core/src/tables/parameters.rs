//! The closed list of parameters a table may set, and what a value of each is.

/// What the values of a parameter are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Yuan, or something computed from other yuan.
    Money,
    /// A ratio.
    Rate,
    /// A whole number of months, days, years or people.
    Count,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of kinds of expense.
    Kinds,
    /// How to round.
    Rounding,
    /// How benefits go together.
    Relation,
    /// A name, as people know it.
    Name,
}

const OPERATOR: ValueKind = ValueKind::Word(&["below", "at-most"]);
const REACHING: ValueKind = ValueKind::Word(&["at-least", "above"]);
const ENTRY: ValueKind = ValueKind::Word(&["income", "income-or-expenditure"]);
const EXCLUSION: ValueKind = ValueKind::Word(&["excluded"]);
const COVERED: ValueKind = ValueKind::Word(&["covered"]);
const START: ValueKind = ValueKind::Word(&["next-month", "same-month"]);
const AGE_RULE: ValueKind = ValueKind::Word(&["birthday", "birth-month", "next-month", "calendar-year"]);
const LATE: ValueKind = ValueKind::Word(&["none", "full"]);

/// When the month that is due is paid out: in itself, in the month before, or with the other months of its quarter, in the first
/// or the last month of it, or in one that the text does not name, the month after the quarter at the latest.
const PAID_OUT: ValueKind = ValueKind::Word(&["month", "month-before", "quarter-first-month", "quarter-last-month", "quarter"]);

/// Which office decides: that of the county, or the township to which the county has handed it down (委托乡镇).
const DECIDED_BY: ValueKind = ValueKind::Word(&["county", "township"]);

/// Parameters of the national rules; each benefit of `benefits.json` adds those of [`OWN`].
pub const PARAMETERS: &[(&str, ValueKind)] = &[
    // What a household has to live on.
    ("minimum-living-standard", ValueKind::Money),
    ("disposable-income-per-person", ValueKind::Money),
    ("minimum-wage", ValueKind::Money),
    ("average-rural-minimum-living-standard", ValueKind::Money),
    ("average-floor-area", ValueKind::Count),
    ("settlement-side", ValueKind::Word(&["registration", "residence", "land"])),
    ("separate-household-persons", COVERED),
    ("clergy-years", ValueKind::Count),
    ("unmarried-soldiers", ValueKind::Word(&["counted", "not-counted"])),
    ("member-registration", ValueKind::Word(&["any", "local-or-close-family"])),
    ("basic-pension-disregard", ValueKind::Word(&["disregarded", "counted"])),
    ("income-disregard", ValueKind::Rate),
    ("income-window-months", ValueKind::Count),
    ("new-employment-disregard", ValueKind::Money),
    ("new-employment-disregard-months", ValueKind::Count),
    ("new-employment-disregard-months-most", ValueKind::Count),
    ("new-employment-disregard-event", ValueKind::Word(&["income-start", "recognition"])),
    ("work-expense-deduction", ValueKind::Money),
    ("income-deductible-expenses", ValueKind::Kinds),
    ("asset-test", ValueKind::Word(&["financial-only", "financial-and-others"])),
    ("asset-limit-multiple", ValueKind::Rate),
    ("borderline-asset-limit-multiple", ValueKind::Rate),
    ("essential-expense-asset-limit-multiple", ValueKind::Rate),
    ("destitute-asset-limit-multiple", ValueKind::Rate),
    ("asset-exempt-months-assistance", ValueKind::Count),
    ("asset-exempt-months-house-sale", ValueKind::Count),
    ("asset-exempt-months-compensation", ValueKind::Count),
    ("asset-exempt-months-other", ValueKind::Count),
    ("homes-allowed", ValueKind::Count),
    ("vehicles-allowed", ValueKind::Count),
    ("vehicle-exemption", ValueKind::Word(&["none", "treatment", "treatment-and-livelihood"])),
    ("vehicle-value-limit", ValueKind::Money),
    ("business-registration", ValueKind::Word(&["allowed", "sole-trader-allowed", "not-allowed"])),
    ("large-outgoing-once-multiple", ValueKind::Rate),
    ("large-outgoing-year-multiple", ValueKind::Rate),
    // Minimum living allowance.
    ("minimum-living-allowance-form", ValueKind::Word(&["difference", "graded", "difference-or-graded", "floor-of-difference"])),
    ("minimum-living-allowance-floor", ValueKind::Money),
    ("minimum-living-allowance-grades", ValueKind::Money),
    ("minimum-living-allowance-unpaid-members", EXCLUSION),
    ("minimum-living-allowance-rounding", ValueKind::Rounding),
    ("minimum-living-allowance-rounding-stage", ValueKind::Word(&["household", "person", "with-supplements"])),
    ("minimum-living-allowance-operator", OPERATOR),
    ("minimum-living-allowance-entry", ENTRY),
    ("minimum-living-allowance-start", START),
    ("minimum-living-allowance-review-months", ValueKind::Count),
    ("minimum-living-allowance-decision-workdays", ValueKind::Count),
    ("minimum-living-allowance-decision-workdays-extended", ValueKind::Count),
    ("minimum-living-allowance-decision-workdays-delegated", ValueKind::Count),
    ("residence-permit-application", ValueKind::Word(&["accepted", "not-accepted"])),
    ("same-province-application", ValueKind::Word(&["registered-area", "usual-residence"])),
    ("category-supplement", ValueKind::Money),
    ("category-supplement-programmes", COVERED),
    ("category-supplement-stacking", ValueKind::Word(&["highest", "add"])),
    ("exit-grace-months", ValueKind::Count),
    ("exit-grace-amount", ValueKind::Word(&["previous-amount", "previous-amount-capped", "previous-amount-tapered"])),
    ("exit-grace-share", ValueKind::Rate),
    ("exit-grace-reason", ValueKind::Word(&["work", "any"])),
    ("exit-grace-band", ValueKind::Word(&["borderline", "any"])),
    // Borderline households and their members.
    ("borderline-factor", ValueKind::Rate),
    ("borderline-operator", OPERATOR),
    ("borderline-entry", ENTRY),
    ("borderline-income-cap", ValueKind::Money),
    ("low-income-factor", ValueKind::Rate),
    ("low-income-operator", OPERATOR),
    ("low-income-asset-limit-multiple", ValueKind::Rate),
    ("covered-individually-persons", COVERED),
    ("covered-individually-form", ValueKind::Word(&["standard-less-own-income", "amount"])),
    ("covered-individually-amount", ValueKind::Money),
    ("covered-individually-blocked-by", ValueKind::Word(&["nobody", "able-member"])),
    // Hardship from essential expenses.
    ("essential-expense-ratio", ValueKind::Rate),
    ("essential-expense-operator", REACHING),
    ("essential-expense-items", ValueKind::Kinds),
    ("essential-expense-test", ValueKind::Word(&["ratio", "subtraction", "either", "expenses-above-income"])),
    ("essential-expense-subtraction-multiple", ValueKind::Rate),
    ("essential-expense-valid-months", ValueKind::Count),
    ("essential-expense-hardship-decision-workdays", ValueKind::Count),
    ("essential-expense-hardship-decision-workdays-extended", ValueKind::Count),
    ("essential-expense-cash", ValueKind::Word(&["paid", "not-paid"])),
    // Destitute support.
    ("destitute-persons", COVERED),
    ("destitute-income-disregard", ValueKind::Rate),
    ("destitute-couples", ValueKind::Word(&["together", "each-alone"])),
    ("destitute-basic-standard", ValueKind::Money),
    ("destitute-care-standard", ValueKind::Money),
    ("destitute-care-hours", ValueKind::Count),
    ("destitute-support-decision-workdays", ValueKind::Count),
    // Temporary assistance.
    ("temporary-assistance-cap", ValueKind::Money),
    ("temporary-assistance-cap-counts", ValueKind::Word(&["person", "household"])),
    ("temporary-assistance-special-cap", ValueKind::Money),
    ("temporary-assistance-fast-counts", ValueKind::Word(&["person", "household"])),
    ("temporary-assistance-least", ValueKind::Money),
    ("temporary-assistance-fast-cap", ValueKind::Money),
    ("temporary-assistance-per-year", ValueKind::Count),
    ("temporary-assistance-yearly-cap", ValueKind::Money),
    // Children.
    ("orphan-allowance", ValueKind::Money),
    ("unattended-child-allowance", ValueKind::Money),
    ("unattended-child-allowance-decision-workdays", ValueKind::Count),
    ("unattended-child-more-circumstances", ValueKind::Word(&["included"])),
    ("key-difficulty-child-allowance", ValueKind::Money),
    ("key-difficulty-child-allowance-form", ValueKind::Word(&["top-up", "full"])),
    (
        "key-difficulty-child-circumstances",
        ValueKind::Word(&["both-parents-unable", "one-parent-lost-other-unable", "one-parent-lost-other-poor", "poor-family-ill-child"]),
    ),
    ("borderline-child-allowance", ValueKind::Money),
    // The two disability subsidies.
    ("disability-living-subsidy", ValueKind::Money),
    ("disability-living-subsidy-classes", ValueKind::Word(&["qualifies"])),
    ("disability-living-subsidy-exclusions", EXCLUSION),
    ("disability-nursing-subsidy", ValueKind::Money),
    ("disability-nursing-subsidy-care-test", ValueKind::Word(&["required", "dropped"])),
    ("disability-nursing-subsidy-exclusions", EXCLUSION),
    ("disability-service-card", ValueKind::Word(&["accepted", "not-accepted"])),
    ("disability-reissue-start", ValueKind::Word(&["card-issue-month", "application-month"])),
    ("disability-reissue-back-pay-months", ValueKind::Count),
    ("disability-move-stop", ValueKind::Word(&["left-province", "left-city", "left-county"])),
    ("disability-death-stop", START),
    ("disability-prison-stop", ValueKind::Word(&["next-month", "not-stopped"])),
    // How benefits of one person go together.
    ("benefit-relations", ValueKind::Relation),
    // Older people.
    ("ability-level-changes", ValueKind::Word(&["one-step", "each-counts"])),
];

/// National benefits that are written in Rust; those of `benefits.json` come after them.
pub const NATIONAL: &[&str] = &[
    "minimum-living-allowance",
    "borderline-household",
    "essential-expense-hardship",
    "low-income-household",
    "exit-grace-period",
    "covered-individually",
    "category-supplement",
    "destitute-support",
    "orphan-allowance",
    "unattended-child-allowance",
    "key-difficulty-child-allowance",
    "borderline-child-allowance",
    "disability-living-subsidy",
    "disability-nursing-subsidy",
    "temporary-assistance",
    "fast-small-assistance",
    "expense-assistance",
];

/// What each benefit of `benefits.json` may set, as endings of its own name.
pub const OWN: &[(&str, ValueKind)] = &[
    ("", ValueKind::Money),
    ("-extra", ValueKind::Money),
    ("-age-rule", AGE_RULE),
    ("-late-application", LATE),
    ("-early-application-months", ValueKind::Count),
    ("-exclusions", EXCLUSION),
    ("-total-cap", ValueKind::Money),
    ("-start-workdays", ValueKind::Count),
    ("-least-bill", ValueKind::Word(&["list-price", "after-discount"])),
    ("-rounding", ValueKind::Rounding),
];

/// What every benefit that pays may set, in Rust or of `benefits.json`, as endings of its own name.
pub const OF_ANY: &[(&str, ValueKind)] = &[("-paid-out", PAID_OUT), ("-name", ValueKind::Name), ("-decided-by", DECIDED_BY)];

/// What the values of a parameter are; `None` if there is no such parameter. `is_benefit` says whether a name is in `benefits.json`.
#[must_use]
pub fn kind(parameter: &str, is_benefit: impl Fn(&str) -> bool) -> Option<ValueKind> {
    let own = OWN.iter().find(|(ending, _)| parameter.strip_suffix(ending).is_some_and(&is_benefit));
    let of_any =
        OF_ANY.iter().find(|(ending, _)| parameter.strip_suffix(ending).is_some_and(|name| is_benefit(name) || NATIONAL.contains(&name)));
    own.or(of_any).or_else(|| PARAMETERS.iter().find(|(name, _)| *name == parameter)).map(|(_, kind)| *kind)
}
