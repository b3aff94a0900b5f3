//! What a person typed into a cell, as a table would have it: full-width digits, 万元, 2026年1月1日, serial days, 农村.
//!
//! Only the form changes here, never what is meant; where both are possible the cell is refused. What does not need
//! tidying comes back as it is, so that a table survives the way through a spreadsheet byte for byte.

use huisuan_core::date::Date;
use huisuan_core::tables::parameters::ValueKind;
use huisuan_core::tables::sheet::Kind;

use crate::grid::Value;
use crate::names::{from_words, has_names, in_words};
use crate::numerals::in_digits;
use crate::words::Words;

/// A cell in the form of the tables.
#[derive(Debug, PartialEq, Eq)]
pub struct Tidy {
    /// The text.
    pub text: String,
    /// What a person should know was done: the code of a note.
    pub note: Option<&'static str>,
}

/// Why a cell is refused: the code, and what would have been accepted.
pub type Refused = (&'static str, &'static str);

/// The first day of 1900 by the number that spreadsheets give it, once they have counted a 29 February that there was not.
const SERIAL_OF_1900: i32 = 2;
/// Serial numbers that are taken for days: 1954-10-03 to 2119-01-18.
const SERIALS: std::ops::Range<i32> = 20_000..80_000;

/// Reads a cell of a column of this kind.
///
/// # Errors
/// A code and what would have been accepted.
pub fn tidy(kind: Kind, value: &Value, words: &Words) -> Result<Tidy, Refused> {
    if let Value::Failed(_) = value {
        return Err(("formula-failed", ""));
    }
    if let (Value::Day(_), false) = (value, kind == Kind::Day) {
        return Err(("taken-for-day", ""));
    }
    let shown = value.shown();
    let plain = |text: String| Ok(Tidy { text, note: None });
    let narrow = narrowed(&shown);
    match kind {
        Kind::Text => plain(shown.trim_matches(is_space).replace(['\u{200b}', '\u{feff}'], "")),
        Kind::Day => day(value, &narrow),
        Kind::Flag | Kind::Truth => plain(truth(&narrow).to_owned()),
        Kind::Number => plain(without_unit(&narrow).to_owned()),
        Kind::Numbers | Kind::Grades => plain(numbers(&narrow)),
        Kind::Span => plain(span(&narrow)),
        Kind::Word => plain(named(&narrow, words)),
        Kind::Words => plain(listed(&narrow, words)),
        Kind::Groups => plain(groups(&narrow, words)),
        Kind::Value(ValueKind::Money) => money(value, &narrow, words),
        Kind::BillFrom => money(value, &narrow, words),
        Kind::Value(ValueKind::Rate) => plain(rate(&narrow, words)),
        Kind::Value(ValueKind::Count) => plain(named(without_unit(&narrow), words)),
        Kind::Value(ValueKind::Word(_)) => plain(named(&narrow, words)),
        Kind::Value(ValueKind::Kinds) => plain(listed(&narrow, words)),
        Kind::Value(ValueKind::Rounding) => plain(from_words(&narrow, words)),
        Kind::YuanSpan => plain(compared(&narrow)),
        Kind::Income => plain(from_words(&compared(&narrow), words)),
        Kind::Disabilities | Kind::Payers | Kind::Limits => plain(from_words(&narrow, words)),
        Kind::Value(ValueKind::Relation | ValueKind::Name) => plain(narrow),
    }
    .map(|tidy| if tidy.text == "null" || !tidy.text.is_empty() { tidy } else { Tidy { text: String::new(), note: None } })
}

/// How a cell is shown to a clerk: words for names where they read back as the same.
#[must_use]
pub fn shown(kind: Kind, text: &str, words: &Words) -> String {
    let by_word = match kind {
        Kind::Flag | Kind::Truth => words.has(&format!("value.{text}")).map(|word| vec![word]),
        Kind::Word | Kind::Words => text.split("; ").map(|name| words.word(name)).collect::<Option<Vec<&str>>>(),
        Kind::Value(ValueKind::Kinds) => text.split("; ").map(|name| words.word(name)).collect::<Option<Vec<&str>>>(),
        Kind::Value(_) => words.word(text).filter(|_| text == "unknown").map(|word| vec![word]),
        _ => None,
    };
    // JSON is written for whoever knows it.
    let is_json = text.starts_with(['{', '[', '"']);
    let said = by_word.map(|names| names.join("; ")).or_else(|| (has_names(kind) && !is_json).then(|| in_words(text, words)));
    match said {
        Some(said) if tidy(kind, &Value::Text(said.clone()), words).is_ok_and(|back| back.text == text) => said,
        _ => text.to_owned(),
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{a0}')
}

/// Full-width signs as plain ones, without what cannot be seen.
fn narrowed(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        c if c.is_whitespace() || c == '\u{a0}' => ' ',
        '‐' | '‑' | '−' | '—' => '–',
        c => c,
    };
    let text: String = text.chars().filter(|c| !matches!(c, '\u{200b}' | '\u{feff}')).map(narrow).collect();
    text.trim().to_owned()
}

