//! The narrative: figures typed as literals are proved, leftovers and personal data are found, and both languages must
//! state the same figures.

mod beside;
mod block;
mod counts;
mod elsewhere;
mod languages;
mod lists;
mod names;
mod pointed;
mod prove;
mod read;
mod roles;
mod span;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_decimal::Decimal;

use crate::diagnostics::{Claim, DataPath, Finding, Place, catalogue};
use crate::model::{Accepted, Address, Amount, Department, Disclosure, Lang, Localized, PartKind, Prose, Text, Unit};

use block::{Block, blocks};
use counts::Counts;
use names::Names;
use prove::{Fault, Sentence};
use read::{Kind, Token, tokens};
use roles::Direction;

/// Proves the prose of all reports.
pub(super) fn prove(department: &Department, findings: &mut Vec<Finding>) {
    for disclosure in &department.disclosures {
        // What a report compares itself with: the year before, and the year's own budget.
        let near = department
            .disclosures
            .iter()
            .filter(|other| other.id.year == disclosure.id.year || other.id.year + 1 == disclosure.id.year);
        let known = near.flat_map(amounts).collect();
        let before = department.disclosures.iter().filter(|other| other.id.year + 1 == disclosure.id.year);
        let names = Names::of(disclosure, &department.name.zh, before.flat_map(amounts).collect());
        let counts = Localized { zh: Counts::of(disclosure, Lang::Zh), en: Counts::of(disclosure, Lang::En) };
        let folder = disclosure.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let unread = |finding: &Finding| {
            let rest = finding.place.file().strip_prefix(folder);
            let holds_figures = rest.is_some_and(|rest| rest.starts_with("/tables/") || rest == "/facts.yaml");
            holds_figures && finding.claim.is_none() && finding.is_error()
        };
        let whole = !findings.iter().any(unread);
        let report = Report { disclosure, department: &department.name, known, names, counts, whole };
        for part in &disclosure.parts {
            let file = part.files.map(|_, file| Source::File(file.clone()));
            for lang in Lang::ALL {
                let place = Place::Text(part.files.get(lang).clone(), part.title_at.get(lang).clone());
                if !part.files.get(lang).is_empty() {
                    report.words(part.title.get(lang), true, &part.slug, &|_| place.clone(), findings);
                }
            }
            match &part.kind {
                PartKind::Narrative(prose) => report.both(prose, &file, &part.slug, findings),
                PartKind::Glossary => {
                    for term in &disclosure.glossary {
                        report.both(&term.definition, &file, &part.slug, findings);
                    }
                }
                PartKind::Tables => {}
            }
        }
        pointed::find(disclosure, findings);
        for (address, prose) in &disclosure.texts {
            let Some(source) = source_of_cell(disclosure, address) else { continue };
            report.both(prose, &source, &address.to_string(), findings);
        }
    }
}

/// The amounts of money that a report knows, in yuan.
fn amounts(disclosure: &Disclosure) -> Vec<Decimal> {
    let mut known = Vec::new();
    for table in &disclosure.tables {
        for (lane, rows) in table.form.lanes.iter().zip(&table.lanes) {
            let leaves = lane.leaves();
            for row in &rows.rows {
                for (leaf, cell) in leaves.iter().zip(&row.cells) {
                    if let (Some(amount), Unit::Money { factor }) = (cell.amount(), table.unit(row, leaf.column)) {
                        known.push(amount.value() * Decimal::from(*factor));
                    }
                }
            }
        }
    }
    for fact in disclosure.facts.groups.iter().flat_map(|group| &group.facts) {
        if let Unit::Money { factor } = fact.unit {
            known.push(fact.value.value() * Decimal::from(factor));
        }
    }
    known
}

/// Where prose was typed: a file of its own, or a cell of a table.
enum Source {
    File(String),
    Cell(Place),
}

impl Source {
    fn place(&self, range: Range<usize>) -> Place {
        match self {
            Source::File(file) => Place::Text(file.clone(), range),
            Source::Cell(place) => place.clone(),
        }
    }
}

/// Where the text of a cell was typed, in each language.
fn source_of_cell(disclosure: &Disclosure, address: &Address) -> Option<Localized<Source>> {
    let table = disclosure.table(&address.form)?;
    let source = |lang: Lang| {
        let path = DataPath::top().key("rows").key(&address.row);
        let path = address.column.iter().fold(path, |path, column| path.key(column)).key(lang.code());
        Source::Cell(path.in_file(&table.file))
    };
    Some(Localized { zh: source(Lang::Zh), en: source(Lang::En) })
}

