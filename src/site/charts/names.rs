//! The names of a ring's slices, above and below it, each at the end of a line that goes straight up or down from its
//! slice.
//!
//! The names are HTML in two columns, so that they wrap and grow without ever meeting: in each column those whose lines
//! are farther from the middle stand nearer to the ring, and a name starts at its own line. Where a line is, is said in
//! hundredths of the column, for the ring is as wide as both columns.

use std::fmt::Write as _;

use super::pie::{HALF, OUTER, at};

/// A slice from this angle on has its name at the ring; a smaller one has a number only.
const NAMED: f32 = 20.0;
/// A line leaves its slice this far from the slice's ends, and from the vertical no farther than `STEEP` if the slice
/// reaches there: the steeper, the more room there is for the name. In degrees.
const INSIDE: f32 = 14.0;
const STEEP: f32 = 25.0;
/// The least distances between two lines, and between a line and a number, in the SVG's own units.
const LINE_GAP: f32 = 12.0;
const NUMBER_GAP: f32 = 26.0;

/// A point of the drawing, in the SVG's own units.
type Point = (f32, f32);

/// The angles at which the lines of the names leave the ring; none for a slice that has a number only. `numbers` says
/// where the numbers of such slices stand. `arcs` are starts and sizes in degrees.
pub(super) fn lines(arcs: &[(f32, f32)], numbers: &dyn Fn(&[bool]) -> Vec<Point>) -> Vec<Option<f32>> {
    let mut named: Vec<bool> = arcs.iter().map(|(_, delta)| *delta >= NAMED).collect();
    // Each turn takes a name away, so that this ends.
    loop {
        let numbers = numbers(&named);
        let mut lines: Vec<Option<f32>> = vec![None; arcs.len()];
        let mut crowded = None;
        for index in (0..arcs.len()).filter(|index| named[*index]) {
            lines[index] = line(arcs[index], &numbers, &lines);
            crowded = crowded.or(lines[index].is_none().then_some(index));
        }
        let Some(index) = crowded else { return lines };
        named[index] = false;
    }
}

/// The best angle for the line of a slice: steep, near the slice's middle, away from numbers and other lines.
fn line((start, delta): (f32, f32), numbers: &[Point], lines: &[Option<f32>]) -> Option<f32> {
    let inside = INSIDE.min(delta * 0.35);
    let (first, last) = (start + inside, start + delta - inside);
    let free = |angle: &f32| {
        let (x, y) = at(OUTER, *angle);
        let far = |(left, top): Point, gap: f32| same_half(y, top) <= 0.0 || (x - left).abs() >= gap;
        numbers.iter().all(|number| far(*number, NUMBER_GAP))
            && lines.iter().flatten().all(|line| far(at(OUTER, *line), LINE_GAP))
    };
    let cost = |angle: f32| (steepness(angle) - STEEP).max(0.0) * 4.0 + (angle - start - delta / 2.0).abs();
    let mut angles: Vec<f32> = std::iter::successors(Some(first), |angle| Some(angle + 1.0))
        .take_while(|angle| *angle <= last)
        .filter(free)
        .collect();
    angles.sort_by(|a, b| cost(*a).total_cmp(&cost(*b)));
    angles.first().copied()
}

/// Above zero if both heights are in the same half of the ring.
fn same_half(one: f32, other: f32) -> f32 {
    (one - HALF.1) * (other - HALF.1)
}

/// How far an angle is from the vertical, in degrees.
fn steepness(angle: f32) -> f32 {
    let turned = angle.rem_euclid(180.0);
    turned.min(180.0 - turned)
}

/// The names whose lines leave the ring on top, or those whose lines leave it at the bottom; nothing if there are none.
/// `tags` are angles and names, as HTML.
pub(super) fn band(tags: &[(f32, String)], top: bool) -> String {
    let mut columns = [Vec::new(), Vec::new()];
    for (angle, name) in tags {
        let (x, y) = at(OUTER, *angle);
        if (y < HALF.1) == top {
            columns[usize::from(x >= HALF.0)].push(((x - HALF.0).abs() / HALF.0 * 100.0, name));
        }
    }
    if columns.iter().all(Vec::is_empty) {
        return String::new();
    }
    let mut html =
        format!("<div class=\"chart-names{}\" aria-hidden=\"true\">\n", if top { "" } else { " chart-below" });
    for (side, mut column) in columns.into_iter().enumerate() {
        column.sort_by(|(a, _), (b, _)| if top { a.total_cmp(b) } else { b.total_cmp(a) });
        html += "<div>\n";
        for (own, name) in &column {
            html += "<div class=\"chart-tag\"><svg class=\"chart-lines\">";
            // Lines that are nearer to the middle pass this name on their way to their own.
            for (out, _) in column.iter().filter(|(out, _)| out <= own) {
                let x = if side == 0 { 100.0 - out } else { *out };
                let _ = write!(html, "<line x1=\"{x:.1}%\" y1=\"0\" x2=\"{x:.1}%\" y2=\"100%\" class=\"chart-axis\"/>");
            }
            let _ = writeln!(
                html,
                "</svg><svg class=\"chart-space\" width=\"{own:.1}%\"></svg><span class=\"chart-name\">{name}</span></div>"
            );
        }
        html += "</div>\n";
    }
    html + "</div>\n"
}
