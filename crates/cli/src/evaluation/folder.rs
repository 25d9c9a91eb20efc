//! What lies in a folder and what belongs together.
//!
//! `STEM.txt` is what was said. `STEM.flac` or `STEM.VOICE.flac` is a recording of it (any format that
//! `transcribe` takes), `STEM.gold.json` what a good draft of it holds, `STEM.people.json` the family's
//! people; `people.json` or `family.json` holds for all that have none of their own. A list
//! `transcripts.tsv` of `NAME<tab>text` does in place of many text files.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, bail};
use dictation::{draft::People, eval::Gold};

/// File names that are taken for recordings; whether they are is found out by their content.
const AUDIO: &[&str] = &[
    "wav", "wave", "flac", "mp3", "ogg", "oga", "opus", "webm", "m4a", "mp4", "aac",
];

/// Something that was said.
pub(crate) struct Said {
    /// The name that its files share.
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) gold: Option<Gold>,
    pub(crate) people: People,
}

/// A recording of it.
pub(crate) struct Recording {
    /// Which of the texts.
    pub(crate) of: usize,
    pub(crate) path: PathBuf,
}

/// A folder of dictations.
pub(crate) struct Folder {
    pub(crate) texts: Vec<Said>,
    pub(crate) recordings: Vec<Recording>,
    /// What could not be used, and why.
    pub(crate) problems: Vec<anyhow::Error>,
}

/// Reads everything but the recordings. `people` is for texts that have none of their own.
pub(crate) fn read(dir: &Path, people: Option<&People>) -> Result<Folder> {
    let files = list(dir)?;
    let mut problems = Vec::new();
    let common = match people {
        Some(people) => people.clone(),
        None => own_people(&files, &["people.json", "family.json"])?.unwrap_or_default(),
    };
    let mut texts: BTreeMap<String, Said> = BTreeMap::new();
    for (name, text) in said(&files, &mut problems) {
        match describe(&name, text, &files, &common) {
            Ok(said) => {
                texts.insert(name, said);
            }
            Err(error) => problems.push(error),
        }
    }
    let texts: Vec<Said> = texts.into_values().collect();
    let mut recordings = Vec::new();
    for (name, path) in &files {
        match ending(name) {
            Some((stem, ending)) if AUDIO.contains(&ending.as_str()) => {
                match stems(stem).find_map(|stem| texts.iter().position(|it| it.name == stem)) {
                    Some(of) => recordings.push(Recording { of, path: path.clone() }),
                    None => problems.push(anyhow!(
                        "{name}: nothing says what is spoken in it: put it into {stem}.txt (an empty one for a recording in which nobody speaks)"
                    )),
                }
            }
            _ => {}
        }
    }
    if texts.is_empty() && problems.is_empty() {
        bail!(
            "{} holds no dictations: put what was said into NAME.txt, beside NAME.flac or another recording and, for drafts, NAME.gold.json",
            dir.display()
        );
    }
    for gold in files
        .keys()
        .filter_map(|name| name.strip_suffix(".gold.json"))
    {
        if !stems(gold).any(|stem| texts.iter().any(|it| it.name == stem)) {
            problems.push(anyhow!(
                "{gold}.gold.json: there is no {gold}.txt that it is the gold of"
            ));
        }
    }
    Ok(Folder {
        texts,
        recordings,
        problems,
    })
}

/// The files of a folder by name; what begins with a dot is none of ours.
fn list(dir: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let shown = dir.display();
    if !dir.exists() {
        bail!("{shown} does not exist: give a folder of dictations");
    }
    if !dir.is_dir() {
        bail!("{shown} is a file: give the folder that it is in");
    }
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(dir).with_context(|| format!("{shown} could not be read"))? {
        let path = entry
            .with_context(|| format!("{shown} could not be read"))?
            .path();
        let name = path.file_name().and_then(OsStr::to_str).map(str::to_owned);
        if let Some(name) = name.filter(|name| !name.starts_with('.') && path.is_file()) {
            files.insert(name, path);
        }
    }
    Ok(files)
}

/// A name without its ending, and that in lower case.
fn ending(name: &str) -> Option<(&str, String)> {
    name.rsplit_once('.')
        .map(|(stem, ending)| (stem, ending.to_lowercase()))
}

/// `a.b.c`, `a.b`, `a`.
fn stems(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| {
        name.rsplit_once('.').map(|(stem, _)| stem)
    })
}

/// Everything that was said, by name.
fn said(
    files: &BTreeMap<String, PathBuf>,
    problems: &mut Vec<anyhow::Error>,
) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for (name, path) in files {
        let Some((stem, ending)) = ending(name) else {
            continue;
        };
        match ending.as_str() {
            "txt" => match text(path) {
                Ok(text) => {
                    all.insert(stem.to_owned(), text);
                }
                Err(error) => problems.push(error),
            },
            "tsv" => match text(path).and_then(|text| rows(name, &text)) {
                Ok(rows) => all.extend(rows),
                Err(error) => problems.push(error),
            },
            _ => {}
        }
    }
    all
}

