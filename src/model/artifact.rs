//! A file of the published site, before it is written.

/// A file to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// From the root of the output, with `/`.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}
