//! Stands in for the core until it is there.
use serde::Serialize;
#[derive(Debug)]
pub(crate) struct Engine {
    size: usize,
}
pub(crate) struct Detail {
    pub(crate) steps: bool,
    pub(crate) cells: bool,
}
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Decision {
    schema_version: u8,
    date: String,
    size: usize,
    steps: bool,
    cells: bool,
    benefits: Vec<String>,
}
#[derive(Serialize)]
pub(crate) struct Problem {
    code: &'static str,
}
impl Engine {
    pub(crate) fn from_packs(packs: &[&[u8]]) -> Result<Self, Vec<Problem>> {
        if packs.iter().any(|pack| pack.first() != Some(&b'{')) {
            return Err(vec![Problem { code: "not-json" }]);
        }
        Ok(Self { size: packs.iter().map(|pack| pack.len()).fold(0, usize::saturating_add) })
    }
    pub(crate) fn evaluate(&self, text: &str, date: &str, detail: Detail) -> Result<Decision, Vec<Problem>> {
        if !text.starts_with('{') {
            return Err(vec![Problem { code: "not-an-object" }]);
        }
        let copy = text.to_owned().into_boxed_str();
        Ok(Decision {
            schema_version: 1,
            date: date.to_owned(),
            size: copy.len().saturating_add(self.size),
            steps: detail.steps,
            cells: detail.cells,
            benefits: Vec::new(),
        })
    }
    pub(crate) fn describe(&self) -> Vec<Problem> {
        Vec::new()
    }
}