/// The rows of a list of transcripts.
fn rows(name: &str, list: &str) -> Result<Vec<(String, String)>> {
    let filled = list
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    let rows = filled.map(|(at, line)| {
        let (file, text) = line.split_once('\t').with_context(|| {
            format!(
                "{name}, line {}: a line is a recording's name, a tab and what is said in it",
                at + 1
            )
        })?;
        let stem = match ending(file) {
            Some((stem, ending)) if AUDIO.contains(&ending.as_str()) => stem,
            _ => file,
        };
        Ok((stem.trim().to_owned(), text.trim().to_owned()))
    });
    rows.collect()
}

fn text(path: &Path) -> Result<String> {
    let name = path.file_name().unwrap_or_default().display();
    let text = fs::read_to_string(path)
        .with_context(|| format!("{name} could not be read as UTF-8 text"))?;
    Ok(text.trim_start_matches('\u{FEFF}').to_owned())
}

/// A text with its gold and its people.
fn describe(
    name: &str,
    said: String,
    files: &BTreeMap<String, PathBuf>,
    common: &People,
) -> Result<Said> {
    let gold_file = format!("{name}.gold.json");
    let gold = match files.get(&gold_file) {
        Some(path) => Some(Gold::from_json(&text(path)?).context(gold_file)?),
        None => None,
    };
    let own = own_people(
        files,
        &[
            &format!("{name}.people.json"),
            &format!("{name}.family.json"),
        ],
    )?;
    let people = own
        .or_else(|| gold.as_ref().and_then(|gold| gold.people.clone()))
        .unwrap_or_else(|| common.clone());
    Ok(Said {
        name: name.to_owned(),
        text: said,
        gold,
        people,
    })
}

fn own_people(files: &BTreeMap<String, PathBuf>, names: &[&str]) -> Result<Option<People>> {
    let Some((name, path)) = names.iter().find_map(|name| files.get_key_value(*name)) else {
        return Ok(None);
    };
    let people = People::from_json(&text(path)?).with_context(|| name.clone())?;
    Ok(Some(people))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, Result<Folder>) {
        let dir = tempfile::tempdir().unwrap();
        for (name, content) in files {
            fs::write(dir.path().join(name), content).unwrap();
        }
        let read = read(dir.path(), None);
        (dir, read)
    }

    #[test]
    fn voices_gold_people_and_lists_find_their_text() {
        let (_dir, read) = folder(&[
            ("w1_home.txt", "\u{FEFF}Home visit.\r\n"),
            ("w1_home.joe.flac", ""),
            ("w1_home.mary.v2.WAV", ""),
            ("w1_home.gold.json", "{\"kind\": \"home visit\"}"),
            ("family.json", "[{\"name\": \"Donna\"}]"),
            ("w1_home.people.json", "[{\"name\": \"Priya\"}]"),
            ("silence.txt", ""),
            ("silence.flac", ""),
            ("transcripts.tsv", "001.flac\tten of clubs\n\n002\tfour\n"),
            ("001.flac", ""),
            (".hidden.flac", ""),
            ("README.md", "about"),
        ]);
        let folder = read.unwrap();
        assert!(folder.problems.is_empty(), "{:?}", folder.problems);
        let names: Vec<_> = folder.texts.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["001", "002", "silence", "w1_home"]);
        let of: Vec<_> = folder.recordings.iter().map(|it| names[it.of]).collect();
        assert_eq!(of, ["001", "silence", "w1_home", "w1_home"]);
        assert!(folder.texts[3].gold.is_some());
        assert!(
            serde_json::to_string(&folder.texts[3].people)
                .unwrap()
                .contains("Priya")
        );
        assert!(
            serde_json::to_string(&folder.texts[2].people)
                .unwrap()
                .contains("Donna")
        );
    }

    #[test]
    fn what_can_not_be_used_is_named_and_the_rest_is_read() {
        let (_dir, read) = folder(&[
            ("good.txt", "Home visit."),
            ("lonely.flac", ""),
            ("bad.txt", "Home visit."),
            ("bad.gold.json", "[]"),
            ("nobody.gold.json", "{}"),
            ("list.tsv", "no tab here\n"),
        ]);
        let folder = read.unwrap();
        let problems: Vec<_> = folder.problems.iter().map(|it| format!("{it:#}")).collect();
        assert_eq!(folder.texts.len(), 1);
        for said in [
            "lonely.txt",
            "bad.gold.json: a gold file",
            "nobody.gold.json: there is no",
            "list.tsv, line 1",
        ] {
            assert!(
                problems.iter().any(|it| it.contains(said)),
                "{said}: {problems:?}"
            );
        }
    }

    #[test]
    fn a_folder_without_dictations_says_what_belongs_there() {
        let (dir, empty) = folder(&[]);
        assert!(format!("{:#}", empty.err().unwrap()).contains("NAME.txt"));
        let missing = read(&dir.path().join("none"), None);
        assert!(format!("{:#}", missing.err().unwrap()).contains("does not exist"));
        let (dir, _) = folder(&[("a.txt", "")]);
        let file = read(&dir.path().join("a.txt"), None);
        assert!(format!("{:#}", file.err().unwrap()).contains("is a file"));
        let (_dir, people) = folder(&[("a.txt", ""), ("people.json", "{")]);
        assert!(format!("{:#}", people.err().unwrap()).contains("people.json"));
    }
}
