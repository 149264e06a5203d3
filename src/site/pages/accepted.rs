//! Where the document contradicts itself, as pages show it: what it states and where, what stands against it, and the reason.

use std::fmt::Write as _;

use serde::Serialize;

use crate::check::{Addend, Equation, Proven, Verdict};
use crate::diagnostics::{Finding, catalogue};
use crate::model::{
    Address, Computed, Derivation, Expression, Figure, Lang, Shelf, Target, Tolerance, Value, find_words,
};

use super::super::disputes::{Dispute, Ground, Spot};
use super::super::html::escape;
use super::super::routes::relative;
use super::super::scope::Scope;
use super::rounding::{self, of_span};
use super::{Book, Link, Mention, arithmetic};

/// A public contradiction, or a public doubt about words, which nothing contradicts.
#[derive(Serialize)]
pub(super) struct AcceptedData {
    /// Its number, which is in its id, too: `_accepted-3`.
    pub(super) number: usize,
    /// What it is about: a figure with its year, or the part and the heading of the words.
    about: String,
    /// All places that say so: the part and the heading, with the sentence as title.
    pub(super) places: Vec<Link>,
    /// What stands against each other; of a doubt only what is stated.
    sides: Vec<Side>,
    /// Why rounding does not explain the difference; empty where nothing was rounded.
    rounding: String,
    /// The figures that it rests on and that no side names, each with its value.
    figures: Vec<Link>,
    /// The rule that it breaks: its number, and its name as title; empty for a sentence.
    rule: Link,
    pub(super) reason: String,
    /// The language of what is quoted, where the page's own has no such words; else empty.
    lang: &'static str,
}

/// One of the values that cannot both hold.
#[derive(Serialize)]
struct Side {
    /// What it is: stated in the text, shown in a table, computed.
    kind: String,
    /// What stands before and behind the value where all sides stand in one line.
    before: String,
    behind: String,
    /// The printed figure, and the way to it; empty for a sentence and for what is computed.
    name: String,
    href: String,
    value: String,
    /// What it is computed from, each figure linked to its cell (HTML).
    terms: String,
}

impl AcceptedData {
    /// Whether it is an equation that does not hold; else it is what a sentence states.
    pub(super) fn is_of_rule(&self) -> bool {
        !self.rule.href.is_empty()
    }

    /// What it is about and what cannot both hold, in one line.
    pub(super) fn title(&self, colon: &str) -> String {
        format!("{}{colon}{}", self.about, self.claim(&str::to_owned))
    }

    /// All sides in one line: `文字所写 6.18%，计算结果 6.19%`.
    fn claim(&self, print: &dyn Fn(&str) -> String) -> String {
        self.sides.iter().fold(String::new(), |line, side| line + &side.before + &print(&side.value) + &side.behind)
    }
}

impl<'a> Book<'a> {
    /// The public contradictions of a report, and the doubts about its words, each in the official order; `spots` are the
    /// places that state them.
    pub(super) fn accepted(
        &'a self,
        index: usize,
        spots: &[(Mention, Spot)],
        scope: &Scope<'_>,
    ) -> Result<[Vec<AcceptedData>; 2], Finding> {
        let (mut contradictions, mut doubts) = (Vec::new(), Vec::new());
        let disputes = &self.disputes[index];
        for at in disputes.shown(self.lang) {
            let dispute = &disputes.all[at];
            let own = spots.iter().filter(|(_, spot)| spot.dispute == at);
            let entry = self.entry(dispute, own, scope)?;
            if dispute.is_doubt() { doubts.push(entry) } else { contradictions.push(entry) }
        }
        Ok([contradictions, doubts])
    }

