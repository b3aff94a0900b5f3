//! `huisuan meal-bill`: what the meals among a household's bills cost the people, and who pays the rest.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use huisuan_core::Question;
use huisuan_core::meal_bill::{MealBill, Share, Shares, Span};

use crate::decide::{Format, Refused, Sources, sentences};
use crate::failure::Failure;
use crate::input;
use crate::messages::Catalogue;
use crate::output::json;

#[derive(Debug, Args)]
pub(crate) struct MealBillOf {
    /// Day to look at the household, such as 2025-03-12 [default: the day of the last meal]
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    #[command(flatten)]
    sources: Sources,
    /// How the bill is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Households with bills: one JSON, or one in each line; `-` reads standard input
    #[arg(default_value = "-")]
    file: PathBuf,
}

pub(crate) fn run(arguments: &MealBillOf, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    input::check_day("--date", arguments.date.as_deref())?;
    let (engine, _) = arguments.sources.engine()?;
    let mut code = ExitCode::SUCCESS;
    for item in input::households(&arguments.file, words)? {
        let item = item.map_err(|error| Failure::Unreadable(arguments.file.clone(), error))?;
        let asked = item.text.as_ref().map_err(|error| vec![error.clone()]).and_then(|text| input::unwrap(text));
        let billed = asked.and_then(|case| {
            let date = case.date.as_deref().or(arguments.date.as_deref()).unwrap_or_default();
            let told = |error| input::told_without_date(error, date);
            engine.meal_bill(case.household, Question::on(date)).map_err(|errors| errors.into_iter().map(told).collect::<Vec<_>>())
        });
        match (billed, arguments.format) {
            (Ok(bill), Format::Json) => json(&bill, out)?,
            (Ok(bill), Format::Text) => out.write_all(statement(&bill, words).as_bytes())?,
            (Err(errors), format) => {
                code = ExitCode::FAILURE;
                for sentence in sentences(&item, &errors, words) {
                    input::tell(&sentence);
                }
                if format == Format::Json {
                    json(&Refused { line: item.line, errors: &errors }, out)?;
                }
            }
        }
    }
    Ok(code)
}

/// One line for each meal and each payer, then what each person's meals come to.
fn statement(bill: &MealBill, words: &Catalogue) -> String {
    let mut lines = String::new();
    for meal in &bill.meals {
        let date = meal.date.map_or_else(String::new, |date| date.to_string());
        let name = meal.meal.map_or_else(String::new, |meal| words.say(&format!("choice.meal.{meal}"), &[]));
        let member = meal.member.as_deref().unwrap_or("");
        let _ = writeln!(lines, "{}", words.say("mealBill.meal", &[("date", &date), ("meal", &name), ("member", member)]));
        shares(&mut lines, &meal.shares, words);
    }
    for sum in &bill.people {
        let (member, meals) = (sum.member.as_deref().unwrap_or(""), sum.meals.to_string());
        let _ = writeln!(lines, "{}", words.say("mealBill.sum", &[("member", member), ("meals", &meals)]));
        shares(&mut lines, &sum.shares, words);
    }
    lines
}

fn shares(lines: &mut String, shares: &Shares, words: &Catalogue) {
    let yuan = |span: Span| match (span.value, span.max) {
        (Some(value), _) => words.say("mealBill.exact", &[("value", &value.to_string())]),
        (None, Some(most)) => words.say("mealBill.between", &[("min", &span.min.to_string()), ("max", &most.to_string())]),
        (None, None) => words.say("mealBill.atLeast", &[("min", &span.min.to_string())]),
    };
    let payer = |share: &Share| words.say(&format!("payer.{}", share.payer.unwrap_or("untold")), &[]);
    let (price, pays) = (yuan(shares.list_price), yuan(shares.pays));
    let _ = writeln!(lines, "  {}", words.say("mealBill.pays", &[("price", &price), ("pays", &pays)]));
    for (code, list) in [("mealBill.rest", &shares.rest), ("mealBill.beside", &shares.beside)] {
        for share in list {
            let benefit = words.say(&format!("benefit.{}", share.benefit), &[]);
            let values = [("benefit", benefit.as_str()), ("payer", &payer(share)), ("amount", &yuan(share.amount))];
            let _ = writeln!(lines, "  {}", words.say(code, &values));
        }
    }
}
