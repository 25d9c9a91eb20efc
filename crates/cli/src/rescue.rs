//! The rescue file of a phone: unsent work in one file, sealed with a passphrase of its own.
//!
//! `docs/rescue-format.md` describes the format; the phone writes it
//! (`mobile-shell/src/vault/rescue.ts`), this opens it. Nothing of the file is believed before it has
//! been checked: costs are bounded before memory is taken for them, everything inside is bound to the
//! passphrase, and a name inside is never a path.

mod parts;
mod readable;

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

pub use parts::Part;
pub use readable::readable;

/// The part with everything but recordings, as JSON.
pub const UNSENT: &str = "unsent.json";
/// The file with that as text; no part has this name.
pub const TEXT: &str = "unsent.txt";

/// What every rescue file begins with; its version and a line end follow.
const MAGIC: &[u8] = b"family-workbook-rescue ";
const VERSION: &[u8] = b"1";
/// The longest second line. What the phone writes has some 250 bytes.
const MAX_HEAD: usize = 4096;
const NONCE: usize = 12;
/// The file's key of 32 bytes, sealed (16 bytes more).
const SEALED_KEY: usize = 48;
const TAG: usize = 16;
/// The most memory that a file may ask for, as on the phone (`vault/passphrase.ts`).
const MAX_MEMORY_KIB: u32 = 1024 * 1024;
const MAX_ITERATIONS: u32 = 64;
const MAX_LANES: u32 = 16;

/// Why a rescue file was not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RescueError {
    /// It begins otherwise.
    #[error("this is not a rescue file of Family Workbook")]
    NotARescueFile,
    /// It is of a format that this program does not know.
    #[error("this rescue file has version {0}, and this program opens version 1: use a newer one")]
    OtherVersion(String),
    /// It ends too early.
    #[error(
        "this rescue file was cut off on its way: get it from the phone again, or copy it again"
    )]
    CutOff,
    /// Its second line can't be read, or names other ways of sealing.
    #[error("this rescue file was sealed in a way that this program does not know")]
    UnknownSealing,
    /// What it asks for before the passphrase could be tried.
    #[error("this file asks for more memory or time than a rescue file needs: it is not opened")]
    TooCostly,
    /// The passphrase's key does not open the file's key.
    #[error(
        "the passphrase is not right (the one that was chosen for the file, not the phone's own), or \
         the file was changed"
    )]
    WrongPassphrase,
    /// The passphrase is right, what it sealed is not whole.
    #[error(
        "the passphrase is right, but the file was changed or cut off: get it from the phone again, \
         or copy it again"
    )]
    Damaged,
    /// What was sealed are no parts.
    #[error("what is sealed in this file can't be read: use a newer program")]
    Unreadable,
}

/// The file's second line.
#[derive(Debug, Deserialize)]
struct Head {
    kdf: Kdf,
    cipher: Cipher,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kdf {
    name: String,
    version: u32,
    memory_kib: u32,
    iterations: u32,
    parallelism: u32,
    salt: String,
}

#[derive(Debug, Deserialize)]
struct Cipher {
    name: String,
    nonce: String,
}

/// A rescue file of which the first two lines have been read.
#[derive(Debug)]
pub struct Sealed {
    head: Head,
    /// How many bytes the first two lines have: what the content is bound to.
    bound: usize,
    file: Vec<u8>,
}

impl Sealed {
    /// Reads how a file was sealed. The passphrase is not needed for it.
    ///
    /// # Errors
    /// When it is no rescue file, of another version, cut off, or sealed in another way.
    pub fn read(file: Vec<u8>) -> Result<Self, RescueError> {
        let Some(after) = file.strip_prefix(MAGIC) else {
            let begun = MAGIC.starts_with(&file) && !file.is_empty();
            return Err(if begun {
                RescueError::CutOff
            } else {
                RescueError::NotARescueFile
            });
        };
        let (version, rest) = line(after)?;
        if version != VERSION {
            let version: String = String::from_utf8_lossy(version).chars().take(12).collect();
            return Err(RescueError::OtherVersion(
                version.escape_debug().to_string(),
            ));
        }
        let (head, body) = line(rest)?;
        let head: Head = serde_json::from_slice(head).map_err(|_| RescueError::UnknownSealing)?;
        let known = head.kdf.name == "argon2id"
            && head.kdf.version == u32::from(Version::V0x13)
            && head.cipher.name == "AES-256-GCM";
        if !known {
            return Err(RescueError::UnknownSealing);
        }
        if body.len() < NONCE + SEALED_KEY + TAG {
            return Err(RescueError::CutOff);
        }
        let bound = file.len() - body.len();
        Ok(Self { head, bound, file })
    }

