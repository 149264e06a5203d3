//! A form file becomes a form of one year: names of codes are looked up, ids and units are checked.

use std::collections::BTreeSet;

use crate::diagnostics::{DataPath, Finding, catalogue};
use crate::model::{
    Address, CellKind, Cells, Classification, Column, Columns, Expression, Form, Head, HeadKind, Lane, Layout, Line,
    Operand, Relation, RowScheme, Rows, Rule, Text, Tolerance, Unit,
};
use crate::yaml::Scalar;

use super::Dictionary;
use super::file::{
    ClassificationName, ColumnFile, FormFile, HeadName, KindName, LaneFile, LayoutName, LineFile, RuleFile,
    SeverityName, ToleranceName, UnitName,
};

/// Decimals of a form that says nothing else: 万元 are printed with two.
const DECIMALS: u32 = 2;

/// The most decimals that a form may have.
const MOST_DECIMALS: u32 = 6;

/// Resolves a form for a year; `None` when it has mistakes, which are added to `findings`.
pub(super) fn form(
    name: &str,
    file: &FormFile,
    dictionary: &Dictionary,
    year: u16,
    findings: &mut Vec<Finding>,
) -> Option<Form> {
    let mut resolver =
        Resolver { name, form: &file.id.0, dictionary, year, findings, rows: BTreeSet::new(), sound: true };
    let top = DataPath::top();
    resolver.id(&file.id, &top.key("id"));
    let unit = resolver.unit(file.unit.as_ref(), &top.key("unit")).unwrap_or(Unit::WAN_YUAN);
    let mut lanes = Vec::new();
    for (index, lane) in file.lanes.iter().enumerate() {
        lanes.extend(resolver.lane(lane, &top.key("lanes").index(index)));
    }
    if file.lanes.is_empty() {
        resolver.invalid(
            top.key("lanes"),
            "没有任何栏",
            "it has no lanes",
            "至少写一个 lane",
            "write at least one lane",
        );
    }
    resolver.shape(file, &lanes);
    let mut rules = Vec::new();
    for (index, rule) in file.rules.iter().enumerate() {
        rules.extend(resolver.rule(rule, &lanes, &top.key("rules").index(index)));
    }
    resolver.sound.then(|| Form {
        id: file.id.0.clone(),
        number: file.number,
        title: file.title.clone(),
        short: file.short.clone(),
        unit,
        decimals: file.decimals.unwrap_or(DECIMALS),
        numbered: file.numbered.clone(),
        layout: match file.layout {
            None | Some(LayoutName::Lanes) => Layout::Lanes,
            Some(LayoutName::Across) => Layout::Across,
            Some(LayoutName::Pairs) => Layout::Pairs,
            Some(LayoutName::Stacked) => Layout::Stacked,
        },
        note: file.note.clone(),
        lanes,
        rules,
    })
}

/// Resolves rules about facts, of a form set or of a report: they belong to no form. Each sound one comes with its place
/// in the list, from 0.
pub(crate) fn fact_rules(
    name: &str,
    files: &[RuleFile],
    dictionary: &Dictionary,
    year: u16,
    findings: &mut Vec<Finding>,
) -> Vec<(usize, Rule)> {
    let path = DataPath::top().key("rules");
    let mut resolver =
        Resolver { name, form: Address::FACTS, dictionary, year, findings, rows: BTreeSet::new(), sound: true };
    let rules = files.iter().enumerate();
    rules.filter_map(|(index, rule)| Some((index, resolver.rule(rule, &[], &path.index(index))?))).collect()
}

/// What is at hand while one form is resolved.
struct Resolver<'a> {
    /// The file.
    name: &'a str,
    /// The id of the form.
    form: &'a str,
    dictionary: &'a Dictionary,
    year: u16,
    findings: &'a mut Vec<Finding>,
    /// Row ids seen so far: an address names a row of the form, whichever lane it stands in.
    rows: BTreeSet<String>,
    sound: bool,
}

