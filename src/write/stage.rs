//! A build on its way to the output folder: begun, filled from many threads, published or dropped.

use std::collections::btree_map::{BTreeMap, Entry};
use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::WriteError;
use super::manifest::{self, Digest};
use super::survey::{KEPT, OldFile, survey};
use super::swap::swap;
use super::workspace::Workspace;
use crate::diagnostics::Found;
use crate::model::Artifact;

/// A build that is being written. Dropped without [`Stage::publish`], it leaves no trace.
#[derive(Debug)]
pub struct Stage {
    workspace: Workspace,
    old: HashMap<String, OldFile>,
    old_manifest: Option<String>,
    /// The old output holds what would be lost: everything may be tried, nothing is published.
    blocked: bool,
    made: Mutex<BTreeMap<String, Made>>,
}

/// An artifact that was handed over.
#[derive(Clone, Copy, Debug)]
struct Made {
    digest: Digest,
    length: u64,
    /// Whether the old output has it already: linked when the build is published.
    kept: bool,
}

/// What a build wrote. `SHA256SUMS` and `.gitignore` are not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// Files of the site.
    pub files: usize,
    /// Their length together.
    pub bytes: u64,
    /// Files that are new or differ from those before.
    pub changed: usize,
    /// Files of the output before that are gone.
    pub removed: usize,
    /// Whether the output folder was replaced; `false` if it was the same already, byte for byte.
    pub replaced: bool,
}

impl Stage {
    /// Prepares a build into `output`, which may be missing, or a link. Files in it that no build made,
    /// or that were changed since, are findings: such a stage takes artifacts, so that all else that is
    /// wrong is found in the same run, and refuses to publish them.
    ///
    /// An output has one stage at a time on a machine: the second is refused.
    pub fn begin(output: &Path) -> Result<Found<Stage>, WriteError> {
        let workspace = Workspace::claim(output)?;
        refuse_mount_point(&workspace.output)?;
        let label = output.file_name().or(workspace.output.file_name());
        let label = label.unwrap_or_default().to_string_lossy();
        let survey = survey(&workspace.output, &label)?;
        let stage = Stage {
            workspace,
            old: survey.files,
            old_manifest: survey.manifest,
            blocked: !survey.findings.is_empty(),
            made: Mutex::new(BTreeMap::new()),
        };
        Ok(Found { value: stage, findings: survey.findings })
    }

    /// Takes a file of the site, from any thread. One that the old output has already costs no more
    /// than its digest.
    pub fn put(&self, artifact: Artifact) -> Result<(), WriteError> {
        let Artifact { path, bytes } = artifact;
        if !is_fit(&path) {
            return Err(WriteError::BadPath(path));
        }
        let digest = manifest::digest(&bytes);
        let kept = self.old.get(&path).is_some_and(|old| old.digest == digest);
        if !kept && !self.blocked {
            self.write(&path, &bytes)?;
        }
        let made = Made { digest, length: bytes.len() as u64, kept };
        let mut all = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        match all.entry(path) {
            Entry::Occupied(first) => Err(WriteError::Twice(first.key().clone())),
            Entry::Vacant(free) => {
                free.insert(made);
                Ok(())
            }
        }
    }

    /// Makes the build the output, and removes the old one.
    pub fn publish(self) -> Result<Published, WriteError> {
        if self.blocked {
            return Err(WriteError::Blocked(self.workspace.output.clone()));
        }
        let made = std::mem::take(&mut *self.made.lock().unwrap_or_else(PoisonError::into_inner));
        let manifest = manifest::format(made.iter().map(|(path, made)| (path.as_str(), &made.digest)));
        let changed = made.values().filter(|made| !made.kept).count();
        // The manifest may list files that somebody has deleted: those count as changed.
        let replaced = changed > 0 || self.old_manifest.as_ref() != Some(&manifest);
        if replaced {
            self.link_kept(&made)?;
            self.write(manifest::NAME, manifest.as_bytes())?;
            self.take_over_folder()?;
            swap(&self.workspace.fresh, &self.workspace.output, &self.workspace.aside)?;
        }
        Ok(Published {
            files: made.len(),
            bytes: made.values().map(|made| made.length).sum(),
            changed,
            removed: self.old.keys().filter(|path| !made.contains_key(*path)).count(),
            replaced,
        })
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let file = self.workspace.fresh.join(path);
        let created = match File::create_new(&file) {
            // Mostly the folder is there: trying first saves asking for each file.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                make_parent(&file)?;
                File::create_new(&file)
            }
            created => created,
        };
        match created.and_then(|mut file| file.write_all(bytes)) {
            // On some systems also: two names that differ in case only.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(WriteError::Twice(path.to_owned())),
            result => result.map_err(WriteError::io(&file)),
        }
    }

    /// Gives the new tree the files that stay the same. They are checked again: a file edited while the
    /// build was running would otherwise be published under the digest of what it was.
    fn link_kept(&self, made: &BTreeMap<String, Made>) -> Result<(), WriteError> {
        let (output, fresh) = (&self.workspace.output, &self.workspace.fresh);
        let kept: Vec<&str> = made.iter().filter(|(_, made)| made.kept).map(|(path, _)| path.as_str()).collect();
        let folders: BTreeSet<&str> = kept.iter().filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
        for folder in folders {
            let folder = fresh.join(folder);
            fs::create_dir_all(&folder).map_err(WriteError::io(&folder))?;
        }
        kept.into_par_iter().try_for_each(|path| {
            let (from, to) = (output.join(path), fresh.join(path));
            if !self.old.get(path).is_some_and(|old| old.is_still(&from)) {
                return Err(WriteError::ChangedMeanwhile(from));
            }
            match fs::hard_link(&from, &to) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(WriteError::Twice(path.to_owned())),
                // Not every file system has links.
                Err(_) => fs::copy(&from, &to).map(|_| ()).map_err(WriteError::io(&to)),
                Ok(()) => Ok(()),
            }
        })
    }

    /// What belongs to the folder and not to the site: `.gitignore`, and who may enter.
    fn take_over_folder(&self) -> Result<(), WriteError> {
        let (output, fresh) = (&self.workspace.output, &self.workspace.fresh);
        let Ok(metadata) = fs::metadata(output) else { return Ok(()) };
        let kept = output.join(KEPT);
        if kept.exists() {
            fs::copy(&kept, fresh.join(KEPT)).map_err(WriteError::io(&kept))?;
        }
        fs::set_permissions(fresh, metadata.permissions()).map_err(WriteError::io(fresh))
    }
}

fn make_parent(file: &Path) -> Result<(), WriteError> {
    let Some(folder) = file.parent() else { return Ok(()) };
    fs::create_dir_all(folder).map_err(WriteError::io(folder))
}

/// Whether a path stays inside the output, can be saved on every system, and needs no escapes in the
/// manifest; and is not one of the two files that are not artifacts.
fn is_fit(path: &str) -> bool {
    let is_name = |name: &str| !matches!(name, "" | "." | "..");
    path.split('/').all(is_name)
        && !path.contains(|c: char| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
        && path != manifest::NAME
        && path != KEPT
}

/// A folder on which a disk is mounted (a container's volume, for one) cannot be moved.
#[cfg(unix)]
fn refuse_mount_point(output: &Path) -> Result<(), WriteError> {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|metadata| metadata.dev()).ok();
    match (device(output), output.parent().and_then(device)) {
        (Some(own), Some(parent)) if own != parent => Err(WriteError::MountPoint(output.to_owned())),
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn refuse_mount_point(_: &Path) -> Result<(), WriteError> {
    Ok(())
}
