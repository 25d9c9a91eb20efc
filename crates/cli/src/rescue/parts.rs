//! The parts inside a rescue file: each a length, a line of JSON (name, type, length) and its bytes.

use serde::Deserialize;

/// The longest JSON before a part.
const MAX_HEAD: usize = 64 * 1024;

/// One thing of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name, fit to be a file's: no folder, nothing hidden, no two alike.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

#[derive(Deserialize)]
struct Head {
    name: String,
    r#type: String,
    length: usize,
}

/// Reads all parts; `None` when it does not end where a part ends.
pub(super) fn read(mut rest: &[u8]) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    while !rest.is_empty() {
        let (length, after) = rest.split_first_chunk()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        if length > MAX_HEAD {
            return None;
        }
        let (head, after) = after.split_at_checked(length)?;
        let head: Head = serde_json::from_slice(head).ok()?;
        let (bytes, after) = after.split_at_checked(head.length)?;
        let taken = parts.iter().any(|it| it.name == head.name);
        let name = if is_plain(&head.name) && head.name != super::TEXT && !taken {
            head.name
        } else {
            // Kept all the same: it may be somebody's only copy.
            format!("part-{}.bin", parts.len() + 1)
        };
        parts.push(Part {
            name,
            media_type: head.r#type,
            bytes: bytes.to_vec(),
        });
        rest = after;
    }
    Some(parts)
}

fn is_plain(name: &str) -> bool {
    let letters = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
    (1..=100).contains(&name.len()) && name.chars().all(letters) && !name.starts_with(['.', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(head: &str, bytes: &[u8]) -> Vec<u8> {
        let length = u32::try_from(head.len()).unwrap().to_be_bytes();
        [&length[..], head.as_bytes(), bytes].concat()
    }

    #[test]
    fn a_name_is_never_a_path() {
        for name in [
            "../up",
            "/etc/passwd",
            ".hidden",
            "a\\\\b",
            "",
            "-rf",
            "a b",
            "x\\u0000",
        ] {
            let one = part(
                &format!(r#"{{"name":"{name}","type":"t","length":2}}"#),
                b"ab",
            );
            let parts = read(&one).unwrap();
            assert_eq!(
                (parts[0].name.as_str(), &parts[0].bytes[..]),
                ("part-1.bin", &b"ab"[..])
            );
        }
        let twice = part(r#"{"name":"a.txt","type":"t","length":0}"#, b"").repeat(2);
        let names: Vec<_> = read(&twice)
            .unwrap()
            .into_iter()
            .map(|it| it.name)
            .collect();
        assert_eq!(names, ["a.txt", "part-2.bin"]);
    }

    #[test]
    fn what_ends_elsewhere_is_no_list_of_parts() {
        let whole = part(r#"{"name":"a","type":"t","length":3}"#, b"xyz");
        assert!(read(&whole).is_some() && read(&[]).is_some());
        for length in 1..whole.len() {
            assert_eq!(read(&whole[..length]), None, "{length}");
        }
        for head in [
            r#"{"name":"a","type":"t","length":18446744073709551615}"#,
            r#"{"name":"a","type":"t","length":-1}"#,
            r#"{"name":"a"}"#,
            "",
        ] {
            assert_eq!(read(&part(head, b"xyz")), None, "{head}");
        }
        assert_eq!(read(&[0xff; 64]), None);
    }
}