impl Resolver<'_> {
    fn report(&mut self, finding: Finding) {
        self.sound = false;
        self.findings.push(finding);
    }

    fn invalid(&mut self, path: DataPath, detail: &str, detail_en: &str, help: &str, help_en: &str) {
        let finding = Finding::new(&catalogue::FORM_INVALID, path.in_file(self.name))
            .with("detail", detail)
            .with("detail-en", detail_en)
            .with("help", help)
            .with("help-en", help_en);
        self.report(finding);
    }

    fn id(&mut self, id: &Scalar, path: &DataPath) {
        if let Err(suggestion) = check_id(&id.0) {
            let finding = Finding::new(&catalogue::BAD_ID, path.clone().in_file(self.name))
                .with("id", &id.0)
                .with("suggestion", suggestion);
            self.report(finding);
        }
    }

    fn unit(&mut self, unit: Option<&UnitName>, path: &DataPath) -> Option<Unit> {
        match unit?.resolve() {
            Ok(unit) => Some(unit),
            Err(name) => {
                let finding = Finding::new(&catalogue::UNKNOWN_UNIT, path.clone().in_file(self.name))
                    .with("unit", name)
                    .with("known", Unit::NAMES.join("、"));
                self.report(finding);
                None
            }
        }
    }

    /// What must hold for a table file to be able to fill the form, and for a page to show it.
    fn shape(&mut self, file: &FormFile, lanes: &[Lane]) {
        let top = DataPath::top();
        if file.decimals.is_some_and(|decimals| decimals > MOST_DECIMALS) {
            let (zh, en) = (format!("小数最多 {MOST_DECIMALS} 位"), format!("at most {MOST_DECIMALS} decimals"));
            self.invalid(top.key("decimals"), &zh, &en, "例如 `decimals: 2`", "for example `decimals: 2`");
        }
        let codes = |lane: &Lane| matches!(lane.rows, RowScheme::Codes { .. });
        if let Some(second) = lanes.iter().enumerate().filter(|(_, lane)| codes(lane)).map(|(at, _)| at).nth(1) {
            self.invalid(
                top.key("lanes").index(second).key("rows").the_key(),
                "两栏都是 `codes:`，填表时分不出编码属于哪一栏",
                "two lanes have `codes:`, and a code could belong to either",
                "分作两张表，或用 `lines:` 写出各行",
                "make two forms of it, or write the rows as `lines:`",
            );
        }
        if matches!(file.layout, Some(LayoutName::Across | LayoutName::Pairs)) {
            let one = |lane: &Lane| match &lane.rows {
                RowScheme::Lines(rows) => !rows.is_empty() && rows.iter().all(|row| row.id.is_some()),
                RowScheme::Codes { .. } | RowScheme::Open => false,
            };
            if lanes.len() != 1 || !lanes.iter().all(one) {
                self.invalid(
                    top.key("layout"),
                    "`across` 和 `pairs` 的表只能有一栏，用 `lines:` 写出有名称的各行",
                    "a form laid out `across` or in `pairs` has one lane, with `lines:` that all have a name",
                    "改用 `layout: lanes`，或只写一栏 `lines:`",
                    "write `layout: lanes`, or one lane of `lines:`",
                );
            }
        }
    }

    fn lane(&mut self, lane: &LaneFile, path: &DataPath) -> Option<Lane> {
        self.id(&lane.id, &path.key("id"));
        let head = lane
            .head
            .iter()
            .map(|head| Head {
                kind: match head.kind {
                    HeadName::Code => HeadKind::Code,
                    HeadName::Name => HeadKind::Name,
                    HeadName::Line => HeadKind::Line,
                },
                title: head.title.clone(),
            })
            .collect();
        let mut ids = BTreeSet::new();
        let columns = self.columns(&lane.columns, &path.key("columns"), &mut ids);
        if lane.columns.is_empty() {
            self.invalid(
                path.key("columns"),
                "没有任何栏目",
                "the lane has no columns",
                "至少写一个栏目：`- {id: …, name: {zh: …, en: …}}`",
                "write at least one column: `- {id: …, name: {zh: …, en: …}}`",
            );
        }
        if lane.rows.open && ids.contains("name") {
            self.invalid(
                path.key("columns"),
                "`name` 是各行自己的名称，不能作栏目的 id",
                "`name` is the name of a row, and cannot be the id of a column",
                "换一个 id",
                "choose another id",
            );
        }
        let rows_path = path.key("rows");
        let rows = match (&lane.rows.codes, &lane.rows.lines, lane.rows.open) {
            (Some(classification), None, false) => RowScheme::Codes {
                classification: classification_of(*classification),
                total: lane.rows.total.clone().unwrap_or_else(|| Text::new("合计", "Total")),
            },
            (None, Some(lines), false) => {
                let lines = lines
                    .iter()
                    .enumerate()
                    .filter_map(|(index, line)| self.line(line, &rows_path.key("lines").index(index)))
                    .collect();
                RowScheme::Lines(lines)
            }
            (None, None, true) => RowScheme::Open,
            _ => {
                self.invalid(
                    rows_path,
                    "`codes`、`lines`、`open` 要写且只写一个",
                    "it needs exactly one of `codes`, `lines`, `open`",
                    "例如 `codes: functional`",
                    "for example `codes: functional`",
                );
                return None;
            }
        };
        Some(Lane { id: lane.id.0.clone(), title: lane.title.clone(), head, columns, rows })
    }

    fn rule(&mut self, file: &RuleFile, lanes: &[Lane], path: &DataPath) -> Option<Rule> {
        let (relation, right, key) = match (&file.equals, &file.at_most) {
            (Some(right), None) => (Relation::Equal, right, "equals"),
            (None, Some(right)) => (Relation::AtMost, right, "at-most"),
            _ => {
                self.invalid(
                    path.clone(),
                    "`equals`、`at-most` 要写且只写一个",
                    "it needs exactly one of `equals`, `at-most`",
                    "例如 `equals: [each/basic, each/project]`",
                    "for example `equals: [each/basic, each/project]`",
                );
                return None;
            }
        };
        for (texts, key) in [(&file.left, "left"), (right, key)] {
            if texts.is_empty() {
                self.invalid(
                    path.key(key),
                    "规则有一边什么也没写",
                    "a side of the rule is empty",
                    "写出要核对的数；规则不用了就删去",
                    "write the figures to compare, or remove the rule",
                );
                return None;
            }
        }
        let left = self.operands(&file.left, lanes, &path.key("left"));
        let right = self.operands(right, lanes, &path.key(key));
        let operands = || left.iter().chain(&right);
        let several = left.len() > 1 || right.len() > 1 || operands().filter_map(Operand::cells).any(Cells::is_set);
        let rate = operands().filter_map(Operand::derived).any(Expression::is_percent);
        let one_each = matches!((left.as_slice(), right.as_slice()), ([Operand::Cells(_)], [Operand::Derived(_)]));
        if rate && !(one_each && relation == Relation::Equal) {
            self.invalid(
                path.clone(),
                "比率只能单独与一个数相等",
                "a rate can only equal one figure, by itself",
                "例如 `left: [facts/…/rate]`，`equals: [share A of B]`",
                "for example `left: [facts/…/rate]`, `equals: [share A of B]`",
            );
            return None;
        }
        let computed = |expression: &Expression| !matches!(expression, Expression::Cell(_));
        let several = several || operands().filter_map(Operand::derived).any(computed);
        let tolerance = match file.tolerance {
            _ if rate => Tolerance::Printed,
            Some(ToleranceName::LastDecimal) => Tolerance::LastDecimal,
            Some(ToleranceName::Tail) => Tolerance::Tail,
            None if several => Tolerance::Tail,
            None | Some(ToleranceName::Exact) => Tolerance::Exact,
        };
        let warning = file.severity == Some(SeverityName::Warning);
        Some(Rule { id: file.id.0.clone(), name: file.name.clone(), left, relation, right, tolerance, warning })
    }

    fn operands(&mut self, texts: &[Scalar], lanes: &[Lane], path: &DataPath) -> Vec<Operand> {
        let mut operands = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            if let Ok(operand) = Operand::parse(&text.0) {
                let own = |cells: &&Cells| cells.form.as_ref().is_none_or(|form| *form == self.form);
                // A form with mistakes lacks rows and columns that its rules may well name.
                if let Some(cells) = operand.cells().filter(own)
                    && self.sound
                    && self.form != Address::FACTS
                {
                    self.operand(cells, lanes, &path.index(index));
                }
                operands.push(operand);
                continue;
            }
            let (zh, en) = (format!("看不懂 `{}`", text.0), format!("`{}` is no term of a rule", text.0));
            self.invalid(
                path.index(index),
                &zh,
                &en,
                "写作 行/栏 或 表/行/栏，或算式，如 share A of B",
                "write row/column or form/row/column, or an expression, as share A of B",
            );
        }
        operands
    }

    /// A term must name a row that the form can have, and a column of that row's lane.
    fn operand(&mut self, operand: &Cells, lanes: &[Lane], path: &DataPath) {
        let lanes: Vec<&Lane> = match &operand.rows {
            Rows::Row(row) => lanes.iter().filter(|lane| may_have(lane, row)).collect(),
            _ => lanes.iter().collect(),
        };
        if let (Rows::Row(row), true) = (&operand.rows, lanes.is_empty()) {
            let (zh, en) = (format!("规则中的行 `{row}` 不在本表中"), format!("the form has no row `{row}`"));
            self.invalid(path.clone(), &zh, &en, "用本表某一行的 id", "write the id of a row of the form");
            return;
        }
        if let Columns::Column(column) = &operand.columns {
            let ids: Vec<&str> = lanes.iter().flat_map(|lane| lane.leaves()).map(|leaf| leaf.id).collect();
            if !ids.contains(&column.as_str()) {
                let (zh, en) =
                    (format!("规则中的栏目 `{column}` 不在这些行中"), format!("the row has no column `{column}`"));
                let known = ids.join(", ");
                let help = (format!("应为：{known}"), format!("write one of: {known}"));
                self.invalid(path.clone(), &zh, &en, &help.0, &help.1);
            }
        }
    }

    fn columns(&mut self, files: &[ColumnFile], path: &DataPath, ids: &mut BTreeSet<String>) -> Vec<Column> {
        let mut columns = Vec::new();
        for (index, file) in files.iter().enumerate() {
            let path = path.index(index);
            match (&file.id, file.columns.is_empty()) {
                (Some(id), true) => {
                    self.id(id, &path.key("id"));
                    if !ids.insert(id.0.clone()) {
                        let (zh, en) = (format!("栏目 `{}` 重复", id.0), format!("the column `{}` stands twice", id.0));
                        self.invalid(path.key("id"), &zh, &en, "换一个 id", "choose another id");
                    }
                }
                (None, false) => {}
                _ => self.invalid(
                    path.clone(),
                    "有下级的栏目不能有 id，没有下级的必须有",
                    "a column has either an id or columns below it",
                    "补上或删去 `id:`",
                    "add or remove `id:`",
                ),
            }
            let unit = self.unit(file.unit.as_ref(), &path.key("unit"));
            let children = self.columns(&file.columns, &path.key("columns"), ids);
            columns.push(Column {
                id: file.id.as_ref().map(|id| id.0.clone()),
                name: file.name.clone(),
                term: file.term.as_ref().map(|term| term.0.clone()),
                kind: match file.kind {
                    None | Some(KindName::Amount) => CellKind::Amount,
                    Some(KindName::Text) => CellKind::Text,
                },
                unit,
                children,
            });
        }
        columns
    }

    fn line(&mut self, file: &LineFile, path: &DataPath) -> Option<Line> {
        let unit = self.unit(file.unit.as_ref(), &path.key("unit"));
        let code = file.code.as_ref().map(|code| code.0.clone());
        if let Some(code) = code.as_ref().filter(|code| !is_code(code)) {
            let (zh, en) = (format!("`{code}` 不是科目编码"), format!("`{code}` is no code of a classification"));
            self.invalid(path.key("code"), &zh, &en, "写 3、5 或 7 位数字", "write 3, 5 or 7 digits");
            return None;
        }
        let name = match (&file.name, &code) {
            (Some(name), _) => Some(name.clone()),
            (None, Some(code)) => {
                let classification = classification_of(file.kind.unwrap_or(ClassificationName::Functional));
                let known = self.dictionary.name(classification, code, self.year).cloned();
                if known.is_none() {
                    let finding = Finding::new(&catalogue::UNKNOWN_CODE, path.key("code").in_file(self.name))
                        .with("year", self.year)
                        .with("code", code)
                        .with("help", "核对编码，或在 content/terms.yaml 中写出名称")
                        .with("help-en", "check the code, or name it in content/terms.yaml");
                    self.report(finding);
                }
                Some(known?)
            }
            (None, None) => None,
        };
        let id = file.id.as_ref().map(|id| id.0.clone()).or_else(|| code.clone());
        if let Some(id) = &id {
            let at = if file.id.is_some() { path.key("id") } else { path.key("code") };
            self.id(&Scalar(id.clone()), &at);
            if !self.rows.insert(id.clone()) {
                let (zh, en) = (format!("行 `{id}` 重复"), format!("the row `{id}` stands twice"));
                self.invalid(at, &zh, &en, "换一个 id", "choose another id");
            }
        }
        if id.is_some() != name.is_some() || (id.is_none() && file.line.is_none()) {
            self.invalid(
                path.clone(),
                "一行要么有名称和 id（或 code），要么是只有 line 的空行",
                "a line has a name and an id (or a code), or is blank with a line number only",
                "补上 `id:` 和 `name:`",
                "add `id:` and `name:`",
            );
            return None;
        }
        let ordinal = file.ordinal.as_ref();
        let printed = name.as_ref().map(|name| match ordinal {
            Some(ordinal) => Text::new(format!("{}、{}", ordinal.0, name.zh), &name.en),
            None => name.clone(),
        });
        // A line's name may itself begin with its ordinal: 一、一般公共预算财政拨款收入.
        let bare_name = name.as_ref().map(|name| without_ordinal(&name.zh).to_owned());
        let depth = file.level.unwrap_or_else(|| code.as_ref().map_or(1, |code| code_level(code)));
        Some(Line {
            id,
            number: file.line,
            code,
            name: printed,
            bare_name,
            level: depth,
            total: file.total,
            term: file.term.as_ref().map(|term| term.0.clone()),
            unit,
        })
    }
}

