//! What `serve` gives out beside the API: the built app and the speech models.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use dictation::model::cache::Cache;
use server::{Model, Settings};

use super::Arguments;

/// Finds the app and checks the models.
pub(super) fn settings(arguments: &Arguments) -> Result<Settings> {
    Ok(Settings {
        app: app(arguments.app.as_deref())?,
        models: models(arguments.models.as_deref())?,
        lease_days: arguments.lease_days,
    })
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