fn truth(text: &str) -> &str {
    match text {
        "是" | "√" | "✓" | "Y" | "y" | "Yes" | "YES" | "true" | "TRUE" | "有" | "1" => "yes",
        "否" | "×" | "N" | "n" | "No" | "NO" | "false" | "FALSE" | "无" | "0" => "no",
        other => other,
    }
}

/// `6个月` is 6.
fn without_unit(text: &str) -> &str {
    let units = ["个月", "周岁", "月", "年", "天", "日", "人", "岁", "次", "小时", "平方米"];
    let stripped = units.iter().find_map(|unit| text.strip_suffix(unit)).map(str::trim_end);
    stripped.filter(|digits| is_digits(digits)).unwrap_or(text)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `一级、二级` is `1; 2`.
fn numbers(text: &str) -> String {
    let one = |part: &str| {
        let part = part.trim().trim_end_matches('级').trim();
        match part {
            "一" => "1",
            "二" => "2",
            "三" => "3",
            "四" => "4",
            other => other,
        }
        .to_owned()
    };
    text.split(['、', ',', ';', '和']).map(one).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

/// `80至89周岁` is `80–89`, `80岁以上` is `80–`, `不满18岁` is `–17`.
fn span(text: &str) -> String {
    let text = text.replace("周岁", "").replace(['岁', ' '], "").replace("公里", "").replace(['天', '日'], "");
    if let Some(least) = text.strip_suffix("及以上").or_else(|| text.strip_suffix("以上")).filter(|least| is_digits(least)) {
        return format!("{least}–");
    }
    let below = text.strip_prefix("不满").or_else(|| text.strip_prefix("未满")).filter(|below| is_digits(below));
    if let Some(below) = below.and_then(|below| below.parse::<u32>().ok()).and_then(|below| below.checked_sub(1)) {
        return format!("–{below}");
    }
    text.replace(['至', '到', '~', '-'], "–")
}

/// `<=` is `≤`, `2 * …` is `2 × …`.
fn compared(text: &str) -> String {
    let text = text.replace("<=", "≤").replace(">=", "≥").replace('*', "×");
    text.split(' ').map(|piece| if matches!(piece, "x" | "X") { "×" } else { piece }).collect::<Vec<_>>().join(" ")
}

/// The name a word stands for.
fn named(text: &str, words: &Words) -> String {
    words.meaning("value.", text).unwrap_or(text).to_owned()
}

fn listed(text: &str, words: &Words) -> String {
    // JSON stays as it is.
    if text.starts_with('[') {
        return text.to_owned();
    }
    let mut names = Vec::new();
    for part in text.split(';').map(str::trim) {
        // A name may have commas of its own: 崂山区、黄岛区、城阳区、即墨区 is one zone.
        match words.meaning("value.", part) {
            Some(name) => names.push(name.to_owned()),
            None => names.extend(part.split(['、', ',']).map(|name| named(name.trim(), words))),
        }
    }
    names.retain(|name| !name.is_empty());
    names.join("; ")
}

fn groups(text: &str, words: &Words) -> String {
    if text.starts_with('{') {
        return text.to_owned();
    }
    let one = |part: &str| {
        let part = part.trim();
        let (no, name) = part.strip_prefix("not ").or_else(|| part.strip_prefix('不')).map_or(("", part), |name| ("not ", name.trim()));
        format!("{no}{}", named(name, words))
    };
    text.split(['、', ';']).map(one).collect::<Vec<_>>().join("; ")
}

/// `1,200元` is `1200.00`, `0.12万元` and `一千二百元` too.
fn money(value: &Value, text: &str, words: &Words) -> Result<Tidy, Refused> {
    let as_is = |text: String| Ok(Tidy { text, note: None });
    if let Some(name) = words.meaning("value.", text) {
        return as_is(name.to_owned());
    }
    let mut bare = text;
    for unit in ["/人/月", "/人·月", "/月", "/年", "每月", "每人每月", "每年"] {
        bare = bare.trim_start_matches(unit).trim_end_matches(unit);
    }
    let Some(Yuan { whole, part, is_reckoned }) = yuan(bare) else {
        return match value {
            Value::Number(_) => Err(("not-an-amount", "1115.00")),
            _ => as_is(from_words(text, words)),
        };
    };
    // Typed as text with the decimals a table has: nothing to do.
    if !is_reckoned && matches!(value, Value::Text(_)) && format!("{whole}.{part}") == text && part.len() <= 2 {
        return as_is(text.to_owned());
    }
    let part = part.trim_end_matches('0');
    if part.len() > 2 {
        return Err(("too-many-decimals", "1115.00"));
    }
    let whole = whole.trim_start_matches('0');
    let text = format!("{}.{part:0<2}", if whole.is_empty() { "0" } else { whole });
    Ok(Tidy { text, note: is_reckoned.then_some("ten-thousands") })
}

/// The period that an amount is written for, `month` of `1,200元/月`; none where the cell names none.
#[must_use]
pub fn period(text: &str) -> Option<&'static str> {
    let text = narrowed(text);
    let names = |unit: char| text.contains(['每', '/']) && text.contains(unit);
    if names('年') { Some("year") } else { names('月').then_some("month") }
}

/// Digits before and behind the point, and whether anything was reckoned that a person should see.
struct Yuan {
    whole: String,
    part: String,
    is_reckoned: bool,
}

/// An amount of yuan as people write it.
fn yuan(text: &str) -> Option<Yuan> {
    let written: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let written = written.strip_prefix("人民币").unwrap_or_else(|| written.trim_start_matches(['¥', '￥']));
    let digits = in_digits(written);
    let is_named = digits != written;
    let mut parts = digits.splitn(2, ['元', '块', '圆']);
    let (before, behind) = (parts.next()?, parts.next().unwrap_or_default());
    // “12块5” is 12.50; what stands behind a “元” otherwise could mean two things.
    let tenths = behind.trim_end_matches(['角', '毛']);
    let digits = match behind {
        "" | "整" | "钱" | "钱整" => before.strip_suffix('整').unwrap_or(before).to_owned(),
        _ if tenths.len() == 1 && is_digits(tenths) && is_digits(before) => format!("{before}.{tenths}"),
        _ => return None,
    };
    let scale = [('万', 4), ('千', 3), ('百', 2)].into_iter().find_map(|(sign, places)| Some((digits.strip_suffix(sign)?, places)));
    let (digits, places) = scale.unwrap_or((&digits, 0));
    let digits: String = if is_grouped(digits) { digits.chars().filter(|c| *c != ',').collect() } else { digits.to_owned() };
    let (whole, part) = digits.split_once('.').map_or((digits.as_str(), None), |(whole, part)| (whole, Some(part)));
    if !is_digits(whole) || part.is_some_and(|part| !is_digits(part)) {
        return None;
    }
    let (whole, part) = shifted(whole, part.unwrap_or_default(), places);
    Some(Yuan { whole, part, is_reckoned: is_named || places > 0 })
}

/// `1,200` and `12,000,000`: commas between groups of three digits.
fn is_grouped(digits: &str) -> bool {
    let whole = digits.split('.').next().unwrap_or(digits);
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    whole.contains(',') && is_digits(first) && first.len() <= 3 && groups.all(|group| group.len() == 3 && is_digits(group))
}

/// The point moved to the right.
fn shifted(whole: &str, part: &str, places: usize) -> (String, String) {
    let mut whole = whole.to_owned();
    let mut rest = part.chars();
    for _ in 0..places {
        whole.push(rest.next().unwrap_or('0'));
    }
    (whole, rest.collect())
}

/// `30%` is `0.3`.
fn rate(text: &str, words: &Words) -> String {
    let Some(percent) = text.strip_suffix('%').map(str::trim).filter(|percent| percent.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
    else {
        return named(text, words);
    };
    let (whole, part) = percent.split_once('.').unwrap_or((percent, ""));
    let padded = format!("{whole:0>3}");
    let at = padded.len().saturating_sub(2);
    let (units, hundredths) = padded.split_at_checked(at).unwrap_or(("0", &padded));
    let decimals = format!("{hundredths}{part}");
    let (units, decimals) = (units.trim_start_matches('0'), decimals.trim_end_matches('0'));
    let units = if units.is_empty() { "0" } else { units };
    if decimals.is_empty() { units.to_owned() } else { format!("{units}.{decimals}") }
}

/// A day, or the two days between which it lies.
fn day(value: &Value, text: &str) -> Result<Tidy, Refused> {
    const EXPECTED: &str = "2026-01-01";
    let exact = |text: String, note| match Date::parse(&text) {
        Ok(_) => Ok(Tidy { text, note }),
        Err(_) => Err(("no-such-day", EXPECTED)),
    };
    if let Value::Day(day) = value {
        return exact(day.clone(), None);
    }
    if text == "null" || text.starts_with('{') {
        return Ok(Tidy { text: text.to_owned(), note: None });
    }
    if let (Value::Number(_), Ok(serial)) = (value, text.parse::<i32>())
        && SERIALS.contains(&serial)
    {
        let days = serial.saturating_sub(SERIAL_OF_1900);
        let found = Date::from_ymd(1900, 1, 1).and_then(|first| first.plus_days(days)).ok_or(("no-such-day", EXPECTED))?;
        return exact(found.to_string(), Some("serial-day"));
    }
    let between = ["…", "...", "至", "~"].iter().find_map(|sign| text.split_once(sign));
    if let Some((first, last)) = between {
        let both = [first, last].map(|one| written_day(one.trim()).ok_or(("not-a-day", EXPECTED)));
        let [first, last] = both;
        let (first, last) = (exact(first?, None)?, exact(last?, None)?);
        return Ok(Tidy { text: format!("{}…{}", first.text, last.text), note: None });
    }
    exact(written_day(text).ok_or(("not-a-day", EXPECTED))?, None)
}

/// `2026年1月1日起`, `2026/1/1`, `2026.1.1`, `20260101`.
fn written_day(text: &str) -> Option<String> {
    let text = text.trim_end_matches('起').trim();
    let text = text.split_once(" 00:00").map_or(text, |(day, _)| day);
    if text.len() == 8 && is_digits(text) {
        let (year, rest) = text.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        return Some(format!("{year}-{month}-{day}"));
    }
    let parts: Vec<&str> = text.trim_end_matches(['日', '号']).split(['年', '月', '/', '.', '-', '–']).map(str::trim).collect();
    match parts.as_slice() {
        [year, month, day] if [year, month, day].iter().all(|part| is_digits(part)) && year.len() == 4 => {
            Some(format!("{year}-{month:0>2}-{day:0>2}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let mut words = Words::new(&[
            r#"{ "value.rural": "农村", "value.urban": "城镇", "value.unknown": "不详", "value.lunch": "午餐", "value.dinner": "晚餐",
                "value.vision": "视力", "value.equals": "等同", "parameter.minimum-wage": "最低工资标准" }"#,
        ]);
        words.name([("two-districts", "崂山区、黄岛区")]);
        words
    }

    fn text(kind: Kind, given: &str) -> Result<String, &'static str> {
        tidy(kind, &Value::Text(given.to_owned()), &words()).map(|tidy| tidy.text).map_err(|(code, _)| code)
    }

    fn number(kind: Kind, given: &str) -> Result<String, &'static str> {
        tidy(kind, &Value::Number(given.to_owned()), &words()).map(|tidy| tidy.text).map_err(|(code, _)| code)
    }

    const MONEY: Kind = Kind::Value(ValueKind::Money);

    #[test]
    fn amounts_as_people_type_them() {
        for given in ["1200.00", "１２００", "1,200", "1200元", " ￥1200.00 ", "0.12万元", "1,200.00元/月", "　1200　", "1200\u{a0}"]
        {
            assert_eq!(text(MONEY, given).as_deref(), Ok("1200.00"), "{given}");
        }
        assert_eq!(number(MONEY, "1200").as_deref(), Ok("1200.00"));
        assert_eq!(number(MONEY, "1200.5").as_deref(), Ok("1200.50"));
        assert_eq!(number(MONEY, "1069.3000000000002"), Err("too-many-decimals"));
        assert_eq!(text(MONEY, "不详").as_deref(), Ok("unknown"));
        for stays in ["1.4 × minimum-living-standard rounded up to 1.00", "share 0.25 cap 3.00", "大约1200", "1,2,3", "12,00"] {
            assert_eq!(text(MONEY, stays).as_deref(), Ok(stays));
        }
    }

    #[test]
    fn amounts_are_read_here_as_in_the_form_of_the_citizen() {
        let cases: serde_json::Value = serde_json::from_str(include_str!("../../tests/amounts.json")).unwrap();
        for (given, amount) in cases["read"].as_object().unwrap() {
            assert_eq!(text(MONEY, given).as_deref(), Ok(amount.as_str().unwrap()), "{given}");
        }
        // What is no amount stays as it was typed, for the check of the table to refuse.
        for given in cases["refused"].as_array().unwrap().iter().map(|given| given.as_str().unwrap()) {
            assert_eq!(text(MONEY, given).as_deref(), Ok(given), "{given}");
        }
        for given in ["每人每月一千二百元", "一千二百元/月"] {
            assert_eq!(text(MONEY, given).as_deref(), Ok("1200.00"), "{given}");
        }
        let read = tidy(MONEY, &Value::Text("一千二百元".to_owned()), &words()).unwrap();
        assert_eq!(read.note, Some("ten-thousands"), "the clerk is told what it was read as");
    }

    #[test]
    fn days_as_people_type_them() {
        for given in [
            "2026-01-01",
            "2026年1月1日",
            "２０２６年１月１日起",
            "2026/1/1",
            "2026.01.01",
            "20260101",
            "2026 年 1 月 1 日",
            "2026-01-01 00:00:00",
        ] {
            assert_eq!(text(Kind::Day, given).as_deref(), Ok("2026-01-01"), "{given}");
        }
        assert_eq!(number(Kind::Day, "46023").as_deref(), Ok("2026-01-01"));
        assert_eq!(number(Kind::Day, "2026"), Err("not-a-day"));
        assert_eq!(text(Kind::Day, "2026年1月"), Err("not-a-day"));
        assert_eq!(text(Kind::Day, "2026-02-30"), Err("no-such-day"));
        assert_eq!(text(Kind::Day, "2021年1月1日至2021年7月13日").as_deref(), Ok("2021-01-01…2021-07-13"));
    }

    #[test]
    fn conditions_as_people_type_them() {
        assert_eq!(text(Kind::Word, "农村").as_deref(), Ok("rural"));
        assert_eq!(text(Kind::Words, "午餐、晚餐").as_deref(), Ok("lunch; dinner"));
        assert_eq!(text(Kind::Words, "崂山区、黄岛区"), Ok("two-districts".to_owned()));
        assert_eq!(text(Kind::Words, "崂山区、黄岛区; 午餐、晚餐").as_deref(), Ok("two-districts; lunch; dinner"));
        for given in ["80–89", "80-89", "80至89周岁", "８０～８９岁", "80—89"] {
            assert_eq!(text(Kind::Span, given).as_deref(), Ok("80–89"), "{given}");
        }
        assert_eq!(text(Kind::Span, "100岁及以上").as_deref(), Ok("100–"));
        assert_eq!(text(Kind::Span, "不满18周岁").as_deref(), Ok("–17"));
        assert_eq!(text(Kind::Numbers, "一级、二级").as_deref(), Ok("1; 2"));
        assert_eq!(text(Kind::Number, "6个月").as_deref(), Ok("6"));
        assert_eq!(text(Kind::Value(ValueKind::Rate), "30%").as_deref(), Ok("0.3"));
        assert_eq!(text(Kind::Value(ValueKind::Rate), "150%").as_deref(), Ok("1.5"));
        assert_eq!(tidy(Kind::Numbers, &Value::Day("2026-01-02".to_owned()), &words()), Err(("taken-for-day", "")));
        assert_eq!(tidy(MONEY, &Value::Failed("#REF!".to_owned()), &words()), Err(("formula-failed", "")));
    }

    #[test]
    fn a_name_is_shown_as_a_word_only_if_it_reads_back() {
        assert_eq!(shown(Kind::Word, "rural", &words()), "农村");
        assert_eq!(shown(Kind::Words, "lunch; dinner", &words()), "午餐; 晚餐");
        assert_eq!(shown(Kind::Words, "lunch; brunch", &words()), "lunch; brunch");
        assert_eq!(shown(Kind::Words, "two-districts; lunch", &words()), "崂山区、黄岛区; 午餐");
        // Of what is put together from several names each that has a word.
        for (kind, name, word) in [
            (MONEY, "equals minimum-wage", "等同 最低工资标准"),
            (MONEY, "1.5 × minimum-wage urban", "1.5 × 最低工资标准 城镇"),
            (MONEY, "share 0.25 cap 3.00", "share 0.25 cap 3.00"),
            (Kind::Disabilities, "vision+limb:1,2; hearing:3", "视力+limb:1,2; hearing:3"),
            (Kind::Income, "own ≤ 1.5 × minimum-wage", "own ≤ 1.5 × 最低工资标准"),
        ] {
            assert_eq!(shown(kind, name, &words()), word);
            assert_eq!(text(kind, word).as_deref(), Ok(name));
        }
        assert_eq!(shown(MONEY, "unknown", &words()), "不详");
        assert_eq!(shown(Kind::Text, "unknown", &words()), "unknown");
    }
}