fn classification_of(name: ClassificationName) -> Classification {
    match name {
        ClassificationName::Functional => Classification::Functional,
        ClassificationName::Economic => Classification::Economic,
    }
}

/// 1 for 类 (3 digits), 2 for 款 (5), 3 for 项 (7).
pub(crate) fn code_level(code: &str) -> u8 {
    match code.len() {
        0..=3 => 1,
        4..=5 => 2,
        _ => 3,
    }
}

/// Whether a text can be a code of a classification: 3, 5 or 7 digits.
pub(crate) fn is_code(text: &str) -> bool {
    matches!(text.len(), 3 | 5 | 7) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a lane can have a row with an id. Which codes an open list holds, and which rows an open lane, is up to
/// the table file.
fn may_have(lane: &Lane, row: &str) -> bool {
    match &lane.rows {
        RowScheme::Lines(lines) => lines.iter().any(|line| line.id.as_deref() == Some(row)),
        RowScheme::Codes { .. } => row == "total" || is_code(row),
        RowScheme::Open => check_id(row).is_ok(),
    }
}

/// `一、一般公共服务支出` without its ordinal.
fn without_ordinal(name: &str) -> &str {
    match name.split_once('、') {
        Some((ordinal, rest)) if ordinal.chars().all(|c| "一二三四五六七八九十".contains(c)) => rest,
        _ => name,
    }
}

/// Whether a text can be an id; if not, what could.
pub(crate) fn check_id(id: &str) -> Result<(), String> {
    let sound = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if !id.is_empty() && id.bytes().all(sound) {
        return Ok(());
    }
    let mended: String = id.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let mended = mended.trim_matches('-').to_owned();
    Err(if mended.is_empty() { "my-id".to_owned() } else { mended })
}
