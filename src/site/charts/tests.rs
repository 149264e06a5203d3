//! What a reader is told, and what a chart must never show.

use super::*;
use crate::model::{
    Address, Amount, Chart, ChartKind, Computed, Derivation, Expression, Figure, Ledger, Mark, Refusal, ReportId,
    ReportKind, Text, Unit,
};

/// A ledger whose rows are amounts: the row `2795-08` is 2795.08, `m1-00` is −1.00.
struct Digits;

impl Ledger for Digits {
    fn figure(&self, address: &Address) -> Result<Figure, Refusal> {
        let text = address.row.replace('-', ".").replace('m', "-");
        Ok(Figure {
            amount: Amount::parse(&text).map_err(|_| Refusal::NoRow(address.clone()))?,
            unit: Unit::WAN_YUAN,
            name: Text::new("支出 · 合计", "Expenditure · Total"),
            report: ReportId { year: 2019, kind: ReportKind::Final },
            address: address.clone(),
        })
    }
}

fn compute(expression: Expression) -> Computed {
    Derivation { expression, plain: false, stated: None }.compute(&Digits).unwrap()
}

fn cell(amount: &str) -> Address {
    Address::cell("expenditure", &amount.replace('.', "-"), "total")
}

/// An amount, `-1.00` among them.
fn amount(text: &str) -> Computed {
    let row = text.strip_prefix('-').map_or_else(|| text.to_owned(), |rest| format!("m{rest}"));
    compute(Expression::Cell(cell(&row)))
}

fn mark(name: (&str, &str), text: &str, whole: Option<&str>) -> Mark {
    let share = whole.map(|whole| compute(Expression::Share(cell(text), cell(whole))));
    Mark { name: Text::new(name.0, name.1), group: None, amount: amount(text), share, derived: false }
}

fn chart(kind: ChartKind, marks: Vec<Mark>) -> Chart {
    let title = Text::new("2019 年支出构成", "Expenditure by function, 2019");
    Chart { id: "shares".to_owned(), title, kind, in_document: true, marks }
}

fn pie(parts: &[(&str, &str)], whole: Option<&str>) -> Chart {
    chart(ChartKind::Pie, parts.iter().map(|(name, text)| mark((name, name), text, whole)).collect())
}

fn words(lang: Lang) -> ChartWords<'static> {
    let word = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    ChartWords {
        chart_by_site: word("本站制图", "Chart by this site"),
        derived: word("推算", "derived"),
        other: word("其他", "Other"),
        zero_share: word("占比为 0", "Nil"),
        no_chart_empty: word("没有数据，不作图。", "There are no figures, so there is no chart."),
        no_chart_zero: word("各项均为 0，不作图。", "All the figures are zero, so there is no chart."),
        no_chart_negative: word("有负数，不作饼图。", "Some figures are negative, so there is no pie."),
        no_chart_units: word("单位不同，不作图。", "The units differ, so there is no chart."),
        no_chart_whole: word("各项之和不等于整体，不作饼图。", "The items do not add up, so there is no pie."),
        chart_data: word("图中数据", "Data in this chart"),
        unit_label: word("单位", "Unit"),
        total: word("合计", "Total"),
        item: word("项目", "Item"),
        amount: word("金额", "Amount"),
        share: word("占比", "Share"),
        of_hundred: word("每 100 元中", "Of RMB 100"),
        hundred_tail: word("各项四舍五入，相加不是 100 元。", "Each is rounded; together they are not RMB 100."),
    }
}

fn render(chart: &Chart, lang: Lang) -> String {
    figure(chart, lang, "c-", &words(lang), &|figure| format!("expenditure.html#{}", figure.address))
}

const FUNCTIONS: [(&str, &str); 5] = [
    ("一般公共服务支出", "1066.66"),
    ("公共安全支出", "1596.43"),
    ("社会保障和就业支出", "61.09"),
    ("卫生健康支出", "8.80"),
    ("住房保障支出", "62.10"),
];

fn slices(html: &str) -> usize {
    html.matches("<path").count()
}

#[test]
fn labels_are_exact_and_lead_to_their_cells() {
    let html = render(&pie(&FUNCTIONS, Some("2795.08")), Lang::Zh);
    for said in ["57.12%", "38.16%", "0.31%", "8.80"] {
        assert!(html.contains(said), "{said}");
    }
    assert!(html.contains("公共安全支出 1596.43\u{a0}万元（57.12%）；"));
    assert!(html.contains("<a class=\"figure\" href=\"expenditure.html#expenditure/8-80/total\""));
    assert!(html.contains("<tfoot><tr><th scope=\"row\">支出 · 合计</th>"));
    assert!(html.contains("<figure class=\"chart chart-pie\" id=\"c-shares\">"));
    assert!(!html.contains("1066.7"));
    assert_eq!(slices(&html), 5);
    let html = render(&pie(&FUNCTIONS, Some("2795.08")), Lang::En);
    assert!(html.contains(">1,066.66</a>"));
    assert!(html.contains("RMB\u{a0}10,666,600 (38.16%);"));
}

