//! The names below a folder, as a tree. Walking is kept apart from what the names mean.

use std::path::Path;

use walkdir::WalkDir;

use super::read::{dead_link, leaves, link_outside};
use super::{reason, unexpected, unreadable};
use crate::diagnostics::{Finding, Found};
use crate::model::Text;

/// A folder: its files and folders, by name.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Where it is, relative to the site's root, with `/`.
    pub(super) path: String,
    /// Its own name.
    pub(super) name: String,
    /// The names of its files.
    pub(super) files: Vec<String>,
    /// The folders in it.
    pub(super) folders: Vec<Folder>,
}

impl Folder {
    /// The path of a file in it.
    pub(super) fn at(&self, name: &str) -> String {
        format!("{}/{name}", self.path)
    }

    /// Whether it has a file of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.files.iter().any(|file| file == name)
    }

    /// Whether there is no file in it, however deep: nothing that could be left unpublished.
    pub(super) fn is_bare(&self) -> bool {
        self.files.is_empty() && self.folders.iter().all(Folder::is_bare)
    }

    /// The paths of all files below it.
    pub(super) fn all_files(&self) -> Vec<String> {
        let mut files: Vec<String> = self.files.iter().map(|name| self.at(name)).collect();
        files.extend(self.folders.iter().flat_map(Folder::all_files));
        files.sort();
        files
    }
}

/// Walks `folder`. Links are followed inside the site; loops, dead links and what may not be read
/// are findings. Names come sorted, so that two machines list the same findings in the same order.
pub(super) fn walk(root: &Path, folder: &str) -> Found<Folder> {
    let mut findings = Vec::new();
    // The folders from the top to where the walk is.
    let mut open: Vec<Folder> = Vec::new();
    let mut entries = WalkDir::new(root.join(folder)).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                findings.extend(walk_error(root, folder, &error));
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        let path = relative(root, entry.path());
        let name = entry.file_name().to_string_lossy().into_owned();
        let refused = if entry.depth() > 0 && is_litter(&name) {
            Some(None)
        } else if entry.path_is_symlink() && leaves(root, entry.path()).unwrap_or(true) {
            Some(Some(link_outside(&path)))
        } else if entry.file_name().to_str().is_none() {
            Some(Some(unexpected(&path, Text::new("文件名不是 UTF-8；改名", "rename it: its name is not UTF-8"))))
        } else {
            None
        };
        if let Some(finding) = refused {
            findings.extend(finding);
            if is_folder {
                entries.skip_current_dir();
            }
            continue;
        }
        close(&mut open, entry.depth());
        if is_folder {
            open.push(Folder { path, name, ..Folder::default() });
        } else if let Some(parent) = open.last_mut() {
            parent.files.push(name);
        }
    }
    close(&mut open, 1);
    let value = open.pop().unwrap_or_else(|| Folder { path: folder.to_owned(), ..Folder::default() });
    Found { value, findings }
}

/// Puts finished folders into their parents, until `depth` folders are open.
fn close(open: &mut Vec<Folder>, depth: usize) {
    while open.len() > depth.max(1) {
        let done = open.pop();
        if let (Some(done), Some(parent)) = (done, open.last_mut()) {
            parent.folders.push(done);
        }
    }
}

fn walk_error(root: &Path, folder: &str, error: &walkdir::Error) -> Option<Finding> {
    let path = error.path().map_or_else(|| folder.to_owned(), |path| relative(root, path));
    if path.rsplit('/').next().is_some_and(is_litter) {
        // Editors lock files with links that lead nowhere (`.#name`).
        return None;
    }
    let why = if let Some(ancestor) = error.loop_ancestor() {
        let ancestor = relative(root, ancestor);
        Text::new(
            format!("符号链接形成循环，回到 {ancestor}"),
            format!("the symbolic link makes a loop, back to {ancestor}"),
        )
    } else {
        let linked = error.path().and_then(|path| path.symlink_metadata().ok()).is_some_and(|m| m.is_symlink());
        match error.io_error() {
            Some(error) if linked => dead_link(error),
            Some(error) => reason(error),
            None => Text::new(error.to_string(), error.to_string()),
        }
    };
    Some(unreadable(&path, why))
}

fn relative(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Whether a name belongs to an editor or the system, and was never meant for a reader: hidden
/// files, backups, lock files of office suites, folder caches.
pub(super) fn is_litter(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.starts_with(['.', '~'])
        || lower.ends_with('~')
        || (lower.starts_with('#') && lower.ends_with('#'))
        || [".swp", ".swo", ".bak"].iter().any(|end| lower.ends_with(end))
        || ["thumbs.db", "desktop.ini", "__macosx"].contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn lists_names_sorted_and_leaves_litter_out() {
        let site = tempfile::tempdir().unwrap();
        for path in ["c/b/2", "c/b/1", "c/a", "c/b/.DS_Store", "c/~$1.docx", "c/a.bak", "c/d/e/f/g", "c/.git/x"] {
            let path = site.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let found = walk(site.path(), "c");
        assert!(found.findings.is_empty());
        assert_eq!(found.value.all_files(), ["c/a", "c/b/1", "c/b/2", "c/d/e/f/g"]);
        assert_eq!(found.value.files, ["a"]);
        assert_eq!(found.value.folders.iter().map(|f| f.path.as_str()).collect::<Vec<_>>(), ["c/b", "c/d"]);
    }

    #[cfg(unix)]
    #[test]
    fn reports_loops_dead_links_and_ways_out() {
        use std::os::unix::fs::symlink;
        let (site, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let content = site.path().join("content");
        fs::create_dir_all(content.join("a")).unwrap();
        fs::create_dir_all(site.path().join("shared")).unwrap();
        fs::write(site.path().join("shared/x.md"), "").unwrap();
        fs::write(elsewhere.path().join("y.md"), "").unwrap();
        symlink("../../shared", content.join("a/inside")).unwrap();
        symlink("..", content.join("a/loop")).unwrap();
        symlink("nothing", content.join("a/dead.md")).unwrap();
        symlink("nothing", content.join("a/.#lock.md")).unwrap();
        symlink(elsewhere.path(), content.join("out")).unwrap();
        symlink(elsewhere.path().join("y.md"), content.join("y.md")).unwrap();
        let found = walk(site.path(), "content");
        assert_eq!(found.value.all_files(), ["content/a/inside/x.md"]);
        let findings: Vec<_> = found.findings.iter().map(|f| (f.place.file(), f.fill(f.entry.en.message))).collect();
        let outside = "a symbolic link leaves the site's folder";
        assert_eq!(
            findings,
            [
                ("content/a/dead.md", "cannot be read: the symbolic link leads to no file".to_owned()),
                ("content/a/loop", "cannot be read: the symbolic link makes a loop, back to content".to_owned()),
                ("content/out", outside.to_owned()),
                ("content/y.md", outside.to_owned()),
            ]
        );
    }
}
