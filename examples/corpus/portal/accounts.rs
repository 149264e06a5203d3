//! The accounts of a department in whole yuan: what it received, spent and carried forward, item by item.

use super::random::Random;

/// An item of the functional classification, level 3.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) code: &'static str,
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Basic expenditure that keeps the department running.
    Running,
    /// Basic expenditure for the staff: what it is in per mille of what keeps the department running.
    Staff(i64),
    /// Project expenditure.
    Project,
    /// Project expenditure from a government-managed fund.
    Fund,
}

const fn item(code: &'static str, zh: &'static str, en: &'static str, kind: Kind) -> Function {
    Function { code, zh, en, kind }
}

use Kind::{Fund, Project, Running, Staff};

/// What a kind of department does: its name in both languages, and its own items.
type Calling = (&'static str, &'static str, &'static [Function]);

const CALLINGS: [Calling; 5] = [
    ("政务服务局", "Government Service Bureau", &[running("2010301"), affairs("2010302"), institutions("2010350")]),
    (
        "财政局",
        "Finance Bureau",
        &[
            running("2010601"),
            item("2010607", "信息化建设", "information technology development", Project),
            item("2010608", "财政委托业务支出", "outsourced public finance services", Project),
        ],
    ),
    (
        "司法局",
        "Justice Bureau",
        &[
            running("2040601"),
            item("2040604", "基层司法业务", "grass-roots justice services", Project),
            item("2040605", "普法宣传", "public legal education", Project),
            item("2040607", "公共法律服务", "public legal services", Project),
        ],
    ),
    (
        "城市管理局",
        "Urban Management Bureau",
        &[
            running("2120101"),
            affairs("2120102"),
            item("2120104", "城管执法", "urban management law enforcement", Project),
        ],
    ),
    (
        "社会工作部",
        "Social Work Department",
        &[
            running("2013901"),
            institutions("2013950"),
            item("2013999", "其他社会工作事务支出", "other expenditure on social work affairs", Project),
        ],
    ),
];

/// The items that most departments have, by their own codes.
const fn running(code: &'static str) -> Function {
    item(code, "行政运行", "administrative operations", Running)
}

const fn affairs(code: &'static str) -> Function {
    item(code, "一般行政管理事务", "general administrative affairs", Project)
}

const fn institutions(code: &'static str) -> Function {
    item(code, "事业运行", "operations of public institutions", Running)
}

/// What a department does besides.
const ERRANDS: [Function; 5] = [
    item("2060499", "其他技术研究与开发支出", "other expenditure on technology research and development", Project),
    item("2060702", "科普活动", "science popularization activities", Project),
    item("2070308", "群众体育", "mass sports", Project),
    item("2111103", "减排专项支出", "special programs for emission reduction", Project),
    item(
        "2150899",
        "其他支持中小企业发展和管理支出",
        "other expenditure on support for small and medium-sized enterprises",
        Project,
    ),
];

const STAFF: [Function; 4] = [
    item("2080505", "机关事业单位基本养老保险缴费支出", "basic pension insurance contributions", Staff(92)),
    item("2080506", "机关事业单位职业年金缴费支出", "occupational annuity contributions", Staff(46)),
    item("2101101", "行政单位医疗", "medical care for staff of administrative units", Staff(58)),
    item("2210201", "住房公积金", "housing provident fund", Staff(120)),
];

const FUNDS: [Function; 2] = [
    item("2120801", "征地和拆迁补偿支出", "compensation for land requisition and demolition", Fund),
    item("2296003", "用于体育事业的彩票公益金支出", "lottery public welfare funds for sports", Fund),
];

/// The lines of basic expenditure, each with its part in ten thousand of what keeps the department running; 津贴补贴
/// takes the rest.
const LINES: [(&str, i64); 24] = [
    ("30101", 1600),
    ("30103", 1400),
    ("30107", 800),
    ("30112", 60),
    ("30199", 600),
    ("30302", 300),
    ("30399", 200),
    ("30201", 300),
    ("30202", 60),
    ("30205", 40),
    ("30206", 90),
    ("30207", 110),
    ("30211", 140),
    ("30213", 180),
    ("30215", 40),
    ("30216", 50),
    ("30217", 20),
    ("30226", 100),
    ("30227", 150),
    ("30228", 130),
    ("30229", 120),
    ("30231", 110),
    ("30239", 180),
    ("31002", 70),
];

/// What a department is, over all years.
pub(super) struct Profile {
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
    items: Vec<&'static Function>,
    /// What keeps it running in the first year, in yuan.
    size: i64,
}

impl Profile {
    pub(super) fn choose(random: &mut Random) -> Self {
        let (zh, en, own) = random.choose(&CALLINGS);
        let errand = random.choose(&ERRANDS);
        let mut items: Vec<&Function> =
            own.iter().chain([errand]).chain(&STAFF).chain([random.choose(&FUNDS)]).collect();
        items.sort_by_key(|item| item.code);
        Profile { zh, en, items, size: random.between(2_000_000, 40_000_000) }
    }
}

/// What an item received, spent and carried forward, in yuan.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) function: &'static Function,
    pub(super) basic: i64,
    /// From appropriations.
    pub(super) project: i64,
    /// Project expenditure from other revenue.
    pub(super) own: i64,
    pub(super) opening: i64,
    pub(super) closing: i64,
    /// The budget at the start of the year.
    pub(super) budget: i64,
}

impl Item {
    pub(super) fn is_fund(&self) -> bool {
        self.function.kind == Kind::Fund
    }

    /// What was spent of appropriations.
    pub(super) fn spent(&self) -> i64 {
        self.basic + self.project
    }