    /// What is inside. Takes about as long as it took the phone to try the passphrase: a second.
    ///
    /// # Errors
    /// When the passphrase is wrong, or the file was changed.
    pub fn open(mut self, passphrase: &str) -> Result<Vec<Part>, RescueError> {
        let secret = self.secret(passphrase)?;
        let nonce = decoded(&self.head.cipher.nonce)?;
        let (bound, body) = self.file.split_at_mut(self.bound);
        let (wrapped, content) = body.split_at_mut(NONCE + SEALED_KEY);
        let (wrapped_nonce, wrapped) = wrapped.split_at_mut(NONCE);
        let key =
            unsealed(&secret, wrapped_nonce, &[], wrapped).ok_or(RescueError::WrongPassphrase)?;
        let content = unsealed(key, &nonce, bound, content).ok_or(RescueError::Damaged)?;
        parts::read(content).ok_or(RescueError::Unreadable)
    }

    /// The passphrase's key.
    fn secret(&self, passphrase: &str) -> Result<[u8; 32], RescueError> {
        let kdf = &self.head.kdf;
        let bearable = kdf.memory_kib <= MAX_MEMORY_KIB
            && kdf.iterations <= MAX_ITERATIONS
            && kdf.parallelism <= MAX_LANES;
        if !bearable {
            return Err(RescueError::TooCostly);
        }
        let salt = decoded(&kdf.salt)?;
        let params = Params::new(kdf.memory_kib, kdf.iterations, kdf.parallelism, Some(32));
        let params = params.map_err(|_| RescueError::UnknownSealing)?;
        // As the phone does: one passphrase from different keyboards is one text.
        let passphrase: String = passphrase.nfkc().collect();
        let mut secret = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.trim().as_bytes(), &salt, &mut secret)
            .map_err(|_| RescueError::UnknownSealing)?;
        Ok(secret)
    }
}

/// Up to the next line end, and what follows it.
fn line(bytes: &[u8]) -> Result<(&[u8], &[u8]), RescueError> {
    let end = bytes.iter().take(MAX_HEAD).position(|it| *it == b'\n');
    match end {
        Some(end) => Ok((&bytes[..end], &bytes[end + 1..])),
        None if bytes.len() < MAX_HEAD => Err(RescueError::CutOff),
        None => Err(RescueError::UnknownSealing),
    }
}

fn decoded(base64: &str) -> Result<Vec<u8>, RescueError> {
    STANDARD
        .decode(base64)
        .map_err(|_| RescueError::UnknownSealing)
}