/// Prose in one language: the part that it belongs to, and where it was typed.
struct Passage<'a> {
    part: &'a str,
    source: &'a Source,
}

impl Passage<'_> {
    /// The place of a range of a block.
    fn place(&self, block: &Block<'_>, range: &Range<usize>) -> Place {
        self.source.place(block.source(range))
    }
}

struct Report<'a> {
    disclosure: &'a Disclosure,
    department: &'a Text,
    known: BTreeSet<Decimal>,
    names: Names,
    counts: Localized<Counts>,
    /// Whether all tables and facts could be read: else an amount that is not known may only be unread.
    whole: bool,
}

impl Report<'_> {
    /// Proves prose in both languages, and one against the other.
    fn both(&self, prose: &Localized<Prose>, source: &Localized<Source>, part: &str, findings: &mut Vec<Finding>) {
        // Where a figure or a mark could not be read the prose has holes: that was reported, and is mended first.
        let damaged = |finding: &Finding| {
            let family = finding.entry.code.split('/').next().unwrap_or_default();
            let unread = matches!(family, "figure" | "markdown" | "source" | "yaml");
            let here = || Lang::ALL.iter().any(|lang| source.get(*lang).place(0..0).file() == finding.place.file());
            let stated = [catalogue::FIGURE_STATED.code, catalogue::FIGURE_TAIL.code];
            unread && !stated.contains(&finding.entry.code) && here()
        };
        if findings.iter().any(damaged) {
            return;
        }
        let blocks = Localized { zh: blocks(&prose.zh), en: blocks(&prose.en) };
        for lang in Lang::ALL {
            self.text(blocks.get(lang), lang, &Passage { part, source: source.get(lang) }, findings);
        }
        // A figure that could not be had may be the one that the other language has.
        if blocks.zh.iter().chain(&blocks.en).any(|block| block.gap) {
            return;
        }
        let (mut only_zh, mut only_en) = languages::compare(&blocks.zh, &blocks.en);
        // A figure that is stated against its own value in one language is a finding there; the other is not asked for it.
        let disputed = self.disputed(&only_zh, &only_en, findings);
        only_zh.retain(|missing| !disputed.contains(&missing.expression));
        only_en.retain(|missing| !disputed.contains(&missing.expression));
        for (lacking, missing) in [(Lang::En, only_zh), (Lang::Zh, only_en)] {
            lacks(lacking, missing, &blocks, source, findings);
        }
    }

    /// The figures that one language states otherwise than the other, and against their own value, without a reason.
    fn disputed(&self, zh: &[languages::Missing], en: &[languages::Missing], findings: &[Finding]) -> BTreeSet<String> {
        let stated: Vec<&Claim> = findings
            .iter()
            .filter(|finding| finding.entry.code == catalogue::FIGURE_STATED.code)
            .filter_map(|finding| finding.claim.as_deref())
            .filter(|claim| claim.report == self.disclosure.id.to_string())
            .collect();
        let open = |missing: &&languages::Missing| {
            let wrong = stated.iter().filter(|claim| {
                claim.at.ends_with(&format!(" {}", missing.expression))
                    && missing.stated.as_deref() == Some(claim.stated.as_str())
            });
            wrong.into_iter().any(|claim| {
                let accepts = |accepted: &Accepted| {
                    (&accepted.at, &accepted.stated, &accepted.computed) == (&claim.at, &claim.stated, &claim.computed)
                };
                !self.disclosure.accepted.iter().any(accepts)
            })
        };
        zh.iter().chain(en).filter(open).map(|missing| missing.expression.clone()).collect()
    }

    /// Proves prose in one language: each sentence by itself, then what is listed together.
    fn text(&self, blocks: &[Block<'_>], lang: Lang, passage: &Passage<'_>, findings: &mut Vec<Finding>) {
        let tokens: Vec<Vec<Token<'_>>> = blocks.iter().map(tokens).collect();
        let sentences: Vec<Vec<Sentence<'_, '_>>> = blocks
            .iter()
            .zip(&tokens)
            .map(|(block, tokens)| prove::read(block, tokens, self.disclosure.id.year))
            .collect();
        let mut found = BTreeSet::new();
        // What is said to be wrong is not said to be unknown as well.
        let mut wrong = BTreeSet::new();
        let mut section = Vec::new();
        let gaps = blocks.iter().any(|block| block.gap);
        for (index, block) in blocks.iter().enumerate() {
            self.leftovers(block, passage, findings);
            if block.gap {
                continue;
            }
            for fault in prove::faults(&sentences[index]) {
                found.insert((index, fault.at.start));
                if fault.entry.code != catalogue::TEXT_TAIL.code {
                    wrong.insert((index, fault.at.start));
                }
                findings.extend(self.fault(&fault, block, &tokens[index], passage, None));
            }
            if !self.whole {
                continue;
            }
            for fault in elsewhere::faults(&sentences[index], &self.known) {
                if found.insert((index, fault.at.start)) {
                    findings.extend(self.fault(&fault, block, &tokens[index], passage, None));
                }
            }
            if index == 0 || block.section != blocks[index - 1].section {
                section = self.levels(&blocks[index..], &tokens[index..]);
            }
            for at in self.named(block, &sentences[index], lang, passage, findings) {
                wrong.insert((index, at));
            }
            let wrong = wrong.iter().filter(|(block, _)| *block == index).map(|(_, at)| *at).collect();
            self.unbacked(block, &sentences[index], &tokens[index], (&section, &wrong), passage, findings);
        }
        // A list that lacks a figure adds up to nothing.
        let listed = if gaps { Vec::new() } else { lists::faults(blocks, &sentences) };
        for listed in listed {
            let (block, fault) = (&blocks[listed.block], &listed.fault);
            if found.insert((listed.block, fault.at.start)) {
                findings.extend(self.fault(fault, block, &tokens[listed.block], passage, Some(&listed)));
            }
        }
    }

    /// The amounts of the section that begins here, as far as the report has them.
    fn levels(&self, blocks: &[Block<'_>], tokens: &[Vec<Token<'_>>]) -> Vec<Decimal> {
        let own = |(block, _): &(&Block<'_>, _)| blocks.first().is_some_and(|first| first.section == block.section);
        let section = blocks.iter().zip(tokens).take_while(own).flat_map(|(_, tokens)| tokens);
        section
            .filter(|token| token.kind == Kind::Money && !token.about)
            .map(Token::value)
            .filter(|value| self.known.contains(value))
            .collect()
    }

    /// Names and counts. Returns where amounts stand that contradict an indicator.
    fn named(
        &self,
        block: &Block<'_>,
        sentences: &[Sentence<'_, '_>],
        lang: Lang,
        passage: &Passage<'_>,
        findings: &mut Vec<Finding>,
    ) -> Vec<usize> {
        let mut contradicted = Vec::new();
        let place = |range: &Range<usize>| passage.place(block, range);
        let mut doubt = |entry, at: Range<usize>, name| {
            let (place, words) = (place(&at), block.text[at].trim());
            findings.push(self.claimed(Finding::new(entry, place).with(name, words), passage.part, words));
        };
        for at in self.counts.get(lang).unknown(&block.text) {
            doubt(&catalogue::TEXT_COUNT, at, "stated");
        }
        if lang == Lang::En {
            for at in names::almost(&block.text, &self.department.en) {
                doubt(&catalogue::TEXT_DEPARTMENT, at, "name");
            }
            return contradicted;
        }
        for at in self.names.strangers(&block.text) {
            doubt(&catalogue::TEXT_DEPARTMENT, at, "name");
        }
        let (unknown, former) = (self.names.unknown_subjects(&block.text), self.names.former_subjects(&block.text));
        let former =
            former.into_iter().filter(|at| unknown.iter().all(|other| other.end != at.end)).collect::<Vec<_>>();
        for at in unknown.iter().cloned().chain(former) {
            doubt(&catalogue::TEXT_SUBJECT, at, "name");
        }
        for sentence in sentences {
            for (index, value) in self.names.contradicted(sentence) {
                let token = sentence.tokens[index];
                let stated = block.text[token.at.clone()].trim().replace('\n', " ");
                let computed = Amount::from_decimal((value / token.factor).normalize());
                let computed = computed.with_decimals(token.amount.decimals()).to_string();
                let mut finding = Finding::new(&catalogue::TEXT_CONTRADICTS, place(&token.at))
                    .with("stated", &stated)
                    .with("computed", read::reworded(&stated, &computed));
                finding.claim = Some(Box::new(Claim {
                    report: self.disclosure.id.to_string(),
                    at: format!("{} {stated}", passage.part),
                    stated: token.amount.to_string(),
                    computed,
                    accepted: None,
                }));
                findings.push(finding);
                contradicted.push(token.at.start);
            }
        }
        contradicted
    }

    /// What should not be published at all.
    fn leftovers(&self, block: &Block<'_>, passage: &Passage<'_>, findings: &mut Vec<Finding>) {
        let place = |range: &Range<usize>| passage.place(block, range);
        self.words(&block.text, block.heading, passage.part, &place, findings);
        for (code, range) in &block.codes {
            // Nothing is proved of what stands in code, but it is published as well.
            sensitive(code, false, &|_| passage.source.place(range.clone()), findings);
        }
    }

    /// Amounts that nothing in the report backs.
    fn unbacked(
        &self,
        block: &Block<'_>,
        sentences: &[Sentence<'_, '_>],
        tokens: &[Token<'_>],
        (section, wrong): (&[Decimal], &BTreeSet<usize>),
        passage: &Passage<'_>,
        findings: &mut Vec<Finding>,
    ) {
        let place = |range: &Range<usize>| passage.place(block, range);
        let money: Vec<&Token<'_>> = tokens.iter().filter(|token| token.kind == Kind::Money).collect();
        for token in money.iter().filter(|token| token.is_literal() && !token.limit) {
            if wrong.contains(&token.at.start)
                || self.backs(token, &money)
                || elsewhere::backs(token, sentences, section, &self.known)
            {
                continue;
            }
            let stated = word(block, tokens, &token.at, Lang::Zh);
            // 483.38 元 where the report has 483.38 万元, or the other way round.
            let (wan, yuan) = (Decimal::from(10_000), Decimal::ONE);
            let other = if token.factor == yuan { wan } else { yuan };
            let mistaken = [wan, yuan].contains(&token.factor) && self.known.contains(&(token.amount.value() * other));
            let entry = if mistaken { &catalogue::TEXT_UNIT } else { &catalogue::TEXT_UNBACKED };
            findings.push(self.claimed(
                Finding::new(entry, place(&token.at)).with("stated", &stated),
                passage.part,
                &stated,
            ));
        }
    }

    /// Whether the report has this amount, or two others of the paragraph make it: sentences go on from one another.
    fn backs(&self, token: &Token<'_>, paragraph: &[&Token<'_>]) -> bool {
        if token.amount.is_zero() || self.known.contains(&token.value().abs()) || self.known.contains(&token.value()) {
            return true;
        }
        if token.about && self.known.iter().any(|known| token.prints(*known)) {
            return true;
        }
        let sound = |other: &&&Token<'_>| !other.is_literal() || self.known.contains(&other.value());
        let others: Vec<Decimal> = paragraph.iter().filter(sound).map(|other| other.value()).collect();
        let derived = others.iter().enumerate().any(|(index, first)| {
            others[index + 1..]
                .iter()
                .any(|second| token.prints((*first - *second).abs()) || token.prints(*first + *second))
        });
        derived || others.iter().any(|other| token.prints(*other))
    }

    /// A contradiction as a finding. `listed` says what it was computed from, if that is not in the same block.
    fn fault(
        &self,
        fault: &Fault,
        block: &Block<'_>,
        tokens: &[Token<'_>],
        passage: &Passage<'_>,
        listed: Option<&lists::Listed>,
    ) -> Option<Finding> {
        let token = tokens.iter().find(|token| token.at == fault.at)?;
        let (zh, en) = match fault.way {
            Direction::Up => ("增加", "an increase"),
            Direction::Down => ("减少", "a decrease"),
        };
        let words = |range: &Range<usize>, lang| word(block, tokens, range, lang);
        let figures = |lang| fault.from.iter().map(|range| words(range, lang)).collect::<Vec<_>>();
        let stated = words(&fault.at, Lang::Zh);
        let mut finding = Finding::new(fault.entry, passage.place(block, &fault.at))
            .with("stated", &stated)
            .with(
                "computed",
                listed
                    .and_then(|listed| listed.computed.clone())
                    .unwrap_or_else(|| read::reworded(&stated, &fault.computed)),
            )
            .with("figures", listed.map_or_else(|| figures(Lang::Zh).join("，"), |listed| listed.from.clone()))
            .with("figures-en", listed.map_or_else(|| figures(Lang::En).join(", "), |listed| listed.from.clone()))
            .with("direction", zh)
            .with("direction-en", en);
        finding.claim = Some(Box::new(Claim {
            report: self.disclosure.id.to_string(),
            at: format!("{} {stated}", passage.part),
            stated: token.amount.to_string(),
            computed: fault.computed.clone(),
            accepted: None,
        }));
        Some(finding)
    }

    /// Leftovers, personal data, and in a heading the years of other reports.
    fn words(
        &self,
        text: &str,
        heading: bool,
        part: &str,
        place: &dyn Fn(&Range<usize>) -> Place,
        findings: &mut Vec<Finding>,
    ) {
        for left in words::leftovers(text) {
            let words = text[left.at.clone()].trim();
            let finding = Finding::new(&catalogue::TEXT_TEMPLATE, place(&left.at))
                .with("what", left.zh)
                .with("what-en", left.en)
                .with("text", words);
            findings.push(self.claimed(finding, part, words));
        }
        sensitive(text, heading, place, findings);
        let year = self.disclosure.id.year;
        let years = if heading { words::years(text) } else { Vec::new() };
        for (at, stated) in years {
            if stated.abs_diff(year) > 1 {
                let finding = Finding::new(&catalogue::TEXT_YEAR, place(&at)).with("stated", stated).with("year", year);
                // The year alone may stand in any sentence: what is accepted is the heading.
                let words = text.split(block::FIGURE).find(|words| words.contains(&stated.to_string()));
                findings.push(self.claimed(finding, part, words.unwrap_or(text).trim()));
            }
        }
    }

    /// A doubt about words: nothing computes another value, so what is accepted is the words in their part.
    fn claimed(&self, mut finding: Finding, part: &str, words: &str) -> Finding {
        finding.claim = Some(Box::new(Claim::of_words(&self.disclosure.id, part, words)));
        finding
    }
}

/// A number as the text says it, a figure by its derivation and value.
fn word(block: &Block<'_>, tokens: &[Token<'_>], range: &Range<usize>, lang: Lang) -> String {
    let figure = tokens.iter().find(|token| token.at == *range).and_then(|token| token.figure);
    match figure {
        Some(computed) => {
            format!("{} = {}", computed.derivation.expression, computed.say(lang).replace('\u{a0}', " "))
        }
        None => block.text[range.clone()].trim().replace(['\u{a0}', '\n'], " "),
    }
}

/// The finding does not repeat what should not be public, and so cannot be accepted either: a reason would need the words.
fn sensitive(text: &str, heading: bool, place: &dyn Fn(&Range<usize>) -> Place, findings: &mut Vec<Finding>) {
    for left in words::sensitive(text, heading) {
        let finding = Finding::new(&catalogue::TEXT_SENSITIVE, place(&left.at));
        findings.push(finding.with("what", left.zh).with("what-en", left.en));
    }
}

/// One finding a section: at its heading in the language that lacks the figures, beside them in the other.
fn lacks(
    lacking: Lang,
    missing: Vec<languages::Missing>,
    blocks: &Localized<Vec<Block<'_>>>,
    source: &Localized<Source>,
    findings: &mut Vec<Finding>,
) {
    let mut sections: BTreeMap<Option<String>, Vec<languages::Missing>> = BTreeMap::new();
    for missing in missing {
        sections.entry(missing.section.clone()).or_default().push(missing);
    }
    for (section, missing) in sections {
        let heading = blocks
            .get(lacking)
            .iter()
            .filter_map(|block| block.section.as_ref())
            .find_map(|(id, place)| (Some(id) == section.as_ref()).then(|| place.clone()));
        let place = source.get(lacking).place(heading.unwrap_or(0..0));
        let figures: Vec<&str> = missing.iter().map(|missing| missing.figure.as_str()).collect();
        let (zh, en) = match lacking {
            Lang::Zh => ("中文", "Chinese"),
            Lang::En => ("英文", "English"),
        };
        let mut finding = Finding::new(&catalogue::TRANSLATION_FIGURES, place.clone())
            .with("language", zh)
            .with("language-en", en)
            .with("figures", figures.join(" "))
            .with("file", place.file());
        for missing in &missing {
            let beside = source.get(lacking.other()).place(missing.place.clone());
            if !finding.related.contains(&beside) {
                finding.related.push(beside);
            }
        }
        findings.push(finding);
    }
}
