//! From the event parser's positions, which count characters, to bytes.

/// Bytes of characters, by their number.
pub(super) struct Offsets<'t> {
    text: &'t str,
    /// The byte of every 64th character; empty where each character is one byte.
    marks: Vec<usize>,
}

impl<'t> Offsets<'t> {
    const STEP: usize = 64;

    pub(super) fn new(text: &'t str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(Self::STEP).map(|(byte, _)| byte).collect()
        };
        Offsets { text, marks }
    }

    /// Where a character begins; the end of the text behind the last.
    pub(super) fn byte(&self, character: usize) -> usize {
        if self.marks.is_empty() {
            return character.min(self.text.len());
        }
        let Some(&start) = self.marks.get(character / Self::STEP) else { return self.text.len() };
        let rest = &self.text[start..];
        rest.char_indices().nth(character % Self::STEP).map_or(self.text.len(), |(byte, _)| start + byte)
    }
}