    /// What was appropriated.
    pub(super) fn appropriated(&self) -> i64 {
        self.spent() + self.closing - self.opening
    }
}

/// A budget and what was spent, in yuan.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Planned {
    pub(super) budget: i64,
    pub(super) actual: i64,
}

/// The accounts of a year.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) year: u16,
    pub(super) items: Vec<Item>,
    /// The lines of basic expenditure by economic code, sorted.
    pub(super) lines: Vec<(&'static str, i64)>,
    pub(super) overseas: Planned,
    pub(super) vehicles_purchase: Planned,
    pub(super) vehicles_operation: Planned,
    pub(super) receptions: Planned,
    pub(super) meetings: Planned,
    pub(super) operating: Planned,
    /// Goods, works and services bought.
    pub(super) procurement: [i64; 3],
    pub(super) vehicles: i64,
    pub(super) visits: i64,
}

impl Account {
    /// The year before the first report.
    pub(super) fn before(year: u16, profile: &Profile, random: &mut Random) -> Self {
        let items = profile.items.iter().map(|function| {
            let weight = match function.kind {
                Running => 1000,
                Staff(weight) => weight,
                Project => random.between(80, 900),
                Fund => random.between(100, 700),
            };
            let amount = vary(profile.size * weight / 1000, random);
            let is_basic = matches!(function.kind, Running | Staff(_));
            let (basic, project) = if is_basic { (amount, 0) } else { (0, amount) };
            let closing = if is_basic { 0 } else { carried(amount, random) };
            Item { function, basic, project, own: 0, opening: 0, closing, budget: amount }
        });
        Self::whole(year, items.collect(), random)
    }

    /// The year after another.
    pub(super) fn after(last: &Account, random: &mut Random) -> Self {
        let items = last.items.iter().map(|item| {
            let project = vary(item.project, random);
            let closing = if project == 0 { 0 } else { carried(project, random) };
            let own = if item.function.kind == Project && random.chance(40) { project / 9 } else { 0 };
            let basic = vary(item.basic, random);
            let budget = (basic + project) * random.between(780, 1240) / 1000;
            Item { basic, project, own, opening: item.closing, closing, budget, ..*item }
        });
        Self::whole(last.year + 1, items.collect(), random)
    }

    fn whole(year: u16, items: Vec<Item>, random: &mut Random) -> Self {
        let lines = lines(&items, random);
        let line = |code: &str| lines.iter().find(|(other, _)| *other == code).map_or(0, |(_, amount)| *amount);
        let mut planned = |actual: i64| Planned { budget: actual * random.between(1010, 1700) / 1000, actual };
        let operating = lines.iter().filter(|(code, _)| code.starts_with("302")).map(|(_, amount)| amount).sum();
        let (operation, receptions) = (planned(line("30231")), planned(line("30217")));
        let (meetings, operating) = (planned(line("30215")), planned(operating));
        let goes_abroad = random.chance(30);
        let trip = random.between(20_000, 180_000);
        let buys = random.chance(20);
        let car = random.between(120_000, 180_000);
        let planned = |is: bool, actual: i64| if is { Planned { budget: 200_000, actual } } else { Planned::default() };
        let size = line("30101");
        Account {
            year,
            items,
            overseas: planned(goes_abroad, trip),
            vehicles_purchase: planned(buys, car),
            vehicles_operation: operation,
            receptions,
            meetings,
            operating,
            procurement: [
                size * random.between(50, 300) / 1000,
                size * random.between(20, 200) / 1000,
                size * random.between(300, 900) / 1000,
            ],
            vehicles: random.between(1, 12),
            visits: random.between(3, 40),
            lines,
        }
    }

    /// The sum of something over all items.
    pub(super) fn sum(&self, of: impl Fn(&Item) -> i64) -> i64 {
        self.items.iter().map(of).sum()
    }

    /// The sum of something over the items of the general public budget, or of the funds.
    pub(super) fn sum_of(&self, fund: bool, of: impl Fn(&Item) -> i64) -> i64 {
        self.items.iter().filter(|item| item.is_fund() == fund).map(of).sum()
    }

    /// The lines of basic expenditure whose code begins so, together.
    pub(super) fn line(&self, begin: &str) -> i64 {
        self.lines.iter().filter(|(code, _)| code.starts_with(begin)).map(|(_, amount)| amount).sum()
    }
}

/// An amount some per cent away from another.
fn vary(amount: i64, random: &mut Random) -> i64 {
    amount * random.between(8_700, 12_100) / 10_000
}

/// What is left of a project's appropriation at the end of the year.
fn carried(project: i64, random: &mut Random) -> i64 {
    if random.chance(60) { project * random.between(10, 90) / 1000 } else { 0 }
}

/// Basic expenditure of the general public budget by economic code.
fn lines(items: &[Item], random: &mut Random) -> Vec<(&'static str, i64)> {
    let spent = |kind: &dyn Fn(Kind) -> bool| -> i64 {
        items.iter().filter(|item| kind(item.function.kind)).map(|item| item.basic).sum()
    };
    let running = spent(&|kind| kind == Running);
    let of = |code: &str| items.iter().find(|item| item.function.code == code).map_or(0, |item| item.basic);
    let mut lines: Vec<(&str, i64)> =
        LINES.iter().map(|(code, part)| (*code, vary(running * part / 10_000, random))).collect();
    lines.push(("30102", running - lines.iter().map(|(_, amount)| amount).sum::<i64>()));
    for (line, function) in [("30108", "2080505"), ("30109", "2080506"), ("30110", "2101101"), ("30113", "2210201")] {
        lines.push((line, of(function)));
    }
    lines.sort_unstable();
    lines
}
