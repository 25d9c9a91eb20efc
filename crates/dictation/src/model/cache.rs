//! The folder of models: what is in it, and the checked way from a name to bytes.
//!
//! Invariants: a model is `ggml-NAME.bin` with a sidecar `ggml-NAME.bin.json` that records its
//! hash; bytes are read once, checked, and the *same* bytes go to the engine.
//!
//! Not here: putting models in (`import`).

use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};

use super::{ModelError, VerifiedModel, catalogue, sha256_hex};
use crate::transcript::ModelStamp;

/// The environment variable that names another folder.
pub const FOLDER_VARIABLE: &str = "WORKBOOK_MODEL_DIR";

/// What is recorded beside each model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sidecar {
    /// The model's name.
    pub name: String,
    /// SHA-256 of the model file, lower-case hex.
    pub sha256: String,
    /// Where it came from, in words.
    pub origin: String,
}

/// A model in the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Installed {
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of what is there, lower-case hex.
    pub sha256: String,
    /// Whether it passes every check that loading makes.
    pub verified: bool,
    /// Where it lies.
    pub path: PathBuf,
}

/// The folder of models.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// A given folder; it need not exist yet.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// The user's folder: [`FOLDER_VARIABLE`] if set, else `family-workbook/models` in the
    /// platform's cache folder.
    pub fn of_user() -> Result<Self, ModelError> {
        match std::env::var_os(FOLDER_VARIABLE) {
            Some(folder) if !folder.is_empty() => Ok(Self::at(folder)),
            _ => {
                let strategy =
                    etcetera::choose_base_strategy().map_err(|_| ModelError::NoFolder)?;
                let folder = strategy.cache_dir().join("family-workbook").join("models");
                Ok(Self::at(folder))
            }
        }
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a model of this name lies or would lie.
    pub fn path_of(&self, name: &str) -> PathBuf {
        self.folder.join(format!("ggml-{name}.bin"))
    }

    /// Every model in the folder, by name. Reads and checks each.
    pub fn list(&self) -> Result<Vec<Installed>, ModelError> {
        let mut found = Vec::new();
        for name in self.names()? {
            let path = self.path_of(&name);
            let bytes = fs::read(&path).map_err(ModelError::file("reading", &path))?;
            found.push(Installed {
                size: bytes.len() as u64,
                sha256: sha256_hex(&bytes),
                verified: verify(&path, bytes).is_ok(),
                name,
                path,
            });
        }
        Ok(found)
    }

    /// The file that `wanted` means: a name in the folder, or a path. Without it, the catalogue's
    /// default, or else the first model by name.
    pub fn find(&self, wanted: Option<&str>) -> Result<PathBuf, ModelError> {
        let names = self.names()?;
        let Some(wanted) = wanted else {
            let preferred = names.iter().find(|name| *name == catalogue::DEFAULT);
            let name = preferred
                .or(names.first())
                .ok_or(ModelError::NoneInstalled)?;
            return Ok(self.path_of(name));
        };
        if names.iter().any(|name| name == wanted) {
            return Ok(self.path_of(wanted));
        }
        let path = PathBuf::from(wanted);
        match path.is_file() {
            true => Ok(path),
            false if names.is_empty() && catalogue::by_name(wanted).is_some() => {
                Err(ModelError::NoneInstalled)
            }
            false => Err(ModelError::NotInstalled {
                name: wanted.to_owned(),
            }),
        }
    }

    /// The names of `ggml-NAME.bin` files, sorted. A folder that isn't there has none.
    fn names(&self) -> Result<Vec<String>, ModelError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(ModelError::file("reading", &self.folder)(error)),
        };
        let mut names: Vec<String> = entries
            .flatten()
            .filter_map(|entry| {
                let file = entry.file_name().into_string().ok()?;
                let name = file.strip_prefix("ggml-")?.strip_suffix(".bin")?;
                Some(name.to_owned())
            })
            .collect();
        names.sort();
        Ok(names)
    }
}

/// Reads and checks the model file at `path`.
pub fn load(path: &Path) -> Result<VerifiedModel, ModelError> {
    let bytes = fs::read(path).map_err(ModelError::file("reading", path))?;
    verify(path, bytes)
}

fn verify(path: &Path, bytes: Vec<u8>) -> Result<VerifiedModel, ModelError> {
    if bytes.is_empty() {
        return Err(ModelError::Empty {
            path: path.to_owned(),
        });
    }
    let sha256 = sha256_hex(&bytes);
    let name = vouched_name(path, &sha256)?;
    super::check(&bytes).map_err(|error| ModelError::NotAModel {
        path: path.to_owned(),
        reason: error.to_string(),
    })?;
    Ok(VerifiedModel {
        stamp: ModelStamp { name, sha256 },
        bytes,
    })
}

/// The name under which the catalogue or a sidecar vouches for this hash.
fn vouched_name(path: &Path, sha256: &str) -> Result<String, ModelError> {
    if let Some(known) = catalogue::by_sha256(sha256) {
        return Ok(known.name.to_owned());
    }
    let changed = |expected: &str| ModelError::Changed {
        path: path.to_owned(),
        expected: expected.to_owned(),
        found: sha256.to_owned(),
    };
    match read_sidecar(path) {
        Some(sidecar) if sidecar.sha256 == sha256 => Ok(sidecar.name),
        Some(sidecar) => Err(changed(&sidecar.sha256)),
        None => {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            let known = catalogue::KNOWN
                .iter()
                .find(|known| file == format!("ggml-{}.bin", known.name));
            Err(match known {
                Some(known) => changed(known.official.sha256),
                None => ModelError::NotImported {
                    path: path.to_owned(),
                },
            })
        }
    }
}

/// Where the sidecar of a model file lies.
pub(super) fn sidecar_path(model: &Path) -> PathBuf {
    let mut name = model.as_os_str().to_owned();
    name.push(".json");
    PathBuf::from(name)
}

fn read_sidecar(model: &Path) -> Option<Sidecar> {
    let text = fs::read_to_string(sidecar_path(model)).ok()?;
    serde_json::from_str(&text).ok()
}
