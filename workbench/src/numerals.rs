//! Amounts in numerals: `两千五百` is 2500. Of `两千五`, which leaves a unit out, nothing is made: a number is read only as it is
//! written out in full. The form of the citizen (`wasm/npm/form/parse.js`) reads the same; `tests/amounts.json` holds both to it.

const FIGURES: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const UNITS: [(char, u32); 3] = [('千', 1000), ('百', 100), ('十', 10)];

/// A text with digits in place of the numerals that are written out in full.
#[must_use]
pub fn in_digits(text: &str) -> String {
    let text: Vec<char> = text.chars().map(plain).collect();
    let mut out = String::new();
    let mut rest = text.as_slice();
    while let Some(first) = rest.first() {
        let length = rest.iter().take_while(|sign| is_numeral(**sign)).count();
        let (numeral, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        let beside = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_digit() || sign == '.');
        match read(numeral).filter(|_| !beside(out.chars().last()) && !beside(after.first().copied())) {
            Some(number) => out.push_str(&number.to_string()),
            None => out.extend(numeral),
        }
        if length == 0 {
            out.push(*first);
        }
        rest = after.get(usize::from(length == 0)..).unwrap_or_default();
    }
    out
}

/// The numerals of receipts as those of every day.
const fn plain(sign: char) -> char {
    match sign {
        '壹' => '一',
        '贰' => '二',
        '叁' => '三',
        '肆' => '四',
        '伍' => '五',
        '陆' => '六',
        '柒' => '七',
        '捌' => '八',
        '玖' => '九',
        '拾' => '十',
        '佰' => '百',
        '仟' => '千',
        other => other,
    }
}

fn is_numeral(sign: char) -> bool {
    FIGURES.contains(&sign) || matches!(sign, '两' | '十' | '百' | '千' | '万')
}

/// The number that these signs write out, if they do.
fn read(signs: &[char]) -> Option<u32> {
    let is_pair = |at: usize| signs.len() == 1 || matches!(signs.get(at.saturating_add(1)), Some('百' | '千' | '万'));
    let two = |(at, sign): (usize, &char)| if *sign == '两' && is_pair(at) { '二' } else { *sign };
    let mut signs: Vec<char> = signs.iter().enumerate().map(two).collect();
    if signs.starts_with(&['一', '十']) {
        signs.remove(0);
    }
    let (mut high, mut low, mut figure) = (0_u32, 0_u32, 0_u32);
    for sign in &signs {
        if let Some(found) = FIGURES.iter().position(|own| own == sign) {
            figure = u32::try_from(found).ok()?;
        } else if let Some((_, unit)) = UNITS.iter().find(|(own, _)| own == sign) {
            (low, figure) = (low.checked_add(figure.max(1).checked_mul(*unit)?)?, 0);
        } else {
            (high, low, figure) = (low.checked_add(figure)?, 0, 0);
        }
    }
    let number = high.checked_mul(10_000)?.checked_add(low)?.checked_add(figure)?;
    (!signs.is_empty() && written_out(number) == signs.iter().collect::<String>()).then_some(number)
}

/// A number below a hundred millions as it is written out, with 二 for two.
fn written_out(number: u32) -> String {
    let (high, low) = (number / 10_000, number % 10_000);
    let mut all = if high > 0 { format!("{}万", four(high).trim_end_matches('零')) } else { String::new() };
    if low > 0 {
        all.push_str(four(low).trim_end_matches('零'));
    }
    let all = all.trim_start_matches('零');
    let all = if all.starts_with("一十") { all.trim_start_matches('一') } else { all };
    if all.is_empty() { "零".to_owned() } else { all.to_owned() }
}

/// Four figures with their units, and one 零 for those between that are missing.
fn four(part: u32) -> String {
    let mut said = String::new();
    let units = UNITS.iter().map(|(sign, unit)| (Some(*sign), *unit)).chain([(None, 1)]);
    for (sign, unit) in units {
        let figure = part.checked_div(unit).and_then(|figures| usize::try_from(figures % 10).ok()).unwrap_or_default();
        if figure > 0 {
            said.extend(FIGURES.get(figure).copied().into_iter().chain(sign));
        } else if !said.ends_with('零') {
            said.push('零');
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_reads_back_as_it_is_written_out_and_no_two_are_written_alike() {
        let mut seen = std::collections::BTreeSet::new();
        for number in (0..20_000).chain((20_000..100_000_000).step_by(99_991)) {
            let written = written_out(number);
            assert_eq!(in_digits(&written), number.to_string(), "{written}");
            assert!(seen.insert(written));
        }
    }
}
