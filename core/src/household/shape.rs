//! The nesting of the household JSON, worked out once from the dictionary; the reader walks it, the JSON Schema prints it.

use std::sync::OnceLock;

use super::dictionary::{FIELDS, FRAMES, FieldId, Frame, Kind};

/// What may stand at one place of the household JSON.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// A value.
    pub leaf: Option<FieldId>,
    /// A list or map, whose rows are `item`.
    pub frame: Option<(Frame, bool)>,
    /// What each row of the list or map is.
    pub item: Option<Box<Shape>>,
    /// Named parts.
    pub children: Vec<(&'static str, Shape)>,
}

impl Shape {
    pub fn child(&self, name: &str) -> Option<&Shape> {
        self.children.iter().find(|(own, _)| *own == name).map(|(_, shape)| shape)
    }

    /// Finds or makes the place at the end of `path`.
    fn at(&mut self, path: &'static str) -> &mut Shape {
        let mut place = self;
        for segment in path.split('.').filter(|segment| !segment.is_empty()) {
            let name = segment.trim_end_matches("[]");
            if name != "*" {
                let known = place.children.iter().position(|(own, _)| *own == name);
                let at = known.unwrap_or(place.children.len());
                if known.is_none() {
                    place.children.push((name, Shape::default()));
                }
                #[expect(clippy::indexing_slicing, reason = "the position was found or made just above")]
                let (_, child) = &mut place.children[at];
                place = child;
            }
            if segment == "*" || segment.ends_with("[]") {
                place = place.item.get_or_insert_default();
            }
        }
        place
    }
}

/// The shape of a whole household.
pub(super) fn household() -> &'static Shape {
    static SHAPE: OnceLock<Shape> = OnceLock::new();
    SHAPE.get_or_init(|| {
        let mut top = Shape::default();
        for info in FRAMES.iter().skip(1) {
            let is_map = info.path.ends_with(".*");
            let list_path = info.path.trim_end_matches("[]").trim_end_matches(".*");
            let list = top.at(list_path);
            list.frame = Some((info.frame, is_map));
            list.item.get_or_insert_default();
        }
        for (position, field) in FIELDS.iter().enumerate() {
            let row = top.at(field.frame.info().path);
            let id = FieldId(u16::try_from(position).unwrap_or(u16::MAX));
            // The key of a map stands before the colon, not inside the row.
            let is_key = field.path == "key" && field.frame.info().path.ends_with('*');
            if !is_key {
                row.at(field.path).leaf = Some(id);
            }
        }
        top
    })
}

/// The key field of a map.
pub(super) fn key_field(frame: Frame) -> Option<FieldId> {
    FIELDS
        .iter()
        .position(|field| field.frame == frame && field.path == "key")
        .and_then(|position| u16::try_from(position).ok())
        .map(FieldId)
}

/// The JSON Schema (draft 2020-12) of a household.
#[must_use]
pub fn schema() -> String {
    let mut out = String::from(
        "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"title\": \"Household\",\n  \
         \"description\": \"Facts about the people and their means. Absent: not asked yet. Null: asked, not known. An empty list: none.\",",
    );
    let text = describe(household(), 1, &["members", "schemaVersion"], false);
    out.push_str(text.trim_start().trim_start_matches('{'));
    out.push('\n');
    out
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn describe(shape: &Shape, depth: usize, required: &[&str], nullable: bool) -> String {
    let pad = "  ".repeat(depth);
    let type_of = |name: &str| if nullable { format!("[\"{name}\", \"null\"]") } else { format!("\"{name}\"") };
    if let (Some(id), true) = (shape.leaf, shape.children.is_empty()) {
        return leaf(id, nullable);
    }
    let deeper = depth.saturating_add(1);
    if let (Some((frame, is_map)), Some(item)) = (shape.frame, &shape.item) {
        let row_required: &[&str] = if frame == Frame::Member { &["id"] } else { &[] };
        let row = describe(item, deeper, row_required, false);
        if !is_map {
            return format!("{{ \"type\": {}, \"maxItems\": {},\n{pad}  \"items\": {row} }}", type_of("array"), frame.info().most);
        }
        let keys = key_field(frame).map(|id| id.field().kind);
        let names: Vec<String> = match keys {
            Some(Kind::Choice(names)) => names.iter().map(|name| format!("{pad}  {}: {row}", quoted(name))).collect(),
            _ => Vec::new(),
        };
        let fixed = shape.children.iter().map(|(name, child)| format!("{pad}  {}: {}", quoted(name), describe(child, deeper, &[], true)));
        let all: Vec<String> = fixed.chain(names.iter().cloned()).collect();
        let open = if names.is_empty() { row } else { "false".to_owned() };
        return format!(
            "{{ \"type\": {}, \"additionalProperties\": {open}, \"properties\": {{\n{}\n{pad}}} }}",
            type_of("object"),
            all.join(",\n")
        );
    }
    let parts: Vec<String> = shape
        .children
        .iter()
        .map(|(name, child)| format!("{pad}  {}: {}", quoted(name), describe(child, deeper, &[], !required.contains(name))))
        .collect();
    let required: Vec<String> = required.iter().map(|name| quoted(name)).collect();
    format!(
        "{{ \"type\": {}, \"additionalProperties\": false, \"required\": [{}], \"properties\": {{\n{}\n{pad}}} }}",
        type_of("object"),
        required.join(", "),
        parts.join(",\n")
    )
}

fn leaf(id: FieldId, nullable: bool) -> String {
    let field = id.field();
    let about = quoted(field.about);
    let kind = |name: &str| if nullable { format!("[\"{name}\", \"null\"]") } else { format!("\"{name}\"") };
    match field.kind {
        Kind::Money => format!(
            "{{ \"type\": {}, \"pattern\": \"^(0|[1-9][0-9]{{0,8}})(\\\\.[0-9]{{1,2}})?$\", \"description\": {about} }}",
            kind("string")
        ),
        Kind::Count { min, max } => {
            format!("{{ \"type\": {}, \"minimum\": {min}, \"maximum\": {max}, \"description\": {about} }}", kind("integer"))
        }
        Kind::Truth => format!("{{ \"type\": {}, \"description\": {about} }}", kind("boolean")),
        Kind::Day => format!("{{ \"type\": {}, \"format\": \"date\", \"description\": {about} }}", kind("string")),
        Kind::Place => format!("{{ \"type\": {}, \"pattern\": \"^[0-9]{{6}}$\", \"description\": {about} }}", kind("string")),
        Kind::Text | Kind::Person => format!("{{ \"type\": {}, \"maxLength\": 64, \"description\": {about} }}", kind("string")),
        Kind::Choice(names) => {
            let mut names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
            if nullable {
                names.push("null".to_owned());
            }
            format!("{{ \"enum\": [{}], \"description\": {about} }}", names.join(", "))
        }
    }
}
