//! serde over a [`Tree`]: every scalar is given as the text that was typed, every error names its node.
//!
//! Where a type asks for anything, a scalar is a text and never a number: `0.00` stays `0.00`. Where it asks for a
//! number or a boolean, the same texts are taken as in `serde_yaml`.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeSeed, Expected, Visitor};

use super::error::{Error, Kind as Mistake, Wanted};
use super::numbers::{boolean, float, whole};
use super::stub::Stub;
use super::tree::{Kind, Style, Tree};

/// A value from the root of a tree. With `explain`, errors say what was wanted, at the cost of describing it at
/// every node.
pub(super) fn read<'de, T: de::Deserialize<'de>>(tree: &'de Tree<'_>, explain: bool) -> Result<T, Error> {
    match tree.root() {
        Some(id) => T::deserialize(Reader { tree, id, explain }),
        None => T::deserialize(Stub::new(0)),
    }
}

/// A node to read a value from.
#[derive(Clone, Copy)]
struct Reader<'de, 't> {
    tree: &'de Tree<'t>,
    id: usize,
    explain: bool,
}

impl<'de, 't> Reader<'de, 't> {
    fn kind(self) -> &'de Kind<'t> {
        &self.tree.node(self.id).kind
    }

    /// The text of a scalar, and whether it has no quotes.
    fn scalar(self) -> Option<(&'de str, bool)> {
        match self.kind() {
            Kind::Scalar { text, style } => Some((text, *style == Style::Plain)),
            _ => None,
        }
    }

    fn stub(self) -> Option<Stub> {
        match self.kind() {
            Kind::Broken(refused) => Some(Stub::new(*refused)),
            _ => None,
        }
    }

    /// The number or boolean that a plain scalar says.
    fn plain<T>(self, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.scalar().filter(|(_, plain)| *plain).and_then(|(text, _)| read(text))
    }

    fn is_nothing(self) -> bool {
        self.plain(|text| matches!(text, "" | "~" | "null" | "Null" | "NULL").then_some(())).is_some()
    }

    /// Runs a visitor; its error gets the node, and what it wanted.
    fn visit<V: Visitor<'de>>(
        self,
        visitor: V,
        run: impl FnOnce(V) -> Result<V::Value, Error>,
    ) -> Result<V::Value, Error> {
        let wanted = self.explain.then(|| (&visitor as &dyn Expected).to_string());
        run(visitor).map_err(|mut error| {
            if error.node.is_none() {
                error.wanted = error.wanted.take().or(wanted.map(Wanted::Words));
            }
            error.at(self.id)
        })
    }

    fn refuse<T>(self, wanted: Wanted) -> Result<T, Error> {
        Err(Error::shape(wanted).at(self.id))
    }

    fn refuse_as<V: Visitor<'de>>(self, visitor: &V) -> Result<V::Value, Error> {
        self.refuse(Wanted::Words((visitor as &dyn Expected).to_string()))
    }

    fn items(self, items: &'de [usize]) -> Children<'de, 't> {
        Children { reader: self, items: items.iter(), pairs: [].iter(), value: None }
    }

    fn pairs(self, pairs: &'de [(usize, usize)]) -> Children<'de, 't> {
        Children { reader: self, items: [].iter(), pairs: pairs.iter(), value: None }
    }

    fn sequence<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.kind() {
            Kind::Sequence { items, .. } => self.visit(visitor, |visitor| {
                let mut children = self.items(items);
                let value = visitor.visit_seq(&mut children)?;
                if children.items.len() > 0 { Err(Error::new(Mistake::Length)) } else { Ok(value) }
            }),
            _ if self.is_empty() => self.visit(visitor, |visitor| visitor.visit_seq(self.items(&[]))),
            _ => self.refuse_as(&visitor),
        }
    }

    fn mapping<V: Visitor<'de>>(self, visitor: V, wanted: impl FnOnce(&V) -> Wanted) -> Result<V::Value, Error> {
        match self.kind() {
            Kind::Mapping { pairs, .. } => self.visit(visitor, |visitor| visitor.visit_map(self.pairs(pairs))),
            _ if self.is_empty() => self.visit(visitor, |visitor| visitor.visit_map(self.pairs(&[]))),
            _ => self.refuse(wanted(&visitor)),
        }
    }

    /// Nothing at all is typed: an empty list or mapping, as for `serde_yaml`.
    fn is_empty(self) -> bool {
        self.scalar() == Some(("", true))
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $read:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            if let Some(stub) = self.stub() {
                return stub.$method(visitor).map_err(|error: Error| error.at(self.id));
            }
            match self.plain($read) {
                Some(value) => self.visit(visitor, |visitor| visitor.$visit(value)),
                None => self.refuse_as(&visitor),
            }
        }
    )*};
}

