//! An answer written down mark by mark, and read off again.
//!
//! The serializer that makes JavaScript values is compiled for one type alone then, instead of for every type of every answer.

use std::cell::Cell;
use std::fmt::{self, Display, Write};

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};

/// What an answer is made of.
#[derive(Clone, Copy, Debug)]
enum Mark {
    Null,
    Truth(bool),
    Whole(i64),
    Positive(u64),
    /// A text that ends here among all texts, and begins where the one before it ends.
    Text(usize),
    /// A text of the program itself: the name of a field or of a choice.
    Name(&'static str),
    /// Items follow, up to the end.
    List,
    /// Names and values follow in turns, up to the end.
    Map,
    /// The same; all names are those of fields.
    Record,
    End,
}

/// An answer, mark by mark.
#[derive(Debug, Default)]
pub(crate) struct Tape {
    marks: Vec<Mark>,
    texts: String,
}

impl Tape {
    /// Writes an answer down.
    pub fn of(answer: &impl Serialize) -> Self {
        let mut tape = Self::default();
        let Ok(()) = answer.serialize(&mut tape);
        tape
    }

    // What every answer does again and again is compiled once.

    #[inline(never)]
    fn put(&mut self, mark: Mark) -> Written {
        self.marks.push(mark);
        Ok(())
    }

    #[inline(never)]
    fn name(&mut self, name: &'static str) {
        let Ok(()) = self.put(Mark::Name(name));
    }

    #[inline(never)]
    fn end(&mut self) -> Written {
        self.put(Mark::End)
    }

    /// Ends a text.
    #[inline(never)]
    fn text(&mut self) -> Written {
        self.put(Mark::Text(self.texts.len()))
    }

    #[inline(never)]
    fn begin(&mut self, mark: Mark) -> Result<&mut Self, Never> {
        let Ok(()) = self.put(mark);
        Ok(self)
    }
}

/// Nothing goes wrong where a mark is put behind another.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Never {}

type Written = Result<(), Never>;

impl Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl Error for Never {
    /// No answer refuses to be written; one that did would break the instance, which the package survives.
    fn custom<T: Display>(_: T) -> Self {
        std::process::abort()
    }
}

macro_rules! one_mark {
    ($($method:ident($of:ty) $mark:ident)*) => {
        $(
            fn $method(self, value: $of) -> Written {
                self.put(Mark::$mark(value.into()))
            }
        )*
    };
}

impl<'t> Serializer for &'t mut Tape {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    one_mark! {
        serialize_bool(bool) Truth
        serialize_i8(i8) Whole
        serialize_i16(i16) Whole
        serialize_i32(i32) Whole
        serialize_i64(i64) Whole
        serialize_u8(u8) Positive
        serialize_u16(u16) Positive
        serialize_u32(u32) Positive
        serialize_u64(u64) Positive
    }

    // No answer is so inexact.

    fn serialize_f32(self, _: f32) -> Written {
        std::process::abort()
    }

    fn serialize_f64(self, _: f64) -> Written {
        std::process::abort()
    }

    fn serialize_char(self, value: char) -> Written {
        self.texts.push(value);
        self.text()
    }