    fn entry<'s>(
        &'a self,
        dispute: &Dispute<'a>,
        spots: impl Iterator<Item = &'s (Mention, Spot)>,
        scope: &Scope<'_>,
    ) -> Result<AcceptedData, Finding> {
        let places = self.places(dispute, spots, scope);
        let (mut sides, rested) = match dispute.ground {
            Ground::Figure(computed) => (of_figure(computed, scope)?.into(), computed.figures.clone()),
            Ground::Rule(_, equation) => (of_rule(equation, scope)?.into(), arithmetic::printed(equation, scope)),
            Ground::Words => (of_words(dispute, scope)?, Vec::new()),
        };
        in_one_line(&mut sides, matches!(dispute.ground, Ground::Words), self.lang);
        let mut figures = Vec::new();
        // A long sum is followed from its arithmetic.
        if rested.len() <= 4 {
            for figure in &rested {
                let link = cell(figure, scope);
                if sides.iter().all(|side: &Side| side.href != link.href) {
                    figures.push(link);
                }
            }
        }
        Ok(AcceptedData {
            number: dispute.number,
            about: about(dispute, &sides, &places, &self.report_name(scope.disclosure.id)?, scope),
            rounding: match dispute.ground {
                Ground::Figure(computed) => of_span(computed, self.lang),
                Ground::Rule(rule, equation) => of_bound(rule, equation, scope)?,
                Ground::Words => String::new(),
            },
            rule: match dispute.ground {
                Ground::Rule(rule, _) => Link {
                    title: rule.name.get(self.lang).clone(),
                    ..Link::new(&rule.id, format!("#_rule-{}", super::checks::key(rule)))
                },
                Ground::Figure(_) | Ground::Words => Link::none(),
            },
            reason: dispute.accepted.reason.get(self.lang).clone(),
            lang: match dispute.said_only_in() {
                Some(lang) if lang != self.lang => lang.tag(),
                _ => "",
            },
            places,
            sides,
            figures,
        })
    }

    /// All places that state it, each once.
    fn places<'s>(
        &self,
        dispute: &Dispute<'_>,
        spots: impl Iterator<Item = &'s (Mention, Spot)>,
        scope: &Scope<'_>,
    ) -> Vec<Link> {
        let mut places: Vec<Link> = Vec::new();
        for spot in spots {
            let place = place(spot, scope);
            // A sentence may name both figures that cannot hold.
            if places.iter().all(|known| (&known.name, &known.title) != (&place.name, &place.title)) {
                places.push(place);
            }
        }
        if matches!(dispute.ground, Ground::Words) && places.is_empty() {
            places.extend(self.words_in(dispute, scope));
        }
        for figure in dispute.said().iter().filter_map(|one| scope.disclosure.figure(one).ok()) {
            // What a table states has its mark there; what only other figures state is stated there.
            if figure.address.form != Address::FACTS || places.is_empty() {
                places.push(cell(&figure, scope));
            }
        }
        places
    }

    /// Where words are said that have no mark: in a heading, or in a part that says it in other words in this language.
    fn words_in(&self, dispute: &Dispute<'_>, scope: &Scope<'_>) -> Option<Link> {
        let report = scope.disclosure.id;
        let (slug, words) = dispute.place();
        let part = scope.disclosure.parts.iter().find(|part| part.slug == slug)?;
        if let Some(found) = dispute.words(self.lang) {
            let (id, name) = (&found.heading.id, &found.heading.name);
            let page = self.routes.heading(report, slug, id);
            let href = if scope.whole_report { format!("#{slug}/{id}") } else { format!("{}#{id}", scope.to(page)) };
            return Some(Link { title: found.sentence.clone(), ..Link::new(name, href) });
        }
        let href = scope.target_href(&Target::Part(part.slug.clone(), None));
        Some(Link { title: words.to_owned(), ..Link::new(part.title.get(self.lang), href) })
    }
}

/// What an entry is about: the figure that is stated, or what two sums are, with the year; of words, where they stand.
fn about(dispute: &Dispute<'_>, sides: &[Side], places: &[Link], report: &str, scope: &Scope<'_>) -> String {
    let own = |name: &str| scope.dated(name, scope.disclosure.id.year);
    let cell = || dispute.said().first().and_then(|said| scope.disclosure.figure(said).ok());
    match dispute.ground {
        // What is said of another year has that year in its name.
        Ground::Figure(computed) if computed.figures[0].report != scope.disclosure.id => {
            rounding::about(computed, scope)
        }
        Ground::Figure(computed) => own(&rounding::about(computed, scope)),
        // Two sums are of no figure that is printed; the rule says of what they are.
        Ground::Rule(rule, _) if sides.iter().all(|side| side.name.is_empty()) => own(rule.name.get(scope.lang)),
        Ground::Rule(..) => cell().map(|figure| own(&scope.label(&figure))).unwrap_or_default(),
        // What is said in no part, as a date of the report, is said of the report.
        Ground::Words => places.first().map_or_else(|| report.to_owned(), |place| place.name.clone()),
    }
}

/// Gives each side what stands around its value where all stand in one line: `文字所写 6.18%，计算结果 6.19%`,
/// `6.18% in the text, 6.19% computed`. Words are quoted; what two sides are is said once.
fn in_one_line(sides: &mut [Side], is_words: bool, lang: Lang) {
    let (open, close) = if is_words { ("“", "”") } else { ("", "") };
    for index in 0..sides.len() {
        let kind = sides[index].kind.clone();
        let alike =
            |other: Option<usize>| other.and_then(|other| sides.get(other)).is_some_and(|side| side.kind == kind);
        let (first, after_alike, before_alike) = (index == 0, alike(index.checked_sub(1)), alike(Some(index + 1)));
        let (before, behind) = match lang {
            Lang::Zh if after_alike => ("和".to_owned(), String::new()),
            Lang::Zh => (format!("{}{kind}", if first { "" } else { "，" }), String::new()),
            Lang::En => {
                let before = if first {
                    ""
                } else if after_alike {
                    " and "
                } else {
                    ", "
                };
                let behind = if before_alike { String::new() } else { format!(" {}", kind.to_lowercase()) };
                (before.to_owned(), behind)
            }
        };
        // Between a Chinese word and a digit.
        let space = if lang == Lang::Zh && sides[index].value.starts_with(|c: char| c.is_ascii_digit()) && !is_words {
            " "
        } else {
            ""
        };
        sides[index].before = before + space + open;
        sides[index].behind = close.to_owned() + &behind;
    }
}

