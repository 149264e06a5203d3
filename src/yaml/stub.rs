//! A value out of nothing, for a node whose mistake is already reported.
//!
//! serde stops at the first mistake. To find the next one the file is read again with a stand-in at that place: an
//! empty text, zero, an empty list, or a mapping with a stand-in for each key. What is read that way is thrown away.

use serde::de::value::{BorrowedStrDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{self, IntoDeserializer, Visitor};

use super::error::Error;

/// A stand-in for any value. Where a type takes anything, `refused` chooses what it gets.
#[derive(Clone, Copy)]
pub(super) struct Stub {
    refused: u8,
    depth: u8,
}

impl Stub {
    /// How many stand-ins there are for a type that takes anything.
    pub(super) const KINDS: u8 = 4;
    /// Types that contain themselves are not followed further.
    const DEPTH: u8 = 8;

    pub(super) fn new(refused: u8) -> Self {
        Stub { refused, depth: 0 }
    }

    fn below(self) -> Result<Self, Error> {
        let depth = self.depth + 1;
        if depth > Self::DEPTH { Err(de::Error::custom("a type without end")) } else { Ok(Stub { depth, ..self }) }
    }
}

impl IntoDeserializer<'_, Error> for Stub {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! forward {
    ($($from:ident => $to:ident;)*) => {$(
        fn $from<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.$to(visitor)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Stub {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.refused {
            0 => visitor.visit_unit(),
            1 => visitor.visit_borrowed_str(super::STAND_IN),
            2 => self.deserialize_seq(visitor),
            _ => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(false)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(1)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(super::STAND_IN)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_none()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self.below()?)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(std::iter::empty::<Stub>()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        let below = self.below()?;
        visitor.visit_seq(SeqDeserializer::new(std::iter::repeat_n(below, length)))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(MapDeserializer::new(std::iter::empty::<(Stub, Stub)>()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        keys: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let below = self.below()?;
        visitor.visit_map(MapDeserializer::new(keys.iter().map(|&key| (key, below))))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(BorrowedStrDeserializer::new(variants.first().copied().unwrap_or_default()))
    }

    forward! {
        deserialize_i8 => deserialize_i64; deserialize_i16 => deserialize_i64; deserialize_i32 => deserialize_i64;
        deserialize_i128 => deserialize_i64; deserialize_u8 => deserialize_i64; deserialize_u16 => deserialize_i64;
        deserialize_u32 => deserialize_i64; deserialize_u64 => deserialize_i64; deserialize_u128 => deserialize_i64;
        deserialize_f32 => deserialize_i64; deserialize_f64 => deserialize_i64; deserialize_char => deserialize_str;
        deserialize_string => deserialize_str; deserialize_bytes => deserialize_str;
        deserialize_byte_buf => deserialize_str; deserialize_identifier => deserialize_str;
        deserialize_ignored_any => deserialize_unit;
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}
