//! Writes a portal of made-up accounts that reconcile, to measure gongkai at the size of a district:
//! `cargo run --release --example corpus -- 200 7 DIR`. docs/benchmarks.md says what it is measured for.
#![allow(clippy::disallowed_methods, reason = "it writes a site's sources, which the crate never does")]

mod portal;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [departments, years, folder] = arguments.as_slice() else { return usage() };
    let (Ok(departments), Ok(years)) = (departments.parse::<u16>(), years.parse::<u16>()) else { return usage() };
    match write(departments, years, &PathBuf::from(folder)) {
        Ok(files) => {
            println!("{files} files of {departments} departments × {years} years in {folder}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("corpus DEPARTMENTS YEARS FOLDER, as `corpus 200 7 portal`; the folder must not exist yet");
    ExitCode::from(2)
}

/// Writes department by department, and says how many files there are.
fn write(departments: u16, years: u16, folder: &Path) -> io::Result<usize> {
    // Files of an earlier, larger portal would be measured as well.
    fs::create_dir(folder)?;
    let mut written = 0;
    let mut put = |files: Vec<portal::File>| -> io::Result<()> {
        written += files.len();
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(path, text)?;
        }
        Ok(())
    };
    put(portal::site())?;
    for number in 1..=departments {
        put(portal::department(number, years))?;
    }
    Ok(written)
}
