//! Tokens as CTranslate2 models list them, as the bytes that whisper.cpp wants.
//!
//! GPT-2's byte-level alphabet writes each byte as one printable character ("Ġ" is a space); this
//! turns it back. Special tokens (`<|endoftext|>` and after) are not listed in our file:
//! whisper.cpp makes them up itself.

use super::ModelError;

/// The first special token; everything before it is text.
const FIRST_SPECIAL: &str = "<|endoftext|>";

/// More than any Whisper vocabulary.
const MAX_TOKENS: usize = 60_000;

/// Reads `vocabulary.txt`: one token a line.
pub fn from_lines(text: &str) -> Result<Vec<Vec<u8>>, ModelError> {
    decode(text.lines())
}

/// Reads `vocabulary.json`: a list of tokens.
pub fn from_json(text: &str) -> Result<Vec<Vec<u8>>, ModelError> {
    let tokens: Vec<String> = serde_json::from_str(text)
        .map_err(|error| ModelError::malformed(format!("vocabulary.json: {error}")))?;
    decode(tokens.iter().map(String::as_str))
}

fn decode<'a>(tokens: impl Iterator<Item = &'a str>) -> Result<Vec<Vec<u8>>, ModelError> {
    let mut decoded = Vec::new();
    for token in tokens {
        if token == FIRST_SPECIAL {
            return Ok(decoded);
        }
        if decoded.len() == MAX_TOKENS {
            break;
        }
        let bytes: Option<Vec<u8>> = token.chars().map(byte_of).collect();
        decoded.push(bytes.ok_or_else(|| {
            ModelError::malformed(format!("token {} is not byte-level text", decoded.len()))
        })?);
    }
    Err(ModelError::malformed(format!(
        "the vocabulary has no {FIRST_SPECIAL}"
    )))
}

/// The byte that a character of GPT-2's alphabet stands for.
///
/// Printable Latin-1 stands for itself; the 68 other bytes, in order, are U+0100 and after.
fn byte_of(letter: char) -> Option<u8> {
    match u32::from(letter) {
        code @ (0x21..=0x7E | 0xA1..=0xAC | 0xAE..=0xFF) => u8::try_from(code).ok(),
        code @ 0x100..=0x143 => {
            let rank = u8::try_from(code - 0x100).ok()?;
            Some(match rank {
                0..=0x20 => rank,
                0x21..=0x42 => rank - 0x21 + 0x7F,
                _ => 0xAD,
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_exactly_one_character() {
        let mut bytes: Vec<u8> = (0..0x200)
            .filter_map(char::from_u32)
            .filter_map(byte_of)
            .collect();
        bytes.sort_unstable();
        assert_eq!(bytes, (0..=255).collect::<Vec<u8>>());
    }

    #[test]
    fn text_tokens_are_read_up_to_the_first_special_one() {
        let tokens = from_lines("!\nĠthe\nĊ\n<|endoftext|>\n<|0.00|>\n").unwrap();
        assert_eq!(tokens, [b"!".to_vec(), b" the".to_vec(), b"\n".to_vec()]);
        assert_eq!(from_json(r#"["!","<|endoftext|>"]"#).unwrap(), [b"!"]);
        assert!(from_lines("!\n").is_err());
        assert!(from_lines("漢\n<|endoftext|>\n").is_err());
        assert!(from_json("{}").is_err());
    }
}
