//! The nesting of the household JSON, worked out once from the dictionary; the reader walks it, the JSON Schema prints it.

use std::sync::OnceLock;

use super::dictionary::{FIELDS, FRAMES, FieldId, Frame};

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
            let name = without(segment, "[]");
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

/// A path without this end.
fn without(path: &'static str, end: &str) -> &'static str {
    path.strip_suffix(end).unwrap_or(path)
}

/// The shape of a whole household.
pub(super) fn household() -> &'static Shape {
    static SHAPE: OnceLock<Shape> = OnceLock::new();
    SHAPE.get_or_init(|| {
        let mut top = Shape::default();
        for info in FRAMES.iter().skip(1) {
            let is_map = info.path.ends_with(".*");
            let list_path = without(without(info.path, "[]"), ".*");
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
