//! Amounts and rates as a report prints them: computed from what is printed, as its readers will.

/// Hundredths of 万元 as printed: rounded half up, once.
pub(super) fn printed(yuan: i64) -> i64 {
    (yuan + 50).div_euclid(100)
}

/// `483.38`, as it stands in a table.
pub(super) fn cell(yuan: i64) -> String {
    let hundredths = printed(yuan);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// `483.38 万元`.
pub(super) fn zh(yuan: i64) -> String {
    format!("{} 万元", cell(yuan))
}

/// `RMB 4,833,800`: hundredths of 万元 are whole hundreds of yuan.
pub(super) fn en(yuan: i64) -> String {
    let digits = (printed(yuan) * 100).to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("RMB {grouped}")
}

/// What a part is of a whole, `17.29%`.
pub(super) fn percent(part: i64, whole: i64) -> String {
    rate(printed(part), printed(whole))
}

/// `比上年的 A 增加 B，增长 C%`, and the same in English.
pub(super) fn movement(now: i64, was: i64) -> (String, String) {
    let moved = printed(now) - printed(was);
    if moved == 0 {
        return ("与上年持平".to_owned(), "unchanged from the year before".to_owned());
    }
    let (more, growth, more_en, up) = if moved > 0 {
        ("增加", "增长", "an increase of", "up")
    } else {
        ("减少", "下降", "a decrease of", "down")
    };
    let by = moved.abs() * 100;
    let rate = rate(moved.abs(), printed(was));
    (
        format!("比上年的 {}{more} {}，{growth} {rate}", zh(was), zh(by)),
        format!("compared with {} the year before, {more_en} {}, {up} {rate}", en(was), en(by)),
    )
}

fn rate(part: i64, whole: i64) -> String {
    let hundredths = (part * 20_000 + whole) / (whole * 2);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}