macro_rules! texts {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.deserialize_str(visitor)
        }
    )*};
}

macro_rules! stub_first {
    ($self:ident . $method:ident ( $($argument:expr),* )) => {
        if let Some(stub) = $self.stub() {
            return stub.$method($($argument),*).map_err(|error: Error| error.at($self.id));
        }
    };
}

impl<'de> de::Deserializer<'de> for Reader<'de, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        stub_first!(self.deserialize_any(visitor));
        match self.kind() {
            Kind::Sequence { .. } => self.sequence(visitor),
            Kind::Mapping { .. } => self.mapping(visitor, |_| Wanted::Words(String::new())),
            _ if self.is_nothing() => self.visit(visitor, Visitor::visit_unit),
            _ => self.deserialize_str(visitor),
        }
    }

    numbers! {
        deserialize_bool visit_bool boolean;
        deserialize_i8 visit_i64 whole;
        deserialize_i16 visit_i64 whole;
        deserialize_i32 visit_i64 whole;
        deserialize_i64 visit_i64 whole;
        deserialize_u8 visit_u64 whole;
        deserialize_u16 visit_u64 whole;
        deserialize_u32 visit_u64 whole;
        deserialize_u64 visit_u64 whole;
        deserialize_f32 visit_f64 float;
        deserialize_f64 visit_f64 float;
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        stub_first!(self.deserialize_str(visitor));
        match self.scalar() {
            Some((text, _)) => self.visit(visitor, |visitor| visitor.visit_borrowed_str(text)),
            None => self.refuse_as(&visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        stub_first!(self.deserialize_option(visitor));
        if self.is_nothing() {
            return self.visit(visitor, Visitor::visit_none);
        }
        visitor.visit_some(self).map_err(|error| error.at(self.id))
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        stub_first!(self.deserialize_unit(visitor));
        if self.is_nothing() { self.visit(visitor, Visitor::visit_unit) } else { self.refuse_as(&visitor) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self).map_err(|error| error.at(self.id))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        stub_first!(self.deserialize_seq(visitor));
        self.sequence(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        stub_first!(self.deserialize_tuple(length, visitor));
        self.sequence(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        stub_first!(self.deserialize_tuple_struct(name, length, visitor));
        self.sequence(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        stub_first!(self.deserialize_map(visitor));
        self.mapping(visitor, |visitor| Wanted::Words((visitor as &dyn Expected).to_string()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        keys: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        stub_first!(self.deserialize_struct(name, keys, visitor));
        self.mapping(visitor, |_| Wanted::Keys(keys)).map_err(|mut error| {
            if error.node == Some(self.id) && !matches!(error.kind, Mistake::Custom(_)) {
                error.wanted = Some(Wanted::Keys(keys));
            }
            error
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        stub_first!(self.deserialize_enum(name, variants, visitor));
        match self.scalar() {
            Some((text, _)) => visitor.visit_enum(BorrowedStrDeserializer::new(text)).map_err(|e: Error| e.at(self.id)),
            None => self.refuse(Wanted::OneOf(variants)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    texts! { deserialize_char deserialize_string deserialize_bytes deserialize_byte_buf deserialize_identifier }
}

/// The children of a sequence or mapping.
struct Children<'de, 't> {
    reader: Reader<'de, 't>,
    items: std::slice::Iter<'de, usize>,
    pairs: std::slice::Iter<'de, (usize, usize)>,
    value: Option<usize>,
}

impl<'de> Children<'de, '_> {
    fn read<S: DeserializeSeed<'de>>(&self, id: usize, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(Reader { id, ..self.reader }).map_err(|error| error.at(id))
    }
}

impl<'de> de::SeqAccess<'de> for Children<'de, '_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.items.next().map(|&id| self.read(id, seed)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

impl<'de> de::MapAccess<'de> for Children<'de, '_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some(&(key, value)) = self.pairs.next() else { return Ok(None) };
        self.value = Some(value);
        self.read(key, seed).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        match self.value.take() {
            Some(id) => self.read(id, seed),
            None => Err(de::Error::custom("a value was read before its key")),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.pairs.len())
    }
}
