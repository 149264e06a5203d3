//! From bytes to text. Files come from Windows editors and office suites as often as not, so a file
//! that is not UTF-8 is told which encoding it seems to have, and line ends are made equal.

use crate::diagnostics::{Finding, Place, catalogue};
use crate::model::Text;

/// The text of a file, without a byte order mark and with `\n` at the end of lines: offsets into it
/// are the same whichever editor wrote it.
pub(super) fn decode(path: &str, bytes: Vec<u8>) -> Result<String, Finding> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(normalise(text)),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let detail = describe(error.as_bytes(), offset);
            Err(Finding::new(&catalogue::FILE_ENCODING, Place::File(path.to_owned()))
                .with("detail", detail.zh)
                .with("detail-en", detail.en))
        }
    }
}

fn normalise(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if text.contains("\r\n") { text.replace("\r\n", "\n") } else { text }
}

/// Where the first bad byte is, and what the file looks like instead.
fn describe(bytes: &[u8], offset: usize) -> Text {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Text::new("整个文件是 UTF-16（“Unicode 文本”）", "the whole file is UTF-16 (“Unicode text”)");
    }
    let line = bytes[..offset].split(|byte| *byte == b'\n').count();
    let byte = offset + 1;
    if looks_like_gbk(bytes) {
        return Text::new(
            format!("像是 GBK/GB18030（“ANSI”）编码，从第 {line} 行（第 {byte} 个字节）起"),
            format!("it looks like GBK/GB18030 (“ANSI”), from line {line} (byte {byte}) on"),
        );
    }
    Text::new(
        format!("第 {line} 行（第 {byte} 个字节）无法解读"),
        format!("line {line} (byte {byte}) cannot be decoded"),
    )
}

/// Whether the bytes are well-formed GB18030 and mostly the Chinese that people write: the common
/// characters of GB 2312 (level 1, lead bytes B0–D7) and its punctuation (A1–A3). UTF-8 read as GBK
/// lands outside of these two.
fn looks_like_gbk(bytes: &[u8]) -> bool {
    let (mut pairs, mut common, mut rest) = (0_usize, 0_usize, bytes);
    loop {
        rest = match rest {
            [] => break,
            [0x00..=0x7f, rest @ ..] => rest,
            [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, rest @ ..] => {
                pairs += 1;
                rest
            }
            [lead @ 0x81..=0xfe, trail @ (0x40..=0x7e | 0x80..=0xfe), rest @ ..] => {
                pairs += 1;
                common += usize::from(matches!(lead, 0xa1..=0xa3 | 0xb0..=0xd7) && *trail >= 0xa1);
                rest
            }
            _ => return false,
        };
    }
    pairs > 0 && common * 10 >= pairs * 7
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detail(bytes: &[u8]) -> (String, String) {
        let finding = decode("a.md", bytes.to_vec()).unwrap_err();
        assert_eq!(finding.entry.code, "source/encoding");
        (finding.fill(finding.entry.zh.message), finding.fill(finding.entry.en.message))
    }

    #[test]
    fn strips_the_byte_order_mark_and_carriage_returns() {
        assert_eq!(decode("a.md", "\u{feff}决算\r\n表\r\n".into()).unwrap(), "决算\n表\n");
        assert_eq!(decode("a.md", Vec::new()).unwrap(), "");
    }

    #[test]
    fn names_gbk() {
        // 「部门」换行「决算，支出」 in GBK.
        let bytes = b"a: \xb2\xbf\xc3\xc5\n\xbe\xf6\xcb\xe3\xa3\xac\xd6\xa7\xb3\xf6\n";
        let (zh, en) = detail(bytes);
        assert_eq!(zh, "文件不是 UTF-8 编码：像是 GBK/GB18030（“ANSI”）编码，从第 1 行（第 4 个字节）起");
        assert_eq!(en, "the file is not UTF-8: it looks like GBK/GB18030 (“ANSI”), from line 1 (byte 4) on");
    }

    #[test]
    fn names_utf_16() {
        assert!(detail(b"\xff\xfea\0").0.contains("UTF-16"));
        assert!(detail(b"\xfe\xff\0a").1.contains("UTF-16"));
    }

    #[test]
    fn does_not_take_broken_utf_8_for_gbk() {
        let mut bytes = "一般公共预算财政拨款支出决算表\n部门整体支出绩效\n".as_bytes().to_vec();
        let end = bytes.len() - 2;
        bytes.remove(end);
        assert_eq!(detail(&bytes).0, "文件不是 UTF-8 编码：第 2 行（第 68 个字节）无法解读");
    }
}
