//! What is in the output folder before a build: only what a build made and nobody touched may go.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;

use super::WriteError;
use super::manifest::{self, Digest};
use crate::diagnostics::{Entry, Finding, Place, catalogue};

/// The file that the output folder keeps in a repository, so that git has the folder.
pub(super) const KEPT: &str = ".gitignore";

/// Left in every folder that is looked at in a file manager, and of no worth to anybody.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The old output.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Its manifest, to the letter.
    pub(super) manifest: Option<String>,
    /// Its files as their build left them, by path.
    pub(super) files: HashMap<String, OldFile>,
    /// Files that would be lost.
    pub(super) findings: Vec<Finding>,
}

/// A file of the old output whose digest is that of the manifest.
#[derive(Clone, Copy, Debug)]
pub(super) struct OldFile {
    /// Its digest.
    pub(super) digest: Digest,
    stamp: Stamp,
}

/// What changes when a file is written to.
type Stamp = (u64, Option<SystemTime>);

fn stamp(metadata: &Metadata) -> Stamp {
    (metadata.len(), metadata.modified().ok())
}

impl OldFile {
    /// Whether the file at `path` is as it was when it was surveyed.
    pub(super) fn is_still(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file() && stamp(&metadata) == self.stamp)
    }
}

/// Looks at every file of `output`; findings name it `label/…`.
///
/// Every byte is read: time stamps prove nothing after a copy, an unpacked archive or a checkout
/// (34,000 files of 30 kB: 0.4 s on two cores).
pub(super) fn survey(output: &Path, label: &str) -> Result<Survey, WriteError> {
    let mut survey = Survey::default();
    if !output.exists() {
        return Ok(survey);
    }
    let mut finding = |entry: &'static Entry, path: &str| {
        survey.findings.push(Finding::new(entry, Place::File(format!("{label}/{path}"))));
    };
    let (listed, sound) = match read_manifest(output)? {
        Some(text) => {
            let parsed = manifest::parse(&text);
            survey.manifest = Some(text);
            parsed
        }
        None => (HashMap::new(), true),
    };
    if !sound {
        finding(&catalogue::OUTPUT_CHANGED, manifest::NAME);
    }
    let mut known: Vec<(String, PathBuf, Digest)> = Vec::new();
    for (path, is_file) in list(output)? {
        if is_file && (path == KEPT || path == manifest::NAME) {
            continue;
        }
        match listed.get(&path) {
            Some(digest) if is_file => {
                let file = output.join(&path);
                known.push((path, file, *digest));
            }
            _ => finding(&catalogue::OUTPUT_FOREIGN, &path),
        }
    }
    let looked_at = known.into_par_iter().map(|(path, file, expected)| {
        let unreadable = |error: io::Error| WriteError::Io { path: file.clone(), error };
        let stamp = stamp(&fs::symlink_metadata(&file).map_err(unreadable)?);
        let digest = manifest::digest_file(&file).map_err(unreadable)?;
        Ok((path, OldFile { digest, stamp }, digest == expected))
    });
    for (path, file, same) in looked_at.collect::<Result<Vec<_>, WriteError>>()? {
        if same {
            survey.files.insert(path, file);
        } else {
            finding(&catalogue::OUTPUT_CHANGED, &path);
        }
    }
    survey.findings.sort_by(|a, b| a.place.file().cmp(b.place.file()));
    Ok(survey)
}

/// The manifest as text; one that is not even text cannot be ours, and reads as a line that is not.
fn read_manifest(output: &Path) -> Result<Option<String>, WriteError> {
    let path = output.join(manifest::NAME);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(WriteError::Io { path, error }),
    }
}

/// Everything below `output` but folders, which hold nothing that could be lost, and litter; and whether
/// it is a regular file. Links are not followed: no build makes them.
fn list(output: &Path) -> Result<Vec<(String, bool)>, WriteError> {
    let mut listed = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let place = output.join(&folder);
        let unreadable = |error: io::Error| WriteError::Io { path: place.clone(), error };
        for entry in fs::read_dir(&place).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            let kind = entry.file_type().map_err(unreadable)?;
            if kind.is_dir() {
                folders.push(path);
            } else if !LITTER.contains(&name.as_str()) {
                listed.push((path, kind.is_file()));
            }
        }
    }
    Ok(listed)
}
