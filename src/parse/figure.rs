//! The notation of figures in prose: `{expenditure/total/total}`, `{share A of B stated=57.12}`.

use crate::model::{AddressError, Amount, Derivation, Expression, ExpressionError};

use super::nearest::nearest;

/// Why a text in braces is no figure, in both languages, and what to type.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) detail: String,
    pub(crate) detail_en: String,
    pub(crate) help: String,
    pub(crate) help_en: String,
}

/// Reads what stands between the braces.
pub(crate) fn read(text: &str) -> Result<Derivation, Mistake> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let mut plain = false;
    let mut stated = None;
    while let Some(last) = words.last() {
        if *last == "plain" {
            plain = true;
        } else if let Some(number) = last.strip_prefix("stated=") {
            stated = Some(Amount::parse(number).map_err(|_| {
                mistake(
                    format!("stated= 后面的 `{number}` 不是数字"),
                    format!("`{number}` behind stated= is not a number"),
                    "写原文的数字，如 stated=6.18",
                    "write the number that the document states, as stated=6.18",
                )
            })?);
        } else {
            break;
        }
        words.pop();
    }
    Ok(Derivation { expression: expression(&words)?, plain, stated })
}

fn expression(words: &[&str]) -> Result<Expression, Mistake> {
    Expression::read(words).map_err(|error| match error {
        ExpressionError::Address(text, error) => address(&text, error),
        ExpressionError::Shape(shape) => mistake(
            "写法不完整".to_owned(),
            "it is not whole".to_owned(),
            &format!("写作 `{{{shape}}}`"),
            &format!("write `{{{shape}}}`"),
        ),
        ExpressionError::Unknown(operation) => {
            let close = nearest(&operation, Expression::SHAPES.iter().map(|(name, _)| *name));
            match close.and_then(|close| Expression::SHAPES.iter().find(|(name, _)| *name == close)) {
                Some((name, shape)) => mistake(
                    format!("没有 `{operation}` 这种算法"),
                    format!("there is no operation `{operation}`"),
                    &format!("也许是 `{name}`：`{{{shape}}}`"),
                    &format!("perhaps `{name}`: `{{{shape}}}`"),
                ),
                None => mistake(
                    "既不是地址，也不是算法".to_owned(),
                    "it is neither an address nor an operation".to_owned(),
                    "写地址，如 `{expenditure/total/basic}`；要显示花括号本身，写 `\\{`",
                    "write an address, as `{expenditure/total/basic}`; a literal brace is written `\\{`",
                ),
            }
        }
        ExpressionError::Empty => mistake(
            "花括号里是空的".to_owned(),
            "the braces are empty".to_owned(),
            "写地址；要显示花括号本身，写 `\\{`",
            "write an address; a literal brace is written `\\{`",
        ),
    })
}

fn address(text: &str, error: AddressError) -> Mistake {
    let (detail, detail_en) = match error {
        AddressError::Parts => ("地址应为 表/行/栏", "an address is form/row/column"),
        AddressError::Character => {
            ("地址只用小写字母、数字和连字符", "an address has lower-case letters, digits and hyphens")
        }
        AddressError::Kind => ("冒号前只能是 budget 或 final", "only budget or final may stand before the colon"),
        AddressError::Year => ("@ 后面应为四位年份", "a year of four digits belongs behind @"),
    };
    mistake(
        format!("`{text}`：{detail}"),
        format!("`{text}`: {detail_en}"),
        "例如 expenditure/2010301/basic 或 facts/procurement/total",
        "for example expenditure/2010301/basic or facts/procurement/total",
    )
}

fn mistake(detail: String, detail_en: String, help: &str, help_en: &str) -> Mistake {
    Mistake { detail, detail_en, help: help.to_owned(), help_en: help_en.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_addresses_operations_and_endings() {
        let figure = read("growth a/b/c by facts/change/total plain stated=6.18").unwrap();
        assert!(matches!(figure.expression, Expression::GrowthBy(..)) && figure.plain);
        assert_eq!(figure.stated.unwrap().to_string(), "6.18");
        assert!(matches!(read("a/b").unwrap().expression, Expression::Cell(_)));
        assert!(matches!(read("sum a/b + c/d + e/f").unwrap().expression, Expression::Sum(all) if all.len() == 3));
    }

    #[test]
    fn says_what_was_meant() {
        assert_eq!(read("shar a/b of c/d").unwrap_err().help_en, "perhaps `share`: `{share A of B}`");
        assert_eq!(read("share a/b").unwrap_err().help_en, "write `{share A of B}`");
        assert!(read("a/b stated=x").unwrap_err().detail_en.contains("is not a number"));
        assert!(read("").is_err() && read("hello world").is_err() && read("sum a/b").is_err());
    }
}
