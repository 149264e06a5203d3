//! One file that the user names, outside of the site: it takes the place of an earlier one of its kind, of nothing else.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::WriteError;

/// How far into a file its mark is looked for.
const HEAD: u64 = 1024;

/// Where a file may be written.
#[derive(Debug)]
pub struct SingleFile {
    path: PathBuf,
}

impl SingleFile {
    /// A file at `path`, whose folder must be there. Refused below one of the folders `off_limits`, where it would be taken
    /// for a part of the site, and where a file stands that has not got `mark` in its first lines.
    pub fn at(path: &Path, off_limits: &[PathBuf], mark: &str) -> Result<Self, WriteError> {
        if path.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("html")) {
            return Err(WriteError::NotHtml(path.to_owned()));
        }
        let parent = match path.parent() {
            Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
            Some(parent) => parent,
            None => Path::new("."),
        };
        let folder = match parent.canonicalize() {
            Ok(folder) if folder.is_dir() => folder,
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(WriteError::io(parent)(error)),
            _ => return Err(WriteError::NoFolder(parent.to_owned())),
        };
        for forbidden in off_limits {
            if forbidden.canonicalize().is_ok_and(|forbidden| folder.starts_with(forbidden)) {
                return Err(WriteError::InsideSite { path: path.to_owned(), folder: forbidden.clone() });
            }
        }
        match fs::symlink_metadata(path) {
            Err(_) => {}
            Ok(metadata) if metadata.is_file() => {
                let mut head = Vec::new();
                let file = fs::File::open(path).map_err(WriteError::io(path))?;
                file.take(HEAD).read_to_end(&mut head).map_err(WriteError::io(path))?;
                if !String::from_utf8_lossy(&head).contains(mark) {
                    return Err(WriteError::NotOurFile(path.to_owned()));
                }
            }
            Ok(_) => return Err(WriteError::NotOurFile(path.to_owned())),
        }
        Ok(SingleFile { path: path.to_owned() })
    }

    /// Writes it in one step: an earlier file stays whole until this one is.
    pub fn write(&self, bytes: &[u8]) -> Result<(), WriteError> {
        let mut name = self.path.file_name().map(std::ffi::OsStr::to_owned).unwrap_or_default();
        name.push(".part");
        let part = self.path.with_file_name(name);
        let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, &self.path));
        if written.is_err() {
            // What is left of it is of no use; that it cannot be removed is no worse than the first error.
            let _ = fs::remove_file(&part);
        }
        written.map_err(WriteError::io(&self.path))
    }
}
