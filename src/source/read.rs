//! Single files: how much of them is read, and that a link does not lead out of the site.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::{encoding, reason, unreadable};
use crate::diagnostics::{Finding, Found, Place, catalogue};
use crate::model::Text;

/// The most bytes that a text may have: far more than any report, little enough to parse at once.
pub const TEXT_LIMIT: u64 = 4 << 20;

/// The most bytes that an attachment or an image may have: a scanned report of a few hundred pages.
pub const ASSET_LIMIT: u64 = 128 << 20;

/// A text file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it is, relative to the site's root, with `/`.
    pub path: String,
    /// What it says: without a byte order mark, lines ending in `\n`. Offsets refer to this.
    pub text: String,
}

/// A file of the site that is passed on byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetFile {
    /// Where it is, relative to the site's root, with `/`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Reads a text, at most [`TEXT_LIMIT`] bytes.
pub fn read_text(root: &Path, path: &str) -> Result<SourceFile, Finding> {
    let text = encoding::decode(path, read(root, path, TEXT_LIMIT)?)?;
    Ok(SourceFile { path: path.to_owned(), text })
}

/// Reads an attachment, a font or an image, at most [`ASSET_LIMIT`] bytes.
pub fn read_asset(root: &Path, path: &str) -> Result<AssetFile, Finding> {
    Ok(AssetFile { path: path.to_owned(), bytes: read(root, path, ASSET_LIMIT)? })
}

/// Reads texts; those that cannot be read are findings.
pub fn read_all<'a>(root: &Path, paths: impl IntoIterator<Item = &'a String>) -> Found<BTreeMap<String, SourceFile>> {
    let mut found = Found { value: BTreeMap::new(), findings: Vec::new() };
    for path in paths {
        match read_text(root, path) {
            Ok(file) => {
                found.value.insert(path.clone(), file);
            }
            Err(finding) => found.findings.push(finding),
        }
    }
    found
}

fn read(root: &Path, path: &str, limit: u64) -> Result<Vec<u8>, Finding> {
    let (real, length) = locate(root, path)?;
    let too_large = |length: u64| {
        Finding::new(&catalogue::FILE_TOO_LARGE, Place::File(path.to_owned()))
            .with("size", mebibytes(length))
            .with("limit", mebibytes(limit))
    };
    if length > limit {
        return Err(too_large(length));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    File::open(&real)
        // The file may be growing: what was measured is no promise.
        .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(path, reason(&error)))?;
    if bytes.len() as u64 > limit {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

/// Where a regular file of the site is once links are followed, and its length.
///
/// Components are looked at one by one, as nearly no site has links: resolving the whole path for
/// each of a portal's thirty thousand files costs more than reading them.
fn locate(root: &Path, path: &str) -> Result<(PathBuf, u64), Finding> {
    let unreadable_as = |error: std::io::Error| unreadable(path, reason(&error));
    let relative = Path::new(path);
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(unreadable(path, Text::new("路径不在站点目录之内", "the path is not inside the site's folder")));
    }
    let (mut real, mut metadata) = (root.to_owned(), None);
    for part in relative.components() {
        real.push(part);
        let here = fs::symlink_metadata(&real).map_err(unreadable_as)?;
        if here.is_symlink() {
            if leaves(root, &real).map_err(|error| unreadable(path, dead_link(&error)))? {
                return Err(link_outside(path));
            }
            metadata = Some(fs::metadata(&real).map_err(unreadable_as)?);
        } else {
            metadata = Some(here);
        }
    }
    match metadata {
        Some(metadata) if metadata.is_file() => Ok((real, metadata.len())),
        Some(metadata) if metadata.is_dir() => {
            Err(unreadable(path, Text::new("这是文件夹，不是文件", "it is a folder, not a file")))
        }
        _ => Err(unreadable(path, Text::new("不是普通文件", "it is not a regular file"))),
    }
}

/// Whether what `link` leads to is outside of the site.
pub(super) fn leaves(root: &Path, link: &Path) -> std::io::Result<bool> {
    Ok(!link.canonicalize()?.starts_with(root.canonicalize()?))
}

/// Why a link leads nowhere.
pub(super) fn dead_link(error: &std::io::Error) -> Text {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => reason(error),
        std::io::ErrorKind::NotFound => Text::new("符号链接指向的文件不存在", "the symbolic link leads to no file"),
        _ => Text::new(format!("符号链接无法解析：{error}"), format!("the symbolic link cannot be followed: {error}")),
    }
}