    fn serialize_str(self, value: &str) -> Written {
        self.texts.push_str(value);
        self.text()
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Written {
        // Writing to a string does not fail.
        let _ = write!(self.texts, "{value}");
        self.text()
    }

    fn serialize_bytes(self, value: &[u8]) -> Written {
        value.serialize(self)
    }

    fn serialize_none(self) -> Written {
        self.put(Mark::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.put(Mark::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.put(Mark::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, choice: &'static str) -> Written {
        self.put(Mark::Name(choice))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, choice: &'static str, value: &T) -> Written {
        let mut record = self.begin(Mark::Record)?;
        SerializeStruct::serialize_field(&mut record, choice, value)?;
        SerializeStruct::end(record)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<&'t mut Tape, Never> {
        self.begin(Mark::List)
    }

    fn serialize_tuple(self, _: usize) -> Result<&'t mut Tape, Never> {
        self.begin(Mark::List)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<&'t mut Tape, Never> {
        self.begin(Mark::List)
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, choice: &'static str, _: usize) -> Result<&'t mut Tape, Never> {
        let record = self.begin(Mark::Record)?;
        record.name(choice);
        record.begin(Mark::List)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<&'t mut Tape, Never> {
        self.begin(Mark::Map)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<&'t mut Tape, Never> {
        self.begin(Mark::Record)
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, choice: &'static str, _: usize) -> Result<&'t mut Tape, Never> {
        let record = self.begin(Mark::Record)?;
        record.name(choice);
        record.begin(Mark::Record)
    }
}

/// Parts of a list or a record, one after the other, and how many ends they come to.
macro_rules! parts {
    ($($of:ident $method:ident($($name:ident)?) $ends:literal)*) => {
        $(
            impl $of for &mut Tape {
                type Ok = ();
                type Error = Never;

                fn $method<T: Serialize + ?Sized>(&mut self, $($name: &'static str,)? value: &T) -> Written {
                    $(self.name($name);)?
                    value.serialize(&mut **self)
                }

                fn end(self) -> Written {
                    for _ in 0..$ends {
                        Tape::end(self)?;
                    }
                    Ok(())
                }
            }
        )*
    };
}

parts! {
    SerializeSeq serialize_element() 1
    SerializeTuple serialize_element() 1
    SerializeTupleStruct serialize_field() 1
    SerializeTupleVariant serialize_field() 2
    SerializeStruct serialize_field(name) 1
    SerializeStructVariant serialize_field(name) 2
}

impl SerializeMap for &mut Tape {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(&mut **self)
    }

    fn end(self) -> Written {
        Tape::end(self)
    }
}

/// Reads a tape from its beginning: serialized once, it is the answer; each of its values is the next on the tape.
#[derive(Debug)]
pub(crate) struct Player<'t> {
    tape: &'t Tape,
    mark: Cell<usize>,
    text: Cell<usize>,
}

impl<'t> Player<'t> {
    pub fn new(tape: &'t Tape) -> Self {
        Self { tape, mark: Cell::new(0), text: Cell::new(0) }
    }

    fn next(&self) -> Mark {
        let at = self.mark.get();
        self.mark.set(at.saturating_add(1));
        self.tape.marks.get(at).copied().unwrap_or(Mark::End)
    }

    /// Whether a list or a map ends here; its end is passed.
    fn ends(&self) -> bool {
        let ends = matches!(self.tape.marks.get(self.mark.get()), None | Some(Mark::End));
        if ends {
            self.next();
        }
        ends
    }

    fn text(&self, end: usize) -> &'t str {
        self.tape.texts.get(self.text.replace(end)..end).unwrap_or_default()
    }
}

impl Serialize for Player<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.next() {
            Mark::Null | Mark::End => to.serialize_unit(),
            Mark::Truth(truth) => to.serialize_bool(truth),
            Mark::Whole(number) => to.serialize_i64(number),
            Mark::Positive(number) => to.serialize_u64(number),
            Mark::Text(end) => to.serialize_str(self.text(end)),
            Mark::Name(name) => to.serialize_unit_variant("", 0, name),
            Mark::List => {
                let mut list = to.serialize_seq(None)?;
                while !self.ends() {
                    list.serialize_element(self)?;
                }
                list.end()
            }
            Mark::Map => {
                let mut map = to.serialize_map(None)?;
                while !self.ends() {
                    map.serialize_entry(self, self)?;
                }
                map.end()
            }
            Mark::Record => {
                let mut record = to.serialize_struct("", 0)?;
                while let Mark::Name(name) = self.next() {
                    record.serialize_field(name, self)?;
                }
                record.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::{Player, Tape};

    #[derive(Serialize)]
    struct Nothing;

    #[derive(Serialize)]
    struct Wrapped(u8);

    #[derive(Serialize)]
    struct Both(i8, bool);

    #[derive(Serialize)]
    enum Choice {
        Bare,
        Wrapped(u16),
        Both(i16, char),
        Named { u: u32, i: i32 },
    }

    #[derive(Serialize)]
    struct Inner {
        x: u32,
        y: Option<()>,
    }

    #[derive(Serialize)]
    struct Everything {
        nothing: Nothing,
        wrapped: Wrapped,
        both: Both,
        choices: [Choice; 4],
        texts: (String, &'static str, String),
        none: Option<bool>,
        some: Option<bool>,
        empty: Vec<Inner>,
        map: BTreeMap<String, Vec<i64>>,
        no_map: BTreeMap<String, u64>,
        #[serde(flatten)]
        inner: Inner,
        bytes: &'static [u8],
        shown: Shown,
        large: u64,
        last: Inner,
    }

    struct Shown;

    impl Serialize for Shown {
        fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            to.collect_str(&format_args!("{}-{}", 1, "二"))
        }
    }

    /// Whatever form a value has, it is read off as it would have been written at once.
    #[test]
    fn reads_as_written() {
        let inner = || Inner { x: 7, y: None };
        let everything = Everything {
            nothing: Nothing,
            wrapped: Wrapped(1),
            both: Both(-2, false),
            choices: [Choice::Bare, Choice::Wrapped(3), Choice::Both(-4, '惠'), Choice::Named { u: 5, i: -6 }],
            texts: (String::new(), "低保", "a\"b".to_owned()),
            none: None,
            some: Some(true),
            empty: Vec::new(),
            map: [("一".to_owned(), vec![i64::MIN, 0]), (String::new(), vec![])].into(),
            no_map: BTreeMap::new(),
            inner: inner(),
            bytes: b"\x00\xff",
            shown: Shown,
            large: u64::MAX,
            last: inner(),
        };
        let tape = Tape::of(&everything);
        let read = serde_json::to_value(Player::new(&tape)).expect("JSON");
        assert_eq!(read, serde_json::to_value(&everything).expect("JSON"));
    }
}
