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

/// Edits between two names, in characters; two in the wrong order are one edit.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = [Vec::new(), Vec::new(), (0..=b.len()).collect::<Vec<usize>>()];
    for (i, from) in a.iter().enumerate() {
        rows.rotate_left(1);
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let substituted = rows[1][j] + usize::from(from != to);
            let mut least = substituted.min(row[j] + 1).min(rows[1][j + 1] + 1);
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                least = least.min(rows[0][j - 1] + 1);
            }
            row.push(least);
        }
        rows[2] = row;
    }
    rows[2][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let known = ["unlisted", "columns", "rows"];
        assert_eq!(nearest("colums", known.iter().copied()), Some("columns"));
        assert_eq!(nearest("rosw", known.iter().copied()), Some("rows"));
        assert_eq!(nearest("titel", ["root", "title"].into_iter()), Some("title"));
        assert_eq!(nearest("单位", known.iter().copied()), None);
        assert_eq!(nearest("基本支岀", ["基本支出", "项目支出"].into_iter()), Some("基本支出"));
    }
}