/// Words of the text, in their own language (HTML).
fn in_lang(words: &str, lang: &str) -> String {
    match lang {
        "" => escape(words),
        lang => format!("<span lang=\"{lang}\">{}</span>", escape(words)),
    }
}

/// A figure in a sentence against what it repeats, or what it computes from.
fn of_figure(computed: &Computed, scope: &Scope<'_>) -> Result<[Side; 2], Finding> {
    let against = match computed.derivation.expression {
        Expression::Cell(_) => printed(&computed.figures[0], scope)?,
        _ => self::computed(
            statement(&computed.as_computed(), scope.lang),
            arithmetic::derivation(computed, scope),
            scope,
        )?,
    };
    Ok([text(statement(computed, scope.lang), scope)?, against])
}

/// The sides of an equation that does not hold.
fn of_rule(equation: &Equation, scope: &Scope<'_>) -> Result<[Side; 2], Finding> {
    let side = |addends: &[Addend]| {
        if let [one] = addends
            && one.derived.is_none()
            && let Some(figure) = arithmetic::figure(one.report, &one.address, scope)
        {
            return printed(&figure, scope);
        }
        let value = arithmetic::with_unit(equation.shown(addends), &arithmetic::unit_of(addends, scope), scope.lang);
        computed(value, arithmetic::terms(equation, addends, scope), scope)
    };
    Ok([side(&equation.left)?, side(&equation.right)?])
}

/// Words against what the same document says elsewhere, or what their own amounts make.
fn of_words(dispute: &Dispute<'_>, scope: &Scope<'_>) -> Result<Vec<Side>, Finding> {
    let (accepted, (_, words)) = (dispute.accepted, dispute.place());
    let mut sides = vec![text(words.to_owned(), scope)?];
    if !dispute.is_doubt() {
        // The claim has bare numbers, the words have the unit.
        let value = find_words(words, &accepted.stated).map_or_else(
            || accepted.computed.clone(),
            |at| format!("{}{}{}", &words[..at.start], accepted.computed, &words[at.end..]),
        );
        let elsewhere = [&catalogue::TEXT_CONTRADICTS, &catalogue::TEXT_WORDS];
        let is_elsewhere = elsewhere.iter().any(|entry| entry.code == accepted.code);
        let kind = if is_elsewhere { "side_elsewhere" } else { "side_computed" };
        sides.push(Side { kind: scope.word(kind)?.to_owned(), ..Side::of(value) });
    }
    Ok(sides)
}

impl Side {
    fn of(value: String) -> Self {
        Side {
            kind: String::new(),
            before: String::new(),
            behind: String::new(),
            name: String::new(),
            href: String::new(),
            value,
            terms: String::new(),
        }
    }
}

/// What a sentence states.
fn text(value: String, scope: &Scope<'_>) -> Result<Side, Finding> {
    Ok(Side { kind: scope.word("side_text")?.to_owned(), ..Side::of(value) })
}

/// A figure as it is printed: in a table, or, where it stands in none, in the text.
fn printed(figure: &Figure, scope: &Scope<'_>) -> Result<Side, Finding> {
    let kind = if figure.address.form == Address::FACTS { "side_text" } else { "side_table" };
    Ok(Side {
        kind: scope.word(kind)?.to_owned(),
        name: scope.label(figure),
        href: scope.figure_href(figure),
        ..Side::of(said(figure, scope.lang))
    })
}

fn computed(value: String, terms: String, scope: &Scope<'_>) -> Result<Side, Finding> {
    Ok(Side { kind: scope.word("side_computed")?.to_owned(), terms, ..Side::of(value) })
}

