//! What `serve` gives out beside the API: the built app and the speech models.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use dictation::model::cache::Cache;
use server::{BreakGlassSettings, Certificate, Model, OidcSettings, Settings};

use super::config::Config;

/// Finds the app and checks the models.
pub(super) fn settings(config: &Config) -> Result<Settings> {
    let default = Settings::default();
    let glass = default.break_glass;
    Ok(Settings {
        app: app(config.app.as_deref())?,
        models: models(config.models.as_deref())?,
        lease_days: config.lease_days.unwrap_or(default.lease_days),
        break_glass: BreakGlassSettings {
            minutes: config.break_glass_minutes.unwrap_or(glass.minutes),
            reason_chars: config
                .break_glass_reason_chars
                .unwrap_or(glass.reason_chars),
        },
        oidc: oidc(config)?,
        idle_minutes: config.idle_minutes.unwrap_or(default.idle_minutes),
        behind_proxy: config.behind_proxy.unwrap_or(default.behind_proxy),
    })
}

/// The certificate, where one is named; both files or neither.
pub(super) fn certificate(config: &Config) -> Result<Option<Certificate>> {
    match (&config.tls_cert, &config.tls_key) {
        (Some(chain), Some(key)) => Ok(Some(Certificate::read(chain, key)?)),
        (None, None) => Ok(None),
        _ => bail!("a certificate needs its key: give both --tls-cert and --tls-key"),
    }
}

/// The identity provider, where one is named.
fn oidc(config: &Config) -> Result<Option<OidcSettings>> {
    let Some(issuer) = config.oidc_issuer.clone() else {
        return Ok(None);
    };
    let needed = |value: &Option<String>, flag| {
        value
            .clone()
            .with_context(|| format!("--oidc-issuer needs {flag} too"))
    };
    let client_secret = match &config.oidc_secret_file {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("can't read the secret in {}", path.display()))?;
            Some(text.trim().to_owned())
        }
        None => None,
    };
    let settings = OidcSettings {
        issuer,
        client_id: needed(&config.oidc_client_id, "--oidc-client-id")?,
        client_secret,
        public_address: needed(&config.public_address, "--public-address")?,
        claim: config
            .oidc_claim
            .clone()
            .unwrap_or_else(|| "sub".to_owned()),
    };
    settings.check()?;
    Ok(Some(settings))
}

/// The folder that was asked for, else one that is found; none when the small page is to be served.
fn app(asked: Option<&Path>) -> Result<Option<PathBuf>> {
    if let Some(folder) = asked {
        ensure!(
            is_built(folder),
            "{} holds no built app (no index.html): build it, or leave --app out",
            folder.display()
        );
        return Ok(Some(folder.to_owned()));
    }
    let beside = std::env::current_exe()
        .ok()
        .and_then(|program| Some(program.parent()?.join("app")));
    let places = [beside, Some(PathBuf::from("mobile-shell/dist"))];
    Ok(places.into_iter().flatten().find(|it| is_built(it)))
}

fn is_built(folder: &Path) -> bool {
    folder.join("index.html").is_file()
}

/// The sound models of a folder. A damaged one is left out: no phone could use it.
fn models(asked: Option<&Path>) -> Result<Vec<Model>> {
    let cache = match asked {
        Some(folder) => {
            ensure!(
                folder.is_dir(),
                "{} is no folder: name the one with the models, or leave --models out",
                folder.display()
            );
            Cache::at(folder)
        }
        // Without a home folder there are no models; entries can be typed.
        None => match Cache::of_user() {
            Ok(cache) => cache,
            Err(_) => return Ok(Vec::new()),
        },
    };
    let mut models = Vec::new();
    for found in cache.list()? {
        if !found.verified {
            tracing::warn!(model = found.name, "damaged: left out; install it again");
            continue;
        }
        let file = found.path.file_name().unwrap_or_default();
        models.push(Model {
            file: file.to_string_lossy().into_owned(),
            name: found.name,
            sha256: found.sha256,
            bytes: found.size,
            path: found.path,
        });
    }
    Ok(models)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_that_was_asked_for_must_be_there() {
        let folder = tempfile::tempdir().unwrap();
        let error = app(Some(folder.path())).unwrap_err();
        assert!(error.to_string().contains("no index.html"), "{error}");
        std::fs::write(folder.path().join("index.html"), "").unwrap();
        assert_eq!(
            app(Some(folder.path())).unwrap().as_deref(),
            Some(folder.path())
        );
    }

    #[test]
    fn a_damaged_model_is_left_out_and_a_missing_folder_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ggml-tiny.bin"), "not a model").unwrap();
        assert_eq!(models(Some(folder.path())).unwrap(), []);
        let missing = folder.path().join("elsewhere");
        assert!(models(Some(&missing)).is_err());
    }
}
