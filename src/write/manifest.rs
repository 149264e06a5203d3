//! `SHA256SUMS`: what a build made, in the format of `sha256sum -c`.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest as _, Sha256};

/// The manifest's name in the output folder.
pub(super) const NAME: &str = "SHA256SUMS";

/// A SHA-256 digest.
pub(super) type Digest = [u8; 32];

/// The digest of bytes.
pub(super) fn digest(bytes: &[u8]) -> Digest {
    Sha256::digest(bytes).into()
}

/// The digest of a file, of whatever length.
pub(super) fn digest_file(path: &Path) -> io::Result<Digest> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finalize().into()),
            length => hasher.update(&buffer[..length]),
        }
    }
}

/// A manifest, sorted by path.
pub(super) fn format<'a>(files: impl Iterator<Item = (&'a str, &'a Digest)>) -> String {
    let mut text = String::new();
    for (path, digest) in files.collect::<BTreeMap<_, _>>() {
        for byte in digest {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        text.push_str("  ");
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// The files of a manifest, and whether every line of it was understood.
pub(super) fn parse(text: &str) -> (HashMap<String, Digest>, bool) {
    let mut files = HashMap::new();
    let mut sound = text.is_empty() || text.ends_with('\n');
    for line in text.lines() {
        match line.split_once("  ").and_then(|(hex, path)| Some((path, parse_digest(hex)?))) {
            Some((path, digest)) => sound &= files.insert(path.to_owned(), digest).is_none(),
            None => sound = false,
        }
    }
    (files, sound)
}

fn parse_digest(hex: &str) -> Option<Digest> {
    let mut digest = Digest::default();
    let (pairs, []) = hex.as_bytes().as_chunks::<2>() else { return None };
    if pairs.len() != digest.len() {
        return None;
    }
    for (byte, pair) in digest.iter_mut().zip(pairs) {
        let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
        *byte = u8::try_from(high? * 16 + low?).ok()?;
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let files = [("b/二.html", digest(b"2")), ("a.html", digest(b""))];
        let text = format(files.iter().map(|(path, digest)| (*path, digest)));
        assert_eq!(
            text.lines().next(),
            Some("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.html")
        );
        let (read, sound) = parse(&text);
        assert!(sound);
        assert_eq!(read, files.iter().map(|(path, digest)| ((*path).to_owned(), *digest)).collect());
    }

    #[test]
    fn notices_what_it_did_not_write() {
        let good = format([("a", &digest(b""))].into_iter());
        assert!(parse("").1);
        for bad in [good.trim_end(), &format!("{good}{good}"), &good.replace("  ", " "), "hello\n", "00  a\n"] {
            assert!(!parse(bad).1, "{bad}");
        }
    }
}