#[test]
fn svg_is_themeable_and_self_contained() {
    let bars = chart(ChartKind::Bars, vec![mark(("甲", "A"), "0.62", None)]);
    for html in [render(&pie(&FUNCTIONS, Some("2795.08")), Lang::Zh), render(&bars, Lang::Zh)] {
        for banned in [" data-", "\"#", "rgb(", "<style", "style=", "font-family", "http", "url(", "NaN", "Roboto"] {
            assert!(!html.contains(banned), "{banned} in {html}");
        }
        assert!(html.contains("role=\"img\"") && html.contains("<title id=") && html.contains("<desc id="));
    }
}

#[test]
fn a_hundred_is_a_table_of_exact_parts_the_largest_first() {
    let hundred = Chart { kind: ChartKind::Hundred, ..pie(&FUNCTIONS, Some("2795.08")) };
    let html = render(&hundred, Lang::Zh);
    let places: Vec<_> = ["57.12\u{a0}元", "38.16\u{a0}元", "2.22\u{a0}元", "0.31\u{a0}元", "100.00\u{a0}元"]
        .map(|said| html.find(said).unwrap_or_else(|| panic!("{said}")))
        .into();
    assert!(places.is_sorted(), "{places:?}");
    assert!(html.contains("<a class=\"figure\" href=\"expenditure.html#expenditure/8-80/total\">8.80</a>"));
    assert_eq!((html.matches("<table").count(), html.matches("chart-fill").count()), (1, 5));
    assert!(!html.contains("chart-note"));
    assert!(render(&hundred, Lang::En).contains("RMB\u{a0}57.12"));
}

#[test]
fn a_hundred_that_rounding_misses_says_so() {
    let thirds = [("甲", "1.00"), ("乙", "1.00"), ("丙", "1.00"), ("丁", "0.00")];
    let html = render(&Chart { kind: ChartKind::Hundred, ..pie(&thirds, Some("3.00")) }, Lang::Zh);
    assert!(html.contains("99.99\u{a0}元"));
    assert!(html.contains("<p class=\"chart-note\">各项四舍五入，相加不是 100 元。</p>"));
    assert!(html.contains("<p class=\"chart-note\">占比为 0：丁。</p>"));
}

#[test]
fn zero_has_no_slice_and_is_said() {
    let parts = [("因公出国（境）费", "0.00"), ("公务用车运行维护费", "0.62"), ("公务接待费", "0.16")];
    let html = render(&pie(&parts, Some("0.78")), Lang::Zh);
    assert_eq!(slices(&html), 2);
    assert!(html.contains("<p class=\"chart-note\">占比为 0：因公出国（境）费。</p>"));
    assert!(html.contains("因公出国（境）费 0.00\u{a0}万元（0%）；"));
    assert!(html.contains("<td class=\"amount zero\">"));
    assert!(!html.contains("chart-c3"));
}

#[test]
fn a_chart_of_nothing_is_a_sentence_beside_its_table() {
    for (chart, said) in [
        (pie(&[("甲", "0.00"), ("乙", "0.00")], None), "各项均为 0"),
        (pie(&[("甲", "1.00"), ("乙", "-0.50")], None), "有负数"),
        (pie(&[], None), "没有数据"),
        (pie(&[("甲", "1.00"), ("乙", "2.00")], Some("4.00")), "各项之和不等于整体"),
        (Chart { kind: ChartKind::Hundred, ..pie(&[("甲", "1.00")], None) }, "各项之和不等于整体"),
        (chart(ChartKind::Bars, vec![]), "没有数据"),
        (chart(ChartKind::Bars, vec![mark(("甲", "A"), "0.00", None)]), "各项均为 0"),
    ] {
        let html = render(&chart, Lang::Zh);
        assert!(html.contains(&format!("<p class=\"chart-none\">{said}")), "{html}");
        assert!(!html.contains("<svg") && !html.contains("chart-legend"));
        assert!(html.contains("<table class=\"chart-data\">"));
    }
    assert!(render(&pie(&[("甲", "-0.50")], None), Lang::Zh).contains("−0.50</a>"));
}

