//! Where a finding is: a file, a range of its text, or a path into its data that is located when shown.

use std::fmt;
use std::ops::Range;

/// A place in a site. Files are named relative to the site's root, with `/`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A file as a whole, or a folder.
    File(String),
    /// A range of bytes in a file's text.
    Text(String, Range<usize>),
    /// A node of a YAML file.
    Data(String, DataPath),
}

impl Place {
    /// The file.
    pub fn file(&self) -> &str {
        match self {
            Place::File(file) | Place::Text(file, _) | Place::Data(file, _) => file,
        }
    }

    /// The same place in a file that is shown by a longer path.
    #[must_use]
    pub fn below(mut self, prefix: &str) -> Self {
        let (Place::File(file) | Place::Text(file, _) | Place::Data(file, _)) = &mut self;
        file.insert_str(0, prefix);
        self
    }
}

/// A path into a YAML file: `rows › 201 › 2`. Costs nothing until somebody asks for its line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DataPath {
    /// From the top.
    pub steps: Vec<Step>,
    /// Whether the key itself is meant, not its value.
    pub key: bool,
}

/// A step of a [`DataPath`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An element of a sequence, from 0; a line of a text of several lines, or a cell of such a line.
    Index(usize),
}

impl DataPath {
    /// The top of the file.
    pub fn top() -> Self {
        DataPath::default()
    }

    /// Below this, the value of `key`.
    #[must_use]
    pub fn key(&self, key: impl Into<String>) -> Self {
        let mut path = self.clone();
        path.steps.push(Step::Key(key.into()));
        path
    }

    /// Below this, the element `index`.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        let mut path = self.clone();
        path.steps.push(Step::Index(index));
        path
    }

    /// The key of this path itself, not its value.
    #[must_use]
    pub fn the_key(mut self) -> Self {
        self.key = true;
        self
    }

    /// The place in `file`.
    pub fn in_file(self, file: &str) -> Place {
        Place::Data(file.to_owned(), self)
    }
}

impl fmt::Display for DataPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            if index > 0 {
                f.write_str(" › ")?;
            }
            match step {
                Step::Key(key) => f.write_str(key)?,
                Step::Index(index) => write!(f, "{}", index + 1)?,
            }
        }
        Ok(())
    }
}
