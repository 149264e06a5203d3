//! A build that is killed leaves the old site or the new one, never a mixture: whoever pulls the plug while a site is
//! served from `output/` breaks nothing, and the next build cleans up behind it.
#![allow(clippy::disallowed_methods, reason = "the moments of a kill are measured in time")]

mod common;

use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::{SOURCES, Site, differences, said, text, tree};

/// Departments of the portal: more than one, so that they are written at the same time.
const DEPARTMENTS: usize = 2;

/// What tells the second site from the first: one figure, and the title, which stands on every page. Between them they
/// leave some files to link and most to write.
const EDITS: [(&str, &str, &str); 2] = [
    ("content/bureau-1/2019/final/facts.yaml", "total: {value: 1394.08,", "total: {value: 1394.09,"),
    ("site.yaml", "Public accounts}", "Accounts made public}"),
];

#[test]
fn a_build_killed_at_any_moment_leaves_a_whole_site() {
    let site = portal();
    let own = site.beside_output();
    let mut sites = Vec::new();
    let mut full = Duration::MAX;
    // Both sites in turn: the time of a build that has something to write.
    for which in [0, 1, 0] {
        edit(&site, which);
        let begun = Instant::now();
        let ran = site.run(&[]);
        full = full.min(begun.elapsed());
        assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
        sites.push(tree(&site.output()));
    }
    assert_eq!(differences(&sites[0], &sites[2]), <[String; 0]>::default());
    assert_ne!(text(&sites[0]["SHA256SUMS"]), text(&sites[1]["SHA256SUMS"]));

    let (mut running, mut staging, mut new) = (0_usize, 0_usize, 0_usize);
    let mut stands = 0;
    for moment in moments() {
        let delay = full * moment / 1000;
        // Always towards the site that does not stand there.
        let wanted = 1 - stands;
        edit(&site, wanted);
        let mut child = site.command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
        sleep(delay);
        let ended = child.try_wait().expect("a state").is_some();
        running += usize::from(!ended);
        if ended && moment <= 1000 {
            // The machine has become quicker than it was when the time was taken.
            full = delay;
        }
        child.kill().expect("it is ours to kill");
        child.wait().expect("it ends");
        staging += usize::from(site.beside_output() != own);

        let found = tree(&site.output());
        let whole: Vec<usize> = (0..2).filter(|&which| found == sites[which]).collect();
        let [which] = whole[..] else {
            panic!(
                "killed after {delay:?} of {full:?}: output/ is neither the old site nor the new one.\nagainst the old: {:?}\nagainst the new: {:?}",
                differences(&sites[stands], &found),
                differences(&sites[wanted], &found)
            );
        };
        new += usize::from(which == wanted);
        stands = which;
    }
    let kills = moments().count();
    println!(
        "{kills} kills about a build of {full:?}: {running} while it ran, {staging} left a stage behind, {new} came after the swap"
    );
    assert!(running > kills / 4, "only {running} of {kills} kills hit a running build");
    assert!(staging > 0, "no kill hit a build that was writing");
    assert!(new < kills, "no kill came before the swap");

    let built = site.build();
    assert!(sites.contains(&built), "{:?}", differences(&sites[0], &built));
    assert_eq!(site.beside_output(), own, "the next build cleans up");
}

/// When a build is killed, in thousandths of the time that a whole one takes: twenty moments from its start to its end,
/// and six more about the end, where the new site takes the place of the old one.
fn moments() -> impl Iterator<Item = u32> {
    (0..20).map(|step| step * 1000 / 19).chain((0..6).map(|step| 870 + step * 50))
}

/// Makes the sources those of the first site, or of the second.
fn edit(site: &Site, which: usize) {
    for (path, first, second) in EDITS {
        let (from, to) = if which == 1 { (first, second) } else { (second, first) };
        if site.read(path).contains(from) {
            site.edit(path, from, to);
        }
    }
}

/// This repository's report for several departments.
fn portal() -> Site {
    let site = Site::empty();
    for (path, bytes) in &*SOURCES {
        match path.strip_prefix("content/") {
            Some(report) if report.starts_with("2019/") => {
                for number in 1..=DEPARTMENTS {
                    site.write(&format!("content/bureau-{number}/{report}"), bytes);
                }
            }
            _ => site.write(path, bytes),
        }
    }
    for number in 1..=DEPARTMENTS {
        let name = format!("name: {{zh: 第{number}局, en: Bureau {number}}}\n");
        site.write(&format!("content/bureau-{number}/department.yaml"), name);
    }
    site
}
