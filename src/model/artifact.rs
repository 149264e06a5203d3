//! A file of the published site, before it is written.

/// A file to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// From the root of the output, with `/`.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Artifact {
    /// Whether it is a page that readers come to: a fragment, made to be pasted elsewhere, is none.
    #[allow(clippy::case_sensitive_file_extension_comparisons, reason = "the program names its pages itself")]
    pub fn is_page(&self) -> bool {
        self.path.ends_with(".html") && !self.path.ends_with(".fragment.html")
    }
}