#[test]
fn a_rounding_tail_is_no_missing_part() {
    let html = render(&pie(&[("甲", "1.00"), ("乙", "2.00")], Some("3.01")), Lang::Zh);
    assert_eq!(slices(&html), 2);
}

#[test]
fn one_part_is_a_whole_ring() {
    let html = render(&pie(&[("甲", "3.00")], Some("3.00")), Lang::Zh);
    assert_eq!(slices(&html), 1);
    assert!(html.contains("chart-c1\"></span>1</span> 甲</th>") && html.contains(">100.00%</td>"));
}

#[test]
fn a_slice_with_room_has_its_name_and_a_small_one_a_number() {
    let html = render(&pie(&FUNCTIONS, Some("2795.08")), Lang::Zh);
    for said in
        ["1 一般公共服务支出 <span class=\"chart-share\">38.16%<", "2 公共安全支出 <span class=\"chart-share\">57.12%<"]
    {
        assert_eq!(html.matches(said).count(), 1, "{said} {html}");
    }
    for number in 1..=5 {
        assert_eq!(html.contains(&format!("class=\"chart-number\">{number}</text>")), number > 2, "{number}");
    }
    // What is said around the ring stands in its description; a screen reader hears it once.
    assert_eq!(
        html.matches("<div class=\"chart-names").count(),
        html.matches("\" aria-hidden=\"true\">\n<div>").count()
    );
}

#[test]
fn lines_to_names_leave_their_slices_apart_from_each_other_and_from_numbers() {
    let mut named = 0;
    // Ways to cut the circle into up to six slices of whole twentieths.
    let mut cuts = vec![vec![]];
    while let Some(cut) = cuts.pop() {
        let left = 20 - cut.iter().sum::<u32>();
        if cut.len() == 5 || left == 0 {
            let parts: Vec<u32> = cut.into_iter().chain((left > 0).then_some(left)).collect();
            let mut start = 0.0_f32;
            let arcs: Vec<(f32, f32)> = parts
                .iter()
                .map(|part| {
                    #[allow(clippy::cast_precision_loss)] // at most 20
                    let delta = *part as f32 * 18.0;
                    start += delta;
                    (start - delta, delta)
                })
                .collect();
            let lines = names::lines(&arcs, &|named| pie::number_places(&arcs, named));
            let mut ends: Vec<(f32, f32)> = Vec::new();
            for ((start, delta), line) in arcs.iter().zip(&lines) {
                assert!(line.is_some() || *delta < 60.0, "a large slice has no name: {parts:?}");
                let Some(angle) = line else { continue };
                assert!(*angle > start + 5.0 && *angle < start + delta - 5.0, "{parts:?}");
                ends.push(pie::at(pie::OUTER, *angle));
                named += 1;
            }
            let shown: Vec<bool> = lines.iter().map(Option::is_some).collect();
            let numbers = pie::number_places(&arcs, &shown);
            assert_eq!(ends.len() + numbers.len(), arcs.len());
            for (index, (x, y)) in ends.iter().enumerate() {
                let crowd = ends[..index].iter().map(|end| (end, 12.0)).chain(numbers.iter().map(|end| (end, 24.0)));
                for ((left, top), gap) in crowd {
                    let same_half = (y - pie::HALF.1) * (top - pie::HALF.1) > 0.0;
                    assert!(!same_half || (x - left).abs() >= gap, "{parts:?}");
                }
            }
            continue;
        }
        cuts.extend(
            [1, 2, 3, 5, 8]
                .iter()
                .filter(|part| **part <= left)
                .map(|part| cut.iter().copied().chain([*part]).collect::<Vec<u32>>()),
        );
    }
    assert!(named > 5_000, "{named}");
}

#[test]
fn the_smallest_of_many_share_a_slice() {
    let parts =
        [("a", "5.00"), ("b", "1.00"), ("c", "50.00"), ("d", "10.00"), ("e", "2.33"), ("f", "20.00"), ("g", "11.67")];
    let html = render(&pie(&parts, Some("100.00")), Lang::En);
    assert_eq!(slices(&html), 6);
    // The table is the legend: the parts without a slice of their own have the number of the one that they share.
    for (part, slice) in [("a", 1), ("b", 6), ("c", 2), ("d", 3), ("e", 6), ("f", 4), ("g", 5)] {
        assert!(html.contains(&format!("chart-c{slice}\"></span>{slice}</span> {part}</th>")), "{part} {html}");
    }
    assert!(html.contains("6 Other (3.33%): b RMB\u{a0}10,000 (1.00%); e RMB\u{a0}23,300 (2.33%)."));
    assert_eq!(html.matches("<th scope=\"row\">").count(), 8, "every part and the whole stand in the table");
}

