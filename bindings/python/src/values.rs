//! The columns of a table that somebody gives, value by value.
//!
//! In: an Arrow column. Out: texts, bytes, names and JSON values. Decides which types serve as what; nothing is copied before
//! it is read.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use serde_json::{Number, Value as Json};

/// A value of a column.
pub(crate) enum Value<'c> {
    /// Null.
    Null,
    /// A text.
    Text(&'c str),
    /// Bytes.
    Bytes(&'c [u8]),
    /// Anything else that has a form in JSON.
    Other(Json),
}

/// Whether a column of this type can be read by [`value`].
pub(crate) fn is_known(kind: &DataType) -> bool {
    use DataType as D;
    match kind {
        D::Dictionary(_, values) => is_known(values),
        D::Null | D::Boolean | D::Float32 | D::Float64 => true,
        kind => is_text(kind) || is_bytes(kind) || kind.is_integer(),
    }
}

/// Whether it holds texts.
pub(crate) fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_text(values),
        kind => matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View),
    }
}

/// Whether it holds bytes.
pub(crate) fn is_bytes(kind: &DataType) -> bool {
    use DataType as D;
    match kind {
        D::Dictionary(_, values) => is_bytes(values),
        kind => matches!(
            kind,
            D::Binary | D::LargeBinary | D::BinaryView | D::FixedSizeBinary(_)
        ),
    }
}

/// The value at a place of a column whose type [`is_known`].
pub(crate) fn value(column: &ArrayRef, at: usize) -> Value<'_> {
    use DataType as D;
    if column.is_null(at) {
        return Value::Null;
    }
    match column.data_type() {
        D::Utf8 => Value::Text(column.as_string::<i32>().value(at)),
        D::LargeUtf8 => Value::Text(column.as_string::<i64>().value(at)),
        D::Utf8View => Value::Text(column.as_string_view().value(at)),
        D::Binary => Value::Bytes(column.as_binary::<i32>().value(at)),
        D::LargeBinary => Value::Bytes(column.as_binary::<i64>().value(at)),
        D::BinaryView => Value::Bytes(column.as_binary_view().value(at)),
        D::FixedSizeBinary(_) => Value::Bytes(column.as_fixed_size_binary().value(at)),
        D::Boolean => Value::Other(Json::Bool(column.as_boolean().value(at))),
        D::Int8 => number(column.as_primitive::<Int8Type>().value(at)),
        D::Int16 => number(column.as_primitive::<Int16Type>().value(at)),
        D::Int32 => number(column.as_primitive::<Int32Type>().value(at)),
        D::Int64 => number(column.as_primitive::<Int64Type>().value(at)),
        D::UInt8 => number(column.as_primitive::<UInt8Type>().value(at)),
        D::UInt16 => number(column.as_primitive::<UInt16Type>().value(at)),
        D::UInt32 => number(column.as_primitive::<UInt32Type>().value(at)),
        D::UInt64 => number(column.as_primitive::<UInt64Type>().value(at)),
        D::Float32 => float(column.as_primitive::<Float32Type>().value(at).into()),
        D::Float64 => float(column.as_primitive::<Float64Type>().value(at)),
        D::Dictionary(..) => {
            let dictionary = column.as_any_dictionary();
            let keys = dictionary.keys();
            match key(keys, at) {
                Some(at) if at < dictionary.values().len() => value(dictionary.values(), at),
                _ => Value::Null,
            }
        }
        _ => Value::Null,
    }
}

/// A number of a dictionary's value.
fn key(keys: &dyn Array, at: usize) -> Option<usize> {
    use DataType as D;
    match keys.data_type() {
        D::Int8 => keys.as_primitive::<Int8Type>().value(at).try_into().ok(),
        D::Int16 => keys.as_primitive::<Int16Type>().value(at).try_into().ok(),
        D::Int32 => keys.as_primitive::<Int32Type>().value(at).try_into().ok(),
        D::Int64 => keys.as_primitive::<Int64Type>().value(at).try_into().ok(),
        D::UInt8 => Some(keys.as_primitive::<UInt8Type>().value(at).into()),
        D::UInt16 => Some(keys.as_primitive::<UInt16Type>().value(at).into()),
        D::UInt32 => keys.as_primitive::<UInt32Type>().value(at).try_into().ok(),
        D::UInt64 => keys.as_primitive::<UInt64Type>().value(at).try_into().ok(),
        _ => None,
    }
}

fn number<'c>(number: impl Into<Number>) -> Value<'c> {
    Value::Other(Json::Number(number.into()))
}

/// Infinity and what is no number have no form in JSON.
fn float<'c>(number: f64) -> Value<'c> {
    Number::from_f64(number).map_or(Value::Null, |number| Value::Other(Json::Number(number)))
}