/// What was sealed, in its place; `None` when the key, the nonce or anything that it is bound to is not
/// what it was sealed with.
fn unsealed<'a>(key: &[u8], nonce: &[u8], bound: &[u8], sealed: &'a mut [u8]) -> Option<&'a [u8]> {
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).ok()?);
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let open = key.open_in_place(nonce, Aad::from(bound), sealed).ok()?;
    Some(open)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by the built app in a browser: `mobile-shell/e2e/stories/rescue.test.ts`, with `UPDATE=1`.
    const FILE: &[u8] = include_bytes!("../tests/rescue/version-1.sealed");
    const PASSPHRASE: &str = "four unrelated words here";

    fn opened(file: Vec<u8>, passphrase: &str) -> Result<Vec<Part>, RescueError> {
        Sealed::read(file)?.open(passphrase)
    }

    #[test]
    fn a_phones_own_file_is_opened() {
        for passphrase in [
            PASSPHRASE,
            " four unrelated words here\n",
            "ｆour unrelated words here",
        ] {
            let parts = opened(FILE.to_vec(), passphrase).unwrap();
            let names: Vec<_> = parts.iter().map(|it| it.name.as_str()).collect();
            assert_eq!(names, ["unsent.json", "recording-1.wav"]);
        }
    }

    #[test]
    fn another_passphrase_and_a_changed_file_are_told_apart() {
        let wrong = opened(FILE.to_vec(), "another passphrase");
        assert_eq!(wrong, Err(RescueError::WrongPassphrase));
        let mut changed = FILE.to_vec();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(opened(changed, PASSPHRASE), Err(RescueError::Damaged));
        let short = FILE[..FILE.len() - 1].to_vec();
        assert_eq!(opened(short, PASSPHRASE), Err(RescueError::Damaged));
        // The lines in clear are bound, too.
        let mut cheaper = FILE.to_vec();
        let space = cheaper.iter().position(|it| *it == b'}').unwrap();
        cheaper.insert(space, b' ');
        assert_eq!(opened(cheaper, PASSPHRASE), Err(RescueError::Damaged));
    }

    /// How long the two lines in clear are.
    fn lines() -> usize {
        FILE.splitn(3, |it| *it == b'\n')
            .take(2)
            .map(|it| it.len() + 1)
            .sum()
    }

    #[test]
    fn wherever_it_is_cut_off_it_says_so() {
        for length in 1..lines() + NONCE + SEALED_KEY + TAG {
            let error = opened(FILE[..length].to_vec(), PASSPHRASE);
            assert_eq!(error, Err(RescueError::CutOff), "{length}");
        }
    }

    #[test]
    fn what_is_none_is_told_from_what_is_newer() {
        for other in [
            &b""[..],
            b"PDF",
            b"family-workbook-backup 1\n{}\n",
            &[0; 9000],
        ] {
            let error = opened(other.to_vec(), PASSPHRASE);
            assert_eq!(error, Err(RescueError::NotARescueFile));
        }
        let newer = b"family-workbook-rescue 2\n\x1b[31m".to_vec();
        let error = opened(newer, PASSPHRASE);
        assert_eq!(error, Err(RescueError::OtherVersion("2".to_owned())));
        let odd = opened(b"family-workbook-rescue \x1b[31m\n".to_vec(), PASSPHRASE);
        assert!(!odd.unwrap_err().to_string().contains('\x1b'));
        let endless = [b"family-workbook-rescue 1\n", &[b'x'; 9000][..]].concat();
        assert_eq!(opened(endless, ""), Err(RescueError::UnknownSealing));
    }

    /// The file with another value for the first field of that name.
    fn headed(field: &str, value: &str) -> Result<Vec<Part>, RescueError> {
        let text = String::from_utf8(FILE[..lines()].to_vec()).unwrap();
        let (before, after) = text.split_once(&format!("\"{field}\":")).unwrap();
        let after = &after[after.find([',', '}']).unwrap()..];
        let head = format!("{before}\"{field}\":{value}{after}");
        opened([head.as_bytes(), &FILE[lines()..]].concat(), PASSPHRASE)
    }

    #[test]
    fn a_file_can_not_ask_for_more_than_it_needs() {
        for (field, costs) in [
            ("memoryKib", "1048577"),
            ("iterations", "65"),
            ("parallelism", "16777215"),
        ] {
            assert_eq!(headed(field, costs), Err(RescueError::TooCostly));
        }
        for (field, other) in [
            ("memoryKib", "-1"),
            ("memoryKib", "1"),
            ("iterations", "0"),
            ("version", "16"),
            ("salt", r#""?""#),
            ("salt", r#""""#),
            ("nonce", r#""?""#),
            ("name", r#""pbkdf2""#),
            ("name", "["),
        ] {
            assert_eq!(
                headed(field, other),
                Err(RescueError::UnknownSealing),
                "{field}: {other}"
            );
        }
    }
}
