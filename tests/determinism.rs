//! Same input, same bytes: from any folder, with any clock, time zone, locale and number of threads. Whoever builds
//! the site again can prove that it is the published one, by SHA256SUMS alone.

mod common;

use std::path::Path;
use std::process::Command;

use common::{SOURCES, Site, Tree, differences, program, said, text, tree};
use sha2::{Digest, Sha256};

#[test]
fn every_folder_time_zone_locale_and_thread_count_gives_the_same_bytes() {
    let first = Site::copy();
    let expected =
        run(first.command().env("RAYON_NUM_THREADS", "1").env("TZ", "UTC").env("LC_ALL", "C"), &first.output());
    assert!(expected.len() > 40, "the whole site is compared: {} files", expected.len());

    // Elsewhere, deeper, its files written in the other order; seen from another folder; half a day and a language away.
    let second = Site::empty();
    for (path, bytes) in SOURCES.iter().rev() {
        second.write(&format!("a portal/各局/{path}"), bytes);
    }
    let mut elsewhere = program();
    elsewhere.args(["build", "--site", "各局", "--output", "out"]).current_dir(second.path("a portal"));
    elsewhere.env("RAYON_NUM_THREADS", "8").env("TZ", "Pacific/Chatham").env("LC_ALL", "zh_CN.UTF-8");
    let found = run(&mut elsewhere, &second.path("a portal/out"));
    assert_eq!(text(&expected["SHA256SUMS"]), text(&found["SHA256SUMS"]));
    assert_eq!(differences(&expected, &found), <[String; 0]>::default());
}

#[test]
fn the_manifest_has_the_sum_of_every_file_as_sha256sum_writes_it() {
    let site = Site::copy();
    let mut files = site.build();
    let manifest = files.remove("SHA256SUMS").expect("SHA256SUMS");
    let sums: Vec<String> = files.iter().map(|(path, bytes)| format!("{}  {path}", sum(bytes))).collect();
    assert_eq!(text(&manifest).lines().collect::<Vec<_>>(), sums);
    assert!(manifest.ends_with(b"\n"));
}

#[test]
fn a_site_without_a_theme_of_its_own_gets_the_same_one_from_the_program() {
    let site = Site::empty();
    for (path, bytes) in SOURCES.iter().filter(|(path, _)| !path.starts_with("themes/")) {
        site.write(path, bytes);
    }
    assert_eq!(differences(&Site::copy().build(), &site.build()), <[String; 0]>::default());
}

fn run(command: &mut Command, output: &Path) -> Tree {
    let ran = command.output().expect("the program starts");
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
    tree(output)
}

fn sum(bytes: &[u8]) -> String {
    let digits = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>();
    digits.concat()
}
