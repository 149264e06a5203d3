//! The tables of a report as a webmaster types them: what is not listed is 0.00.

use std::fmt::Write as _;

use super::File;
use super::accounts::{Account, Item};
use super::sentences::cell;

/// All tables of a year.
pub(super) fn tables(account: &Account) -> Vec<File> {
    let mut tables = vec![
        ("revenue-expenditure-summary", summary(account)),
        ("revenue", revenue(account)),
        ("expenditure", expenditure(account)),
        ("appropriation-summary", appropriation_summary(account)),
        ("general-budget-expenditure", general_budget(account)),
        ("basic-expenditure", basic(account)),
        ("three-public", three_public(account)),
        ("government-fund", fund(account)),
    ];
    if account.year > 2019 {
        let empty = "empty:\n  zh: 示例部门没有国有资本经营预算财政拨款支出，故本表无数据。\n  \
                     en: The example department has no state capital operations budget, so the table has no figures.\n";
        tables.push(("state-capital", empty.to_owned()));
    }
    tables.into_iter().map(|(form, text)| (format!("tables/{form}.yaml"), text)).collect()
}

impl Account {
    /// What was spent, of appropriations and of other revenue.
    pub(super) fn spent(&self) -> i64 {
        self.sum(|item| item.spent() + item.own)
    }

    /// 总计 of revenue, which is that of expenditure.
    pub(super) fn revenue_total(&self) -> i64 {
        self.spent() + self.sum(|item| item.closing)
    }
}

/// Rows by name; a row of one column stands without brackets.
struct Rows(String);

impl Rows {
    fn new(head: &str) -> Self {
        Rows(format!("unlisted: 0.00\n{head}rows:\n"))
    }

    fn row(&mut self, name: &str, amounts: &[i64]) -> &mut Self {
        let cells: Vec<String> = amounts.iter().map(|amount| cell(*amount)).collect();
        let _ = match cells.as_slice() {
            [one] => writeln!(self.0, "  {name}: {one}"),
            cells => writeln!(self.0, "  {name}: [{}]", cells.join(", ")),
        };
        self
    }

    /// 合计, and below it each class, group and item with the sums of its items.
    fn tree<const N: usize>(&mut self, items: &[&Item], columns: impl Fn(&Item) -> [i64; N]) -> &mut Self {
        let sum = |begin: &str| {
            let mut sums = [0; N];
            for item in items.iter().filter(|item| item.function.code.starts_with(begin)) {
                for (sum, amount) in sums.iter_mut().zip(columns(item)) {
                    *sum += amount;
                }
            }
            sums
        };
        self.row("合计", &sum(""));
        for code in codes(items, &[3, 5, 7]) {
            self.row(code, &sum(code));
        }
        self
    }

    /// The classes alone, as the summaries have them.
    fn classes<const N: usize>(&mut self, account: &Account, columns: impl Fn(&Item) -> [i64; N]) -> &mut Self {
        let items: Vec<&Item> = account.items.iter().collect();
        for code in codes(&items, &[3]) {
            let mut sums = [0; N];
            for item in items.iter().filter(|item| item.function.code.starts_with(code)) {
                for (sum, amount) in sums.iter_mut().zip(columns(item)) {
                    *sum += amount;
                }
            }
            self.row(code, &sums);
        }
        self
    }

