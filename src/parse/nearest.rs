//! The nearest known name to one that is not known, for "perhaps …".

/// The candidate with the smallest edit distance, if it is near enough to be meant.
pub(crate) fn nearest<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = typed.chars().count();
    candidates
        .map(|candidate| (distance(typed, candidate), candidate))
        .filter(|(distance, _)| *distance <= (length / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's edit distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let known = ["unlisted", "columns", "rows"];
        assert_eq!(nearest("colums", known.iter().copied()), Some("columns"));
        assert_eq!(nearest("单位", known.iter().copied()), None);
        assert_eq!(nearest("基本支岀", ["基本支出", "项目支出"].into_iter()), Some("基本支出"));
    }
}