pub(super) fn link_outside(path: &str) -> Finding {
    Finding::new(&catalogue::LINK_OUTSIDE, Place::File(path.to_owned()))
}

/// A size with one decimal, rounded up, so that what is too large never reads as the limit itself.
fn mebibytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1 << 20);
    if tenths.is_multiple_of(10) {
        format!("{} MiB", tenths / 10)
    } else {
        format!("{}.{} MiB", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    fn code(result: Result<SourceFile, Finding>) -> &'static str {
        result.unwrap_err().entry.code
    }

    #[test]
    fn reads_a_text() {
        let site = site();
        fs::write(site.path().join("a.md"), "\u{feff}一\r\n").unwrap();
        assert_eq!(read_text(site.path(), "a.md").unwrap().text, "一\n");
    }

    #[test]
    fn refuses_what_is_no_text_of_the_site() {
        let site = site();
        fs::create_dir(site.path().join("folder")).unwrap();
        assert_eq!(code(read_text(site.path(), "folder")), "source/unreadable");
        assert_eq!(code(read_text(site.path(), "none.md")), "source/unreadable");
        assert_eq!(code(read_text(site.path(), "../a.md")), "source/unreadable");
        assert_eq!(code(read_text(site.path(), "")), "source/unreadable");
    }

    #[test]
    fn refuses_a_large_file_without_reading_it() {
        let site = site();
        // Sparse: takes no space.
        File::create(site.path().join("a.md")).unwrap().set_len(TEXT_LIMIT + 1).unwrap();
        let finding = read_text(site.path(), "a.md").unwrap_err();
        assert_eq!(finding.fill(finding.entry.en.message), "the file is too large: 4.1 MiB, the limit is 4 MiB");
    }

    #[cfg(unix)]
    #[test]
    fn follows_links_inside_only() {
        use std::os::unix::fs::symlink;
        let (site, elsewhere) = (site(), site());
        fs::write(site.path().join("a.md"), "a").unwrap();
        fs::write(elsewhere.path().join("b.md"), "b").unwrap();
        fs::create_dir(site.path().join("folder")).unwrap();
        symlink("../a.md", site.path().join("folder/inside.md")).unwrap();
        symlink(elsewhere.path().join("b.md"), site.path().join("outside.md")).unwrap();
        symlink(elsewhere.path(), site.path().join("away")).unwrap();
        symlink("self.md", site.path().join("self.md")).unwrap();
        symlink("nothing", site.path().join("dead.md")).unwrap();
        assert_eq!(read_text(site.path(), "folder/inside.md").unwrap().text, "a");
        assert_eq!(code(read_text(site.path(), "outside.md")), "source/link-outside");
        assert_eq!(code(read_text(site.path(), "away/b.md")), "source/link-outside");
        assert_eq!(code(read_text(site.path(), "self.md")), "source/unreadable");
        let dead = read_text(site.path(), "dead.md").unwrap_err();
        assert_eq!(dead.fill(dead.entry.en.message), "cannot be read: the symbolic link leads to no file");
    }

    #[test]
    fn reads_all_that_can_be_read() {
        let site = site();
        fs::write(site.path().join("a.md"), "a").unwrap();
        let found = read_all(site.path(), &["a.md".to_owned(), "b.md".to_owned()]);
        assert_eq!(found.value.keys().collect::<Vec<_>>(), ["a.md"]);
        assert_eq!(found.findings[0].place, Place::File("b.md".to_owned()));
    }
}
