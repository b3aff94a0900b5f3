//! Huisuan in the browser: JSON text in, plain JavaScript objects out.
//!
//! This package only translates. What a household may get is decided in `huisuan-core`, and reading what a page hands over,
//! surviving a broken instance and everything else a page needs is JavaScript's part (`npm/`).

use huisuan_core::{Detail, Engine, Question};
use js_sys::Uint8Array;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

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

    /// Decides one household, given as JSON text, on a date `YYYY-MM-DD`, from what was public on another:
    /// a decision, or `{ errors: FactError[] }`.
    ///
    /// # Errors
    /// A JavaScript error if the answer could not be carried across, which the package treats like a broken instance.
    pub fn evaluate(&self, household: &str, date: &str, known_on: Option<String>, steps: bool, cells: bool) -> Result<JsValue, JsValue> {
        let question = Question { date, known_on: known_on.as_deref(), detail: Detail { steps, cells } };
        match self.engine.evaluate(household, question) {
            Ok(decision) => plain(&decision),
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

/// Plain objects, arrays, strings, numbers and null: nothing that `JSON.stringify` would lose.
fn plain(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&Serializer::json_compatible()).map_err(JsValue::from)
}