#[test]
fn names_are_escaped() {
    let name = "<b>\"A&B\"</b>";
    let mut chart = pie(&[(name, "0.00"), (name, "1.00")], None);
    chart.title = Text::new(name, name);
    chart.id = "x\"y".to_owned();
    for kind in [ChartKind::Pie, ChartKind::Bars] {
        chart.kind = kind;
        for mark in &mut chart.marks {
            mark.group = Some(Text::new(name, name));
        }
        let html = figure(&chart, Lang::En, "", &words(Lang::En), &|_| "a.html?x=1&y=\"2\"".to_owned());
        assert!(!html.contains("<b>") && !html.contains("A&B") && !html.contains("&y=\"") && !html.contains("x\"y"));
        assert!(html.contains("href=\"a.html?x=1&amp;y=&quot;2&quot;\""));
    }
}

#[test]
fn groups_of_bars_stand_beside_each_other() {
    let mut marks = Vec::new();
    for (name, budget, actual) in
        [("因公出国（境）费", "0.00", "0.00"), ("公务用车", "2.50", "0.62"), ("公务接待费", "0.90", "0.16")]
    {
        for (group, text) in [("预算", budget), ("决算", actual)] {
            let mut mark = mark((name, name), text, None);
            mark.group = Some(Text::new(group, group));
            marks.push(mark);
        }
    }
    // One group lacks a row's amount, and one name comes twice.
    marks.pop();
    marks[2].derived = true;
    let mut again = mark(("公务用车", "公务用车"), "0.01", None);
    again.group = Some(Text::new("决算", "决算"));
    marks.push(again);
    let html = render(&chart(ChartKind::Bars, marks), Lang::Zh);
    assert_eq!(html.matches("<svg").count(), 4);
    assert!(html.contains("预算：2.50\u{a0}万元（推算）；决算：0.62\u{a0}万元。</desc>"));
    assert!(
        html.contains(
            "<span><span class=\"chart-derived\">推算</span> 2.50\u{a0}万元</span><span>0.62\u{a0}万元</span>"
        )
    );
    assert!(html.contains("<th scope=\"col\" class=\"h-amount\">预算</th>"));
    assert!(html.contains("<td class=\"amount blank\"></td>"));
    assert!(html.contains("<span class=\"chart-derived\">推算</span>"));
    // The longest bar is as wide as the drawing, another as wide as its exact share of that.
    assert!(html.contains("width=\"1000\"") && html.contains("width=\"248\""));
}

#[test]
fn bars_have_the_names_of_their_groups_or_if_those_are_long_numbers_and_a_legend() {
    let grouped = |names: [&str; 2]| {
        let marks =
            names.map(|name| Mark { group: Some(Text::new(name, name)), ..mark(("车", "Cars"), "2.50", None) });
        render(&chart(ChartKind::Bars, marks.into()), Lang::Zh)
    };
    let html = grouped(["预算数", "决算数"]);
    assert!(html.contains("aria-hidden=\"true\"><span>预算数</span><span>决算数</span></span>"), "{html}");
    assert!(!html.contains("chart-legend"));
    let html = grouped(["预算数", "一般公共预算财政拨款决算数"]);
    assert!(html.contains("aria-hidden=\"true\"><span>1</span><span>2</span></span>"), "{html}");
    assert!(
        html.contains(
            "<span class=\"chart-key\">2</span> <span class=\"chart-name\">一般公共预算财政拨款决算数</span>"
        )
    );
}

#[test]
fn bars_below_zero_grow_the_other_way() {
    let marks = vec![mark(("甲", "A"), "3.00", None), mark(("乙", "B"), "-1.00", None)];
    let html = render(&chart(ChartKind::Bars, marks), Lang::Zh);
    assert!(html.contains("<rect x=\"250\" y=\"5\" width=\"750\""), "{html}");
    assert!(html.contains("<rect x=\"0\" y=\"5\" width=\"250\""));
    assert!(html.contains("−1.00\u{a0}万元"));
}

#[test]
fn charts_by_this_site_are_marked_and_bytes_are_stable() {
    let mut chart = pie(&FUNCTIONS, Some("2795.08"));
    assert!(!render(&chart, Lang::Zh).contains("chart-ours"));
    chart.in_document = false;
    let html = render(&chart, Lang::Zh);
    assert!(html.contains("<figcaption>2019 年支出构成 <span class=\"chart-ours\">本站制图</span></figcaption>"));
    assert_eq!(html, render(&chart, Lang::Zh));
}
