//! The last number known of what is missing, in words: a table may have computed it from another number.

use huisuan_core::decision::LastKnown;

use crate::messages::Catalogue;

/// What is said of it; `None` for what a table writes in a way that is no sentence.
pub(super) fn sentence(parameter: &str, last: &LastKnown, words: &Catalogue) -> Option<String> {
    let money = last.value.split_once('.').is_some_and(|(yuan, fen)| fen.len() == 2 && is_digits(yuan) && is_digits(fen));
    if money {
        let per = last.per.map(|per| format!("amount.exact.{per}"));
        let rate = words.first_of(&[per.as_deref().unwrap_or(""), &format!("rate.{parameter}"), "rate.other"], &[("value", &last.value)]);
        return Some(words.say("missing.lastKnown", &[("amount", &rate), ("from", &last.from)]));
    }
    let value = computed(&last.value, words).or_else(|| is_plain(&last.value).then(|| last.value.clone()))?;
    Some(words.say("missing.lastKnown.other", &[("value", &value), ("from", &last.from)]))
}

/// `ratio 1.5, of minimum-living-standard` in words.
fn computed(value: &str, words: &Catalogue) -> Option<String> {
    let fields: Vec<(&str, &str)> = value.split(", ").map(|field| field.split_once(' ')).collect::<Option<_>>()?;
    let name = |parameter: &str| words.first_of(&[&format!("parameter.{parameter}"), "parameter.other"], &[]);
    let side = |side: &str| words.say(&format!("cli.lastKnown.side.{side}"), &[]);
    match fields.as_slice() {
        [("ratio", ratio), ("of", of)] => Some(words.say("cli.lastKnown.ratio", &[("ratio", ratio), ("parameter", &name(of))])),
        [("ratio", ratio), ("of", of), ("side", town)] => {
            Some(words.say("cli.lastKnown.ratio", &[("ratio", ratio), ("parameter", &format!("{}{}", side(town), name(of)))]))
        }
        [("equals", of)] => Some(words.say("cli.lastKnown.equals", &[("parameter", &name(of))])),
        [("share", share)] => Some(words.say("cli.lastKnown.share", &[("share", share)])),
        [("share", share), ("cap", cap)] => Some(words.say("cli.lastKnown.share.cap", &[("share", share), ("cap", cap)])),
        _ => None,
    }
}

/// A number that is no amount, such as a count of months.
fn is_plain(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Language;

    #[test]
    fn a_number_computed_from_another_is_told_in_words_and_never_as_a_table_writes_it() {
        let said = |value: &str, language| {
            let last = LastKnown { value: value.to_owned(), per: None, from: "2024-01-01".to_owned(), document: String::new() };
            sentence("destitute-basic-standard", &last, &Catalogue::new(language))
        };
        let chinese = |value: &str| said(value, Language::Chinese);
        assert!(chinese("ratio 1.5, of minimum-living-standard").unwrap().contains("低保线的 1.5 倍"));
        assert!(chinese("ratio 3, of minimum-living-standard, side urban").unwrap().contains("城镇低保线的 3 倍"));
        assert!(chinese("equals minimum-living-standard").unwrap().contains("和低保线一样多"));
        assert!(chinese("share 0.40, cap 500.00").unwrap().contains("500.00"));
        assert!(chinese("1672.50").unwrap().contains("1672.50 元"));
        assert!(chinese("12").unwrap().contains("12"));
        for raw in ["relation choose-higher, of a, b", "at-most", "ratio 1.5, of x, rounding unit 1.00, mode up", ""] {
            assert_eq!(chinese(raw), None, "{raw}");
        }
        assert!(said("ratio 1.5, of minimum-living-standard", Language::English).unwrap().contains("1.5 times the"));
    }
}
