//! Puts a model into the folder: from a ggml file, a wheel, or a CTranslate2 folder.
//!
//! Invariants: what is written has passed [`check`](super::check()); it is written beside its place,
//! flushed to disk and then renamed, so that a crash leaves the old file or the new one, never half
//! of one; the hash is recorded in the sidecar only after that.

use std::fs::{self, File};
use std::io::{Cursor, Write};
use std::path::Path;

use super::cache::{Cache, Installed, Sidecar, sidecar_path};
use super::convert::{Source, convert};
use super::{ModelError, catalogue, sha256_hex, wheel};

/// Zip files begin so.
const ZIP_MAGIC: &[u8] = b"PK\x03\x04";

/// Imports the model at `path` under `name`; without a name, the catalogue's if it is known there,
/// else the file's own.
pub fn import(cache: &Cache, path: &Path, name: Option<&str>) -> Result<Installed, ModelError> {
    let not_a_model = |error: ModelError| match error {
        ModelError::Malformed(reason) => ModelError::NotAModel {
            path: path.to_owned(),
            reason,
        },
        other => other,
    };
    let (bytes, kind) = if path.is_dir() {
        let source = wheel::from_folder(path).map_err(not_a_model)?;
        (convert(&source).map_err(not_a_model)?, "CTranslate2 folder")
    } else {
        let bytes = fs::read(path).map_err(ModelError::file("reading", path))?;
        if bytes.is_empty() {
            return Err(ModelError::Empty {
                path: path.to_owned(),
            });
        }
        if bytes.starts_with(ZIP_MAGIC) {
            let source: Source = wheel::from_wheel(Cursor::new(bytes)).map_err(not_a_model)?;
            (convert(&source).map_err(not_a_model)?, "wheel")
        } else {
            super::check(&bytes).map_err(not_a_model)?;
            (bytes, "file")
        }
    };
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let origin = format!("imported from the {kind} {file}");
    let name = chosen_name(name, &sha256_hex(&bytes), path)?;
    store(cache, &name, &bytes, &origin)
}

/// Writes checked bytes into the folder.
pub fn store(
    cache: &Cache,
    name: &str,
    bytes: &[u8],
    origin: &str,
) -> Result<Installed, ModelError> {
    super::check(bytes)?;
    let sha256 = sha256_hex(bytes);
    if catalogue::by_name(name).is_some_and(|known| !known.accepts(&sha256)) {
        return Err(ModelError::NameTaken {
            name: name.to_owned(),
            found: sha256,
        });
    }
    let path = cache.path_of(name);
    let sidecar = Sidecar {
        name: name.to_owned(),
        sha256: sha256.clone(),
        origin: origin.to_owned(),
    };
    let text = serde_json::to_string_pretty(&sidecar)
        .map_err(|error| ModelError::malformed(error.to_string()))?;
    fs::create_dir_all(cache.folder()).map_err(ModelError::file("creating", cache.folder()))?;
    write_whole(&path, bytes)?;
    write_whole(&sidecar_path(&path), text.as_bytes())?;
    Ok(Installed {
        name: name.to_owned(),
        size: bytes.len() as u64,
        sha256,
        verified: true,
        path,
    })
}

fn chosen_name(given: Option<&str>, sha256: &str, path: &Path) -> Result<String, ModelError> {
    let name = match (given, catalogue::by_sha256(sha256)) {
        (Some(name), _) => name.to_owned(),
        (None, Some(known)) => known.name.to_owned(),
        (None, None) => {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            stem.strip_prefix("ggml-").unwrap_or(&stem).to_owned()
        }
    };
    let is_fine = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    if name.is_empty() || name.starts_with('.') || name.len() > 100 || !name.chars().all(is_fine) {
        return Err(ModelError::BadName { name });
    }
    Ok(name)
}

/// Writes a file so that it is there whole or not at all.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), ModelError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let failed = || ModelError::file("writing", path);
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed())?;
    file.write_all(bytes).map_err(failed())?;
    file.as_file().sync_all().map_err(failed())?;
    file.persist(path).map_err(|error| failed()(error.error))?;
    // The rename itself must survive a power cut; not every platform can flush a folder.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{cache, ggml, layout::Numbers};

    fn made_up_model(weight: f32) -> Vec<u8> {
        let numbers = Numbers::from_list([51_864, 1500, 384, 6, 4, 448, 384, 6, 4, 80]);
        ggml::write(&numbers, &[b"!".to_vec()], &mut |spec| {
            Ok(vec![weight; spec.elements()])
        })
        .unwrap()
    }

    #[test]
    fn an_imported_model_loads_until_a_byte_changes() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().join("models"));
        let file = folder.path().join("ggml-ours.bin");
        fs::write(&file, made_up_model(0.5)).unwrap();

        let refused = cache::load(&file).unwrap_err();
        assert!(
            matches!(refused, ModelError::NotImported { .. }),
            "{refused}"
        );
        let installed = import(&cache, &file, None).unwrap();
        assert_eq!(installed.name, "ours");
        assert_eq!(cache.find(None).unwrap(), installed.path);
        assert_eq!(cache::load(&installed.path).unwrap().stamp().name, "ours");
        assert_eq!(cache.list().unwrap(), std::slice::from_ref(&installed));

        let mut bytes = fs::read(&installed.path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&installed.path, bytes).unwrap();
        let refused = cache::load(&installed.path).unwrap_err();
        assert!(matches!(refused, ModelError::Changed { .. }), "{refused}");
        assert!(!cache.list().unwrap()[0].verified);
    }

    #[test]
    fn garbage_is_refused_and_nothing_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path().join("models"));
        for (name, bytes) in [
            ("empty.bin", &b""[..]),
            ("text.bin", b"hello"),
            ("wheel.whl", b"PK\x03\x04nonsense"),
            ("cut.bin", &made_up_model(0.5)[..1_000_000]),
        ] {
            let file = folder.path().join(name);
            fs::write(&file, bytes).unwrap();
            let error = import(&cache, &file, None).unwrap_err();
            assert!(!error.to_string().contains('\n'), "{error}");
            assert!(!cache.folder().exists(), "{name}");
        }
    }

    #[test]
    fn the_catalogues_names_are_for_its_own_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path());
        let refused = store(&cache, catalogue::DEFAULT, &made_up_model(0.5), "test").unwrap_err();
        assert!(matches!(refused, ModelError::NameTaken { .. }), "{refused}");
        let file = folder.path().join("x.bin");
        fs::write(&file, made_up_model(0.25)).unwrap();
        let refused = import(&cache, &file, Some("../x")).unwrap_err();
        assert!(matches!(refused, ModelError::BadName { .. }), "{refused}");
    }
}
