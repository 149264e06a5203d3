//! The hidden folder beside the output in which a build is put together: `.gongkai-output/`, with the
//! new tree in `new/`, the old one in `old/` while it is being replaced, and a lock.
//!
//! The lock is held by the system for as long as the process lives, so a folder whose lock is free is
//! left over from a killed build and can be cleared, whatever number the process had.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::WriteError;

const LOCK: &str = "gongkai.lock";
const FRESH: &str = "new";
const ASIDE: &str = "old";

/// Attempts to get hold of a folder that another build is just clearing away.
const ATTEMPTS: u32 = 10;

/// A claimed folder; cleared and given back when dropped.
#[derive(Debug)]
pub(super) struct Workspace {
    /// The folder to replace, links followed.
    pub(super) output: PathBuf,
    /// The new tree.
    pub(super) fresh: PathBuf,
    /// The old tree, where two folders cannot be exchanged.
    pub(super) aside: PathBuf,
    folder: PathBuf,
    /// Locked; held for as long as the workspace is.
    _lock: File,
}

impl Workspace {
    /// Claims the folder beside `output`, puts an output back that a killed build had set aside, and
    /// removes what else one left.
    pub(super) fn claim(output: &Path) -> Result<Workspace, WriteError> {
        let output = resolve(output)?;
        let (Some(parent), Some(name)) = (output.parent(), output.file_name()) else {
            return Err(WriteError::NotAFolder(output));
        };
        let mut hidden = std::ffi::OsString::from(".gongkai-");
        hidden.push(name);
        let folder = parent.join(hidden);
        let lock = lock_folder(&folder, &output)?;
        let (fresh, aside) = (folder.join(FRESH), folder.join(ASIDE));
        let workspace = Workspace { output, fresh, aside, folder, _lock: lock };
        if workspace.aside.exists() && !workspace.output.exists() {
            fs::rename(&workspace.aside, &workspace.output).map_err(WriteError::io(&workspace.output))?;
        }
        for left in [&workspace.fresh, &workspace.aside] {
            remove(left).map_err(WriteError::io(left))?;
        }
        fs::create_dir(&workspace.fresh).map_err(WriteError::io(&workspace.fresh))?;
        Ok(workspace)
    }
}

impl Drop for Workspace {
    /// What cannot be removed now is removed by the next build.
    fn drop(&mut self) {
        let _ = remove(&self.fresh);
        if self.output.exists() {
            let _ = remove(&self.aside);
        }
        // While the old output waits at `aside` the lock marks the folder as ours.
        if !self.aside.exists() && fs::remove_file(self.folder.join(LOCK)).is_ok() {
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

fn remove(tree: &Path) -> io::Result<()> {
    match fs::remove_dir_all(tree) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The output's real place. Neither it nor, behind a link, its target needs to exist.
fn resolve(output: &Path) -> Result<PathBuf, WriteError> {
    match output.canonicalize() {
        Ok(real) if real.is_dir() => return Ok(real),
        Ok(real) => return Err(WriteError::NotAFolder(real)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(WriteError::Io { path: output.to_owned(), error }),
    }
    let parent = match output.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if let Ok(target) = fs::read_link(output) {
        // A dead link: to a folder that is still to be made, or that a killed build has set aside.
        return resolve(&parent.join(target));
    }
    let Some(name) = output.file_name() else { return Err(WriteError::NotAFolder(output.to_owned())) };
    fs::create_dir_all(parent).map_err(WriteError::io(parent))?;
    Ok(parent.canonicalize().map_err(WriteError::io(parent))?.join(name))
}

/// Makes the folder, or takes one over that a killed build left, and locks it.
fn lock_folder(folder: &Path, output: &Path) -> Result<File, WriteError> {
    let path = folder.join(LOCK);
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        match fs::create_dir(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(WriteError::Io { path: folder.to_owned(), error });
            }
            _ if !is_ours(folder) => continue,
            _ => {}
        }
        match open_locked(&path) {
            Ok(Some(mut lock)) if is_at(&lock, &path) => {
                // For the message of a build that comes second; the lock holds without it.
                let _ = lock.set_len(0).and_then(|()| writeln!(lock, "{}", std::process::id()));
                return Ok(lock);
            }
            // Between opening and locking, its owner removed it: another attempt makes a new one.
            Ok(Some(_)) => {}
            Ok(None) => {
                return Err(WriteError::Busy { path: output.to_owned(), process: owner(&path) });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(WriteError::Io { path, error }),
        }
    }
    Err(WriteError::NotOurs(folder.to_owned()))
}

/// Whether a folder is empty, or has a lock and nothing that a build does not make.
fn is_ours(folder: &Path) -> bool {
    if !folder.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return false;
    }
    let Ok(entries) = fs::read_dir(folder) else { return false };
    let names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    names.is_empty()
        || (names.iter().any(|name| name == LOCK)
            && names.iter().all(|name| name == LOCK || name == FRESH || name == ASIDE))
}

fn owner(lock: &Path) -> Option<u32> {
    let mut text = String::new();
    let mut file = File::open(lock).ok()?;
    file.rewind().ok()?;
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

/// Opens and locks a file; `None` if another process holds the lock.
#[cfg(unix)]
fn open_locked(path: &Path) -> io::Result<Option<File>> {
    use rustix::fs::{FlockOperation, flock};
    use rustix::io::Errno;
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(file)),
        Err(Errno::WOULDBLOCK) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Opens a file that nobody else can open meanwhile; `None` if another process has done so.
#[cfg(windows)]
fn open_locked(path: &Path) -> io::Result<Option<File>> {
    use std::os::windows::fs::OpenOptionsExt;
    const SHARING_VIOLATION: i32 = 32;
    match OpenOptions::new().read(true).write(true).create(true).truncate(false).share_mode(0).open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.raw_os_error() == Some(SHARING_VIOLATION) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether `path` still leads to the open file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// An open file cannot be removed on Windows.
#[cfg(windows)]
fn is_at(_: &File, _: &Path) -> bool {
    true
}
