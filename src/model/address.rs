//! Where a figure stands: `expenditure/2010301/basic`, `facts/procurement/total`, `budget:…`, `…@2018`.
//!
//! The same address is used in rules, narrative, findings, HTML ids and data files.

use std::fmt;

use serde::Deserialize;

/// The kind of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReportKind {
    /// 部门预算.
    Budget,
    /// 部门决算.
    Final,
}

impl ReportKind {
    /// Both kinds, in the order of a year.
    pub const ALL: [ReportKind; 2] = [ReportKind::Budget, ReportKind::Final];

    /// The folder of the report, and the prefix of an address into it.
    pub fn slug(self) -> &'static str {
        match self {
            ReportKind::Budget => "budget",
            ReportKind::Final => "final",
        }
    }
}

/// One report of a department: a year and a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportId {
    /// The fiscal year, which in China is the calendar year.
    pub year: u16,
    /// Budget or final accounts.
    pub kind: ReportKind,
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.year, self.kind.slug())
    }
}

/// The address of a figure, as typed: relative to the report that it is typed in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    /// `budget:` or `final:` before it, for the other report.
    pub kind: Option<ReportKind>,
    /// The form, or `facts`.
    pub form: String,
    /// The row, or the group of facts.
    pub row: String,
    /// The column, or the fact. Left out where a row has one column.
    pub column: Option<String>,
    /// `@2018` behind it, for another year.
    pub year: Option<u16>,
}

/// Why a text is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// Not two or three parts between slashes.
    Parts,
    /// A part has a character outside `a-z`, `0-9` and `-`, or is empty.
    Character,
    /// What stands before `:` is not `budget` or `final`.
    Kind,
    /// What stands behind `@` is no year.
    Year,
}

impl Address {
    /// The `form` of facts.
    pub const FACTS: &'static str = "facts";

    /// An address inside the current report.
    pub fn cell(form: &str, row: &str, column: &str) -> Self {
        Address { kind: None, form: form.to_owned(), row: row.to_owned(), column: Some(column.to_owned()), year: None }
    }

    /// Reads an address.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let (kind, rest) = match text.split_once(':') {
            Some(("budget", rest)) => (Some(ReportKind::Budget), rest),
            Some(("final", rest)) => (Some(ReportKind::Final), rest),
            Some(_) => return Err(AddressError::Kind),
            None => (None, text),
        };
        let (path, year) = match rest.split_once('@') {
            Some((path, year)) if year.len() == 4 => (path, Some(year.parse().map_err(|_| AddressError::Year)?)),
            Some(_) => return Err(AddressError::Year),
            None => (rest, None),
        };
        let parts: Vec<&str> = path.split('/').collect();
        let valid = |part: &&str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if !(2..=3).contains(&parts.len()) {
            return Err(AddressError::Parts);
        }
        if !parts.iter().all(valid) {
            return Err(AddressError::Character);
        }
        Ok(Address {
            kind,
            form: parts[0].to_owned(),
            row: parts[1].to_owned(),
            column: parts.get(2).map(|part| (*part).to_owned()),
            year,
        })
    }

    /// The report that the address points into, seen from `home`.
    pub fn report(&self, home: ReportId) -> ReportId {
        ReportId { year: self.year.unwrap_or(home.year), kind: self.kind.unwrap_or(home.kind) }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(kind) = self.kind {
            write!(f, "{}:", kind.slug())?;
        }
        write!(f, "{}/{}", self.form, self.row)?;
        if let Some(column) = &self.column {
            write!(f, "/{column}")?;
        }
        self.year.map_or(Ok(()), |year| write!(f, "@{year}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in ["expenditure/2010301/basic", "facts/procurement/total", "budget:revenue/total@2018", "a/b"] {
            assert_eq!(Address::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(Address::parse("expenditure"), Err(AddressError::Parts));
        assert_eq!(Address::parse("a/b/c/d"), Err(AddressError::Parts));
        assert_eq!(Address::parse("a/合计"), Err(AddressError::Character));
        assert_eq!(Address::parse("a//c"), Err(AddressError::Character));
        assert_eq!(Address::parse("plan:a/b"), Err(AddressError::Kind));
        assert_eq!(Address::parse("a/b@18"), Err(AddressError::Year));
    }
}
