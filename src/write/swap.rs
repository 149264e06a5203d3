//! Putting a new folder in the place of an old one.

use std::fs;
use std::io;
use std::path::Path;

use super::WriteError;

/// Makes `fresh` the output. The old output, if there is one, is then at `fresh` or at `aside`, and
/// not needed any more.
pub(super) fn swap(fresh: &Path, output: &Path, aside: &Path) -> Result<(), WriteError> {
    if !output.exists() {
        return fs::rename(fresh, output).map_err(WriteError::io(output));
    }
    match exchange(fresh, output) {
        Ok(()) => Ok(()),
        Err(error) if is_missing(&error) => two_renames(fresh, output, aside),
        Err(error) if error.kind() == io::ErrorKind::ResourceBusy => Err(WriteError::MountPoint(output.to_owned())),
        Err(error) => Err(WriteError::Io { path: output.to_owned(), error }),
    }
}

/// Exchanges two folders in one step: a reader sees the one or the other at every moment.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether the system or this file system has no exchange: FAT, NFS and some network shares say
/// "invalid argument", kernels before 3.15 and some sandboxes "no such call".
fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// The next best: for an instant there is no output. A build killed in it leaves the old output at
/// `aside`, from where the next one puts it back.
pub(super) fn two_renames(fresh: &Path, output: &Path, aside: &Path) -> Result<(), WriteError> {
    fs::rename(output, aside).map_err(WriteError::io(output))?;
    fs::rename(fresh, output).map_err(|error| {
        // Should this fail as well, the next build tries again: `aside` is kept while there is no output.
        let _ = fs::rename(aside, output);
        WriteError::Io { path: output.to_owned(), error }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_renames_do_what_an_exchange_does() {
        let folder = tempfile::tempdir().unwrap();
        let [fresh, output, aside] = ["new", "output", "old"].map(|name| folder.path().join(name));
        fs::create_dir(&fresh).unwrap();
        fs::create_dir(&output).unwrap();
        fs::write(fresh.join("a"), "new").unwrap();
        fs::write(output.join("a"), "old").unwrap();
        two_renames(&fresh, &output, &aside).unwrap();
        assert_eq!(fs::read_to_string(output.join("a")).unwrap(), "new");
        assert_eq!(fs::read_to_string(aside.join("a")).unwrap(), "old");
    }

    #[test]
    fn two_renames_go_back_when_the_second_fails() {
        let folder = tempfile::tempdir().unwrap();
        let [fresh, output, aside] = ["new", "output", "old"].map(|name| folder.path().join(name));
        fs::create_dir(&output).unwrap();
        fs::write(output.join("a"), "old").unwrap();
        // There is nothing at `fresh`.
        assert!(two_renames(&fresh, &output, &aside).is_err());
        assert_eq!(fs::read_to_string(output.join("a")).unwrap(), "old");
        assert!(!aside.exists());
    }
}
