//! Huisuan in the browser: JSON text in, plain JavaScript objects out.
//!
//! This package only translates. What a household may get is decided in `huisuan-core`, and reading what a page hands over,
//! surviving a broken instance and everything else a page needs is JavaScript's part (`npm/`).

mod tape;

use huisuan_core::packet::{PacketAsk, VerifyAsk};
use huisuan_core::schedule::Span;
use huisuan_core::sweep::Along;
use huisuan_core::{Detail, Engine, Question};
use js_sys::Uint8Array;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Gives out the memory of an instance.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::GlobalTlsf = rlsf::GlobalTlsf::new();

/// Tables that have been checked and are ready to decide.
#[wasm_bindgen]
#[derive(Debug)]
pub struct WasmEngine {
    engine: Engine,
}

#[wasm_bindgen]
impl WasmEngine {
    /// Checks the packs, each the bytes of one area's chain of tables.
    ///
    /// # Errors
    /// `{ errors: TableError[] }`: everything wrong with the packs.
    #[wasm_bindgen(constructor)]
    pub fn new(packs: Vec<Uint8Array>) -> Result<WasmEngine, JsValue> {
        let packs: Vec<Vec<u8>> = packs.iter().map(Uint8Array::to_vec).collect();
        let packs: Vec<&[u8]> = packs.iter().map(Vec::as_slice).collect();
        match Engine::from_packs(&packs) {
            Ok(engine) => Ok(Self { engine }),
            Err(errors) => Err(plain(&Mistakes { errors })?),
        }
    }

    /// The same engine for some benefits alone.
    ///
    /// # Errors
    /// `{ errors: FactError[] }`: every id that no benefit has.
    pub fn only(self, benefits: Vec<String>) -> Result<WasmEngine, JsValue> {
        match self.engine.only(&benefits) {
            Ok(engine) => Ok(Self { engine }),
            Err(errors) => Err(plain(&Mistakes { errors })?),
        }
    }

    /// Decides one household, given as JSON text, on a date `YYYY-MM-DD`, from what was public on another:
    /// a decision, or `{ errors: FactError[] }`.
    ///
    /// # Errors
    /// A JavaScript error if the answer could not be carried across, which the package treats like a broken instance.
    pub fn evaluate(
        &self,
        household: &str,
        date: &str,
        known_on: Option<String>,
        steps: bool,
        cells: bool,
        tight: bool,
    ) -> Result<JsValue, JsValue> {
        let detail = Detail { steps, cells, tight };
        answer(self.engine.evaluate(household, Question { date, known_on: known_on.as_deref(), detail }))
    }

    /// How every answer runs along a fact, or along days (`date`), from one value to another.
    ///
    /// # Errors
    /// As for `evaluate`.
    pub fn sweep(
        &self,
        household: &str,
        date: &str,
        known_on: Option<String>,
        path: &str,
        from: &str,
        until: &str,
    ) -> Result<JsValue, JsValue> {
        let question = Question { known_on: known_on.as_deref(), ..Question::on(date) };
        answer(self.engine.sweep(household, question, &Along { path, from, until }))
    }

    /// How far each person is from what they do not get.
    ///
    /// # Errors
    /// As for `evaluate`.
    pub fn distances(&self, household: &str, date: &str, known_on: Option<String>) -> Result<JsValue, JsValue> {
        answer(self.engine.distances(household, Question { known_on: known_on.as_deref(), ..Question::on(date) }))
    }

    /// Why the second of two households, or days, is answered otherwise than the first.
    ///
    /// # Errors
    /// As for `evaluate`.
    pub fn contrast(
        &self,
        before: &str,
        before_date: &str,
        before_known_on: Option<String>,
        after: &str,
        after_date: &str,
        after_known_on: Option<String>,
    ) -> Result<JsValue, JsValue> {
        let question = |date, known_on| Question { known_on, ..Question::on(date) };
        let before = (before, question(before_date, before_known_on.as_deref()));
        answer(self.engine.contrast(before, (after, question(after_date, after_known_on.as_deref()))))
    }

    /// What is due month by month, given as JSON text and two months `YYYY-MM`: a schedule, or `{ errors: FactError[] }`.
    ///
    /// # Errors
    /// As for `evaluate`.
    pub fn schedule(&self, household: &str, from: &str, to: &str, known_on: Option<String>) -> Result<JsValue, JsValue> {
        answer(self.engine.schedule(household, Span { from, to, known_on: known_on.as_deref() }))
    }

    /// What changes by itself between two months: a timeline, or `{ errors: FactError[] }`.
    ///
    /// # Errors
    /// As for `evaluate`.
    pub fn timeline(&self, household: &str, from: &str, to: &str, known_on: Option<String>) -> Result<JsValue, JsValue> {
        answer(self.engine.timeline(household, Span { from, to, known_on: known_on.as_deref() }))
    }

    /// A case packet of a household given as JSON text; `ask` is JSON: `{ packet, id, sm3 }`, or `{ errors: FactError[] }`.
    ///
    /// # Errors
    /// As for `evaluate`.
    pub fn packet(&self, household: &str, ask: &str) -> Result<JsValue, JsValue> {
        answer(PacketAsk::read(ask).and_then(|ask| self.engine.packet(household, &ask)))
    }

    /// Takes a packet up; `ask` is JSON: a verification, or `{ errors: FactError[] }`.
    ///
    /// # Errors
    /// As for `evaluate`.
    pub fn verify(&self, packet: &str, ask: &str) -> Result<JsValue, JsValue> {
        answer(VerifyAsk::read(ask).and_then(|ask| self.engine.verify(packet, &ask)))
    }

    /// What the meals among a household's bills cost the people, and who pays the rest; without a date the household is
    /// looked at on the day of its last meal: a meal bill, or `{ errors: FactError[] }`.
    ///
    /// # Errors
    /// As for `evaluate`.
    #[wasm_bindgen(js_name = mealBill)]
    pub fn meal_bill(&self, household: &str, date: Option<String>, known_on: Option<String>) -> Result<JsValue, JsValue> {
        let question = Question { known_on: known_on.as_deref(), ..Question::on(date.as_deref().unwrap_or_default()) };
        match self.engine.meal_bill(household, question) {
            Ok(bill) => plain(&bill),
            Err(errors) => plain(&Mistakes { errors }),
        }
    }

    /// What the packs cover: areas, benefits, facts, dates.
    ///
    /// # Errors
    /// As for `evaluate`.
    pub fn describe(&self) -> Result<JsValue, JsValue> {
        plain(&self.engine.describe())
    }
}

/// Everything that is wrong with an input, as JavaScript sees it.
#[derive(Serialize)]
struct Mistakes<E> {
    errors: Vec<E>,
}

/// What was asked for, or everything that is wrong with the question.
fn answer<E: Serialize>(found: Result<impl Serialize, Vec<E>>) -> Result<JsValue, JsValue> {
    match found {
        Ok(found) => plain(&found),
        Err(errors) => plain(&Mistakes { errors }),
    }
}

/// Plain objects, arrays, strings, numbers and null: nothing that `JSON.stringify` would lose.
fn plain(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let tape = tape::Tape::of(value);
    tape::Player::new(&tape).serialize(&Serializer::json_compatible()).map_err(JsValue::from)
}
