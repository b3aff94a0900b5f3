//! The closed list of parameters a table may set, and what a value of each is.

/// What the values of a parameter are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Yuan, or something computed from other yuan.
    Money,
    /// A ratio.
    Rate,
    /// One of these words.
    Word(&'static [&'static str]),
    /// How to round.
    Rounding,
}

const OPERATOR: ValueKind = ValueKind::Word(&["below", "at-most"]);
const ENTRY: ValueKind = ValueKind::Word(&["income", "income-or-expenditure"]);
const EXCLUSION: ValueKind = ValueKind::Word(&["excluded"]);
const AGE_RULE: ValueKind = ValueKind::Word(&["birthday", "birth-month", "next-month", "calendar-year"]);

/// Parameters of the national rules; each benefit of `benefits.json` adds one of its own name.
pub const PARAMETERS: &[(&str, ValueKind)] = &[
    ("minimum-living-standard", ValueKind::Money),
    ("minimum-living-allowance-form", ValueKind::Word(&["difference"])),
    ("minimum-living-allowance-rounding", ValueKind::Rounding),
    ("minimum-living-allowance-operator", OPERATOR),
    ("minimum-living-allowance-entry", ENTRY),
    ("minimum-living-allowance-start", ValueKind::Word(&["next-month", "same-month"])),
    ("basic-pension-disregard", ValueKind::Word(&["disregarded", "counted"])),
    ("asset-limit-multiple", ValueKind::Rate),
    ("asset-test", ValueKind::Word(&["financial-only", "financial-and-others"])),
    ("borderline-factor", ValueKind::Rate),
    ("borderline-operator", OPERATOR),
    ("borderline-entry", ENTRY),
    ("borderline-asset-limit-multiple", ValueKind::Rate),
    ("disposable-income-per-person", ValueKind::Money),
    ("disability-living-subsidy", ValueKind::Money),
    ("disability-living-subsidy-classes", ValueKind::Word(&["qualifies"])),
    ("disability-living-subsidy-exclusions", EXCLUSION),
    ("disability-nursing-subsidy", ValueKind::Money),
    ("disability-nursing-subsidy-care-test", ValueKind::Word(&["required", "dropped"])),
    ("disability-nursing-subsidy-exclusions", EXCLUSION),
];

/// What the values of a parameter are; `None` if there is no such parameter. `is_benefit` says whether a name is in `benefits.json`.
#[must_use]
pub fn kind(parameter: &str, is_benefit: impl Fn(&str) -> bool) -> Option<ValueKind> {
    if is_benefit(parameter) {
        return Some(ValueKind::Money);
    }
    if parameter.strip_suffix("-age-rule").is_some_and(is_benefit) {
        return Some(AGE_RULE);
    }
    PARAMETERS.iter().find(|(name, _)| *name == parameter).map(|(_, kind)| *kind)
}
