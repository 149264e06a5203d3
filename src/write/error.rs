//! Why nothing was written. These are no findings: they are about the machine, not about the content.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::model::Lang;

/// Why a build could not be written. The old output is as it was.
#[derive(Debug)]
pub enum WriteError {
    /// The system refused.
    Io {
        /// What was being written, read or moved.
        path: PathBuf,
        /// The system's reason.
        error: io::Error,
    },
    /// The output is a file, or has no name of its own, as `/`.
    NotAFolder(PathBuf),
    /// The output is where another disk is mounted, and so cannot be swapped for another folder.
    MountPoint(PathBuf),
    /// Another build is writing to the same output.
    Busy {
        /// The output.
        path: PathBuf,
        /// The other build's process, where the system tells.
        process: Option<u32>,
    },
    /// What stands where a build is staged was not made by one.
    NotOurs(PathBuf),
    /// The output holds files that would be lost: [`Stage::begin`](super::Stage::begin) has named them.
    Blocked(PathBuf),
    /// A file changed in the output folder while the build was running.
    ChangedMeanwhile(PathBuf),
    /// A single file whose folder is not there.
    NoFolder(PathBuf),
    /// A single file whose name does not end in `.html`.
    NotHtml(PathBuf),
    /// A single file that would be taken for a part of the site.
    InsideSite {
        /// The file.
        path: PathBuf,
        /// The folder of the site.
        folder: PathBuf,
    },
    /// Where a single file is to be written stands something of another kind.
    NotOurFile(PathBuf),
    /// An artifact's path leads out of the output, or cannot be saved on every system. A bug.
    BadPath(String),
    /// Two artifacts have one path. A bug.
    Twice(String),
}

impl WriteError {
    /// To be mapped over what the system says about `path`.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
        let path = path.to_owned();
        move |error| WriteError::Io { path, error }
    }

    /// The error as a sentence that says what to do.
    pub fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.say_in_chinese(),
            Lang::En => self.say_in_english(),
        }
    }

    fn say_in_chinese(&self) -> String {
        match self {
            WriteError::Io { path, error } => {
                let why = match error.kind() {
                    io::ErrorKind::PermissionDenied => "没有权限；检查文件夹的权限，或关闭占用它的程序".to_owned(),
                    io::ErrorKind::NotFound => "不存在".to_owned(),
                    io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                        "磁盘空间不足；腾出空间后再生成".to_owned()
                    }
                    io::ErrorKind::ReadOnlyFilesystem => "磁盘是只读的".to_owned(),
                    _ => error.to_string(),
                };
                format!("无法写入 {}：{why}", path.display())
            }
            WriteError::NotAFolder(path) => format!("输出位置不是文件夹：{}；换一个位置，或移走此文件", path.display()),
            WriteError::MountPoint(path) => {
                format!("输出文件夹是挂载点，不能整体替换：{}；改用其中的子文件夹", path.display())
            }
            WriteError::Busy { path, process } => {
                let process = process.map(|id| format!("（进程 {id}）")).unwrap_or_default();
                format!("另一次生成{process}正在写入 {}；等它结束后再试", path.display())
            }
            WriteError::NotOurs(path) => {
                format!("生成时要用这个位置，但里面有不是 gongkai 生成的内容：{}；移走后再试", path.display())
            }
            WriteError::Blocked(path) => {
                format!("没有写入 {}：里面有会丢失的文件，见上面列出的问题", path.display())
            }
            WriteError::ChangedMeanwhile(path) => {
                format!("生成期间，输出文件夹里的文件被改动：{}；改动应写在 content/ 里，然后重新生成", path.display())
            }
            WriteError::NoFolder(path) => format!("没有 {} 这个文件夹；先建好，或换一个位置", path.display()),
            WriteError::NotHtml(path) => format!("文件名要以 .html 结尾：{}", path.display()),
            WriteError::InsideSite { path, folder } => {
                format!("不能写到 {}：{} 里只放报告和网站的文件；换一个位置", path.display(), folder.display())
            }
            WriteError::NotOurFile(path) => {
                format!("没有覆盖 {}：它不是以前生成的核对表；换一个文件名，或移走它", path.display())
            }
            WriteError::BadPath(path) => format!("程序错误：输出路径不合规 {path:?}；请报告此问题"),
            WriteError::Twice(path) => format!("程序错误：{path} 生成了两次；请报告此问题"),
        }
    }

    fn say_in_english(&self) -> String {
        match self {
            WriteError::Io { path, error } => format!("cannot write {}: {error}", path.display()),
            WriteError::NotAFolder(path) => {
                format!("the output is not a folder: {}; choose another place, or move the file away", path.display())
            }
            WriteError::MountPoint(path) => format!(
                "the output folder is a mount point and cannot be swapped as a whole: {}; use a folder inside it",
                path.display()
            ),
            WriteError::Busy { path, process } => {
                let process = process.map(|id| format!(" (process {id})")).unwrap_or_default();
                format!("another build{process} is writing to {}; try again when it is done", path.display())
            }
            WriteError::NotOurs(path) => format!(
                "a build needs this place, but it holds what gongkai did not make: {}; move it away",
                path.display()
            ),
            WriteError::Blocked(path) => {
                format!(
                    "nothing was written to {}: it holds files that would be lost, see the findings",
                    path.display()
                )
            }
            WriteError::ChangedMeanwhile(path) => format!(
                "a file of the output was changed during the build: {}; make the change in content/, then build again",
                path.display()
            ),
            WriteError::NoFolder(path) => {
                format!("there is no folder {}; make it first, or choose another place", path.display())
            }
            WriteError::NotHtml(path) => format!("the name of the file has to end in .html: {}", path.display()),
            WriteError::InsideSite { path, folder } => format!(
                "cannot write {}: {} is for the files of reports and the site; choose another place",
                path.display(),
                folder.display()
            ),
            WriteError::NotOurFile(path) => format!(
                "did not overwrite {}: it is no earlier proof sheet; choose another name, or move it away",
                path.display()
            ),
            WriteError::BadPath(path) => format!("a bug: {path:?} is no path for output; please report it"),
            WriteError::Twice(path) => format!("a bug: {path} was made twice; please report it"),
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WriteError::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}