/// How far the sides are apart, and how far rounding may put them apart.
fn of_bound(rule: &Proven, equation: &Equation, scope: &Scope<'_>) -> Result<String, Finding> {
    let allowed = arithmetic::allowed(rule, equation, scope)?;
    if rule.tolerance == Tolerance::Printed {
        let shelf = Shelf { home: scope.disclosure.id, disclosures: scope.shelf };
        let rate = equation.right.iter().find_map(|addend| addend.derived.as_ref());
        let stated = equation.left.first().map(|addend| addend.amount);
        let rate = rate.and_then(|rate| {
            Derivation { stated, ..Derivation::in_words(rate.expression.clone()) }.compute(&shelf).ok()
        });
        return Ok(match (rate, scope.lang) {
            (None, _) => allowed,
            // A rate that is typed for itself must be that of the printed figures.
            (Some(rate), Lang::Zh) if rate.is_tail() => {
                "印出的数字得不出这个比率，四舍五入之前的数字有可能得出".to_owned()
            }
            (Some(rate), Lang::En) if rate.is_tail() => {
                "the printed figures do not make this rate, though those before rounding might".to_owned()
            }
            (Some(rate), lang) => of_span(&rate, lang),
        });
    }
    let (Tolerance::LastDecimal | Tolerance::Tail, Verdict::Fails(_)) = (rule.tolerance, equation.verdict) else {
        return Ok(allowed);
    };
    let unit = arithmetic::unit_of(&equation.left, scope);
    let difference = arithmetic::with_unit(equation.difference(), &unit, scope.lang);
    Ok(match scope.lang {
        Lang::Zh => format!("两数相差 {difference}，{allowed}"),
        Lang::En => format!("the two are {difference} apart, and {allowed}"),
    })
}

/// An annex of a report on paper: each contradiction or doubt with its number, its statement and its reason (HTML).
pub(super) fn annex(entries: &[AcceptedData], intro: &str, scope: &Scope<'_>) -> Result<String, Finding> {
    let colon = scope.word("colon")?;
    let (place_word, rounding_word) = (scope.word("accepted_where")?, scope.word("accepted_rounding")?);
    let mut html = format!("<p>{}</p>\n<ol class=\"annex\">\n", escape(intro));
    for entry in entries {
        let side = |side: &Side| {
            let name = if side.name.is_empty() { String::new() } else { format!("{} ", escape(&side.name)) };
            let terms = if side.terms.is_empty() { String::new() } else { format!(" = {}", side.terms) };
            format!("{}{colon}{name}{}{terms}", escape(&side.kind), in_lang(&side.value, entry.lang))
        };
        let place = |place: &Link| {
            let words = in_lang(&place.title, entry.lang);
            format!("{place_word}{colon}<a href=\"{}\">{}</a>{colon}{words}", escape(&place.href), escape(&place.name))
        };
        let _ = write!(
            html,
            "<li id=\"_accepted-{}\" value=\"{0}\"><p>{}{colon}{}</p>\n<p>{}</p>\n<p>{}",
            entry.number,
            escape(&entry.about),
            entry.claim(&|value| in_lang(value, entry.lang)),
            entry.places.iter().map(place).collect::<Vec<_>>().join("<br>"),
            entry.sides.iter().map(side).collect::<Vec<_>>().join("<br>"),
        );
        if !entry.rounding.is_empty() {
            let _ = write!(html, "<br>{rounding_word}{colon}{}", escape(&entry.rounding));
        }
        let _ = writeln!(html, "</p>\n<p>{}</p></li>", escape(&entry.reason));
    }
    html.push_str("</ol>\n");
    Ok(html)
}

/// The way to a place, with its sentence.
fn place((page, spot): &(Mention, Spot), scope: &Scope<'_>) -> Link {
    let file = if page.path == scope.path { String::new() } else { relative(&scope.path, &page.path) };
    let heading = if spot.heading.is_empty() { String::new() } else { format!(" · {}", spot.heading) };
    Link {
        title: spot.sentence.clone(),
        ..Link::new(format!("{}{heading}", page.title), format!("{file}#{}", spot.id))
    }
}

/// A figure with its name, its value and its unit.
fn cell(figure: &Figure, scope: &Scope<'_>) -> Link {
    Link { title: said(figure, scope.lang), ..Link::new(scope.label(figure), scope.figure_href(figure)) }
}

fn said(figure: &Figure, lang: Lang) -> String {
    arithmetic::with_unit(figure.amount, &figure.unit, lang)
}

/// A figure in words, with its unit and its word of direction.
fn statement(computed: &Computed, lang: Lang) -> String {
    let stated = computed.derivation.stated;
    let mut words = computed.as_computed();
    words.derivation.stated = stated;
    let said = words.say(lang);
    match (&computed.value, lang) {
        (Value::Amount(amount, unit), _) => arithmetic::with_unit(stated.unwrap_or(*amount), unit, lang),
        (Value::Change(amount, unit), Lang::En) => {
            format!("{said}{}", arithmetic::in_table(stated.unwrap_or(*amount).abs(), unit))
        }
        _ => said,
    }
}