    fn done(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

/// The codes of some lengths above and of the items, in printed order, each once.
fn codes(items: &[&Item], lengths: &[usize]) -> Vec<&'static str> {
    let mut codes: Vec<&str> = Vec::new();
    for item in items {
        codes.extend(lengths.iter().map(|length| &item.function.code[..*length]));
    }
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn of_budget(account: &Account, fund: bool) -> Vec<&Item> {
    account.items.iter().filter(|item| item.is_fund() == fund).collect()
}

fn summary(account: &Account) -> String {
    let (own, opening, closing) =
        (account.sum(|item| item.own), account.sum(|item| item.opening), account.sum(|item| item.closing));
    Rows::new("")
        .row("general-budget", &[account.sum_of(false, Item::appropriated)])
        .row("government-fund", &[account.sum_of(true, Item::appropriated)])
        .row("other-revenue", &[own])
        .row("本年收入合计", &[account.sum(Item::appropriated) + own])
        .row("opening", &[opening])
        .row("revenue-total", &[account.revenue_total()])
        .classes(account, |item| [item.spent() + item.own])
        .row("本年支出合计", &[account.spent()])
        .row("closing", &[closing])
        .row("expenditure-total", &[account.revenue_total()])
        .done()
}

fn revenue(account: &Account) -> String {
    let items: Vec<&Item> = account.items.iter().collect();
    Rows::new("columns: [本年收入合计, 财政拨款收入, 其他收入]\n")
        .tree(&items, |item| [item.appropriated() + item.own, item.appropriated(), item.own])
        .done()
}

fn expenditure(account: &Account) -> String {
    let items: Vec<&Item> = account.items.iter().collect();
    Rows::new("columns: [本年支出合计, 基本支出, 项目支出]\n")
        .tree(&items, |item| [item.spent() + item.own, item.basic, item.project + item.own])
        .done()
}

fn appropriation_summary(account: &Account) -> String {
    let of = |what: fn(&Item) -> i64| [account.sum(what), account.sum_of(false, what), account.sum_of(true, what)];
    let [revenue, general, fund] = of(Item::appropriated);
    let [opening, opening_general, opening_fund] = of(|item| item.opening);
    Rows::new("columns: [合计, 一般公共预算财政拨款, 政府性基金预算财政拨款]\n")
        .row("general-budget", &[general])
        .row("government-fund", &[fund])
        .row("revenue-year", &[revenue])
        .row("opening", &[opening])
        .row("opening-general-budget", &[opening_general])
        .row("opening-government-fund", &[opening_fund])
        .row("revenue-total", &[revenue + opening])
        .classes(account, |item| {
            let spent = item.spent();
            if item.is_fund() { [spent, 0, spent] } else { [spent, spent, 0] }
        })
        .row("expenditure-year", &of(Item::spent))
        .row("closing", &of(|item| item.closing))
        .row("expenditure-total", &of(|item| item.spent() + item.closing))
        .done()
}

fn general_budget(account: &Account) -> String {
    Rows::new("").tree(&of_budget(account, false), |item| [item.spent(), item.basic, item.project]).done()
}

fn basic(account: &Account) -> String {
    let mut rows = Rows::new("");
    for (class, total) in [("301", None), ("303", Some("personnel")), ("302", None), ("310", Some("non-personnel"))] {
        rows.row(class, &[account.line(class)]);
        for (code, amount) in account.lines.iter().filter(|(code, _)| code.starts_with(class)) {
            rows.row(code, &[*amount]);
        }
        match total {
            Some("personnel") => rows.row("personnel", &[account.line("301") + account.line("303")]),
            Some(total) => rows.row(total, &[account.line("302") + account.line("310")]),
            None => &mut rows,
        };
    }
    rows.done()
}

fn three_public(account: &Account) -> String {
    let Account { overseas, vehicles_purchase, vehicles_operation, receptions, .. } = account;
    let row = |overseas: i64, purchase: i64, operation: i64, receptions: i64| {
        let vehicles = purchase + operation;
        [overseas + vehicles + receptions, overseas, vehicles, purchase, operation, receptions]
    };
    Rows::new("")
        .row("预算数", &row(overseas.budget, vehicles_purchase.budget, vehicles_operation.budget, receptions.budget))
        .row("决算数", &row(overseas.actual, vehicles_purchase.actual, vehicles_operation.actual, receptions.actual))
        .done()
}

fn fund(account: &Account) -> String {
    Rows::new("")
        .tree(&of_budget(account, true), |item| {
            [item.opening, item.appropriated(), item.spent(), 0, item.spent(), item.closing]
        })
        .done()
}
