//! Recognition and drafting of everything in a folder, measured.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::PathBuf,
};

use anyhow::{Context, Result, bail};
use dictation::{
    audio,
    correct::{Correction, correct},
    draft::{Draft, draft},
    eval::{Replaced, Scored, Words, compare, normalise, replaced, score},
    transcript::{ModelStamp, Transcript},
};
use jiff::civil::Date;
use serde::Deserialize;

use super::folder::{Folder, Recording, Said};
use crate::ear::Ear;

/// More words than this are not laid beside others: memory grows with the square.
const MOST_WORDS: usize = 20_000;
/// Words that stand for people and are no names.
const NO_NAMES: &str = "author mum mam mummy mother dad daddy father nan nana nanny gran granny grandma grandad mr mrs ms miss dr baby auntie aunt uncle sister brother partner";

/// A text and what a draft of it is worth.
pub(crate) struct OfText {
    pub(crate) name: String,
    pub(crate) words: usize,
    pub(crate) draft: Option<Scored>,
}

/// A recording and what its transcript and the draft of it are worth.
pub(crate) struct OfRecording {
    pub(crate) file: String,
    pub(crate) text_name: String,
    pub(crate) transcript: Transcript,
    pub(crate) corrections: Vec<Correction>,
    /// As it was heard.
    pub(crate) heard: Words,
    /// With names and terms corrected.
    pub(crate) corrected: Words,
    pub(crate) replaced: Replaced,
    pub(crate) draft: Option<Scored>,
}

/// Everything that was measured.
pub(crate) struct Measured {
    pub(crate) model: Option<ModelStamp>,
    pub(crate) texts: Vec<OfText>,
    pub(crate) recordings: Vec<OfRecording>,
    /// The most memory that this process had in use, in bytes, where the system tells.
    pub(crate) peak_memory: Option<u64>,
    pub(crate) problems: Vec<anyhow::Error>,
}

/// What turns recordings into text.
pub(crate) enum Hearing {
    /// Nothing: texts only.
    Nothing,
    /// A speech model.
    Ear(Box<Ear>),
    /// Transcripts that were made before, by file name.
    Given(HashMap<String, Transcript>),
}

impl Hearing {
    fn hear(&mut self, recording: &Recording) -> Result<Transcript> {
        match self {
            Self::Nothing => bail!("recordings are left out"),
            Self::Ear(ear) => ear.hear(&audio::open(&recording.path)?),
            Self::Given(all) => {
                let made = all.remove(&file_name(recording));
                made.context("the file of transcripts has none of this recording")
            }
        }
    }
}

/// Reads what `workbook transcribe --format json` wrote.
pub(crate) fn given(json: &str) -> Result<Hearing> {
    #[derive(Deserialize)]
    struct One {
        file: PathBuf,
        #[serde(flatten)]
        transcript: Transcript,
    }
    let all: Vec<One> = serde_json::from_str(json)
        .context("no transcripts: give the output of `workbook transcribe --format json`")?;
    let named = all.into_iter().map(|one| {
        let name = one.file.file_name().unwrap_or_default().to_string_lossy();
        (name.into_owned(), one.transcript)
    });
    Ok(Hearing::Given(named.collect()))
}

/// Measures a folder.
pub(crate) fn measure(folder: Folder, mut hearing: Hearing, recorded_on: Date) -> Measured {
    let mut problems = folder.problems;
    let drafted: Vec<Draft> = folder
        .texts
        .iter()
        .map(|said| draft(&said.text, &said.people, day(said, recorded_on)))
        .collect();
    let texts = folder
        .texts
        .iter()
        .zip(&drafted)
        .map(|(said, draft)| OfText {
            name: said.name.clone(),
            words: normalise(&said.text).split_whitespace().count(),
            draft: said.gold.as_ref().map(|gold| score(gold, draft)),
        });
    let texts: Vec<OfText> = texts.collect();
    let mut recordings = Vec::new();
    if !matches!(hearing, Hearing::Nothing) {
        for recording in &folder.recordings {
            let said = &folder.texts[recording.of];
            let names = names(said, &drafted[recording.of]);
            match hear(recording, said, &names, &mut hearing, recorded_on) {
                Ok(measured) => recordings.push(measured),
                Err(error) => problems.push(error.context(file_name(recording))),
            }
        }
    }
    Measured {
        model: recordings.first().map(|it| it.transcript.model.clone()),
        texts,
        recordings,
        peak_memory: peak_memory(),
        problems,
    }
}

fn day(said: &Said, recorded_on: Date) -> Date {
    let own = said.gold.as_ref().and_then(|gold| gold.recorded_on);
    own.unwrap_or(recorded_on)
}

fn file_name(recording: &Recording) -> String {
    let name = recording.path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn hear(
    recording: &Recording,
    said: &Said,
    names: &HashSet<String>,
    hearing: &mut Hearing,
    recorded_on: Date,
) -> Result<OfRecording> {
    if said.text.split_whitespace().count() > MOST_WORDS {
        bail!(
            "{}.txt has more than {MOST_WORDS} words: cut text and recording into parts",
            said.name
        );
    }
    let transcript = hearing.hear(recording)?;
    if transcript.text.split_whitespace().count() > MOST_WORDS {
        bail!("more than {MOST_WORDS} words were heard: cut text and recording into parts");
    }
    let corrected = correct(&transcript, &said.people);
    let text = &corrected.transcript.text;
    let made = said.gold.as_ref().map(|gold| {
        let draft = corrected.draft(&said.people, day(said, recorded_on));
        score(gold, &draft)
    });
    Ok(OfRecording {
        file: file_name(recording),
        text_name: said.name.clone(),
        heard: compare(&said.text, &transcript.text, names),
        corrected: compare(&said.text, text, names),
        replaced: replaced(&said.text, text, &corrected.corrections),
        draft: made,
        transcript,
        corrections: corrected.corrections,
    })
}

/// Words of names in a text: of its people, its gold, and those that the draft saw. A word that also
/// stands there in lower case is no name ("will", "mark").
fn names(said: &Said, drafted: &Draft) -> HashSet<String> {
    let marked = drafted.marks.iter().filter(|mark| mark.kind == "name");
    let marked = marked.map(|mark| mark.span.of(&said.text).to_owned());
    let gold = said.gold.iter().flat_map(dictation::eval::Gold::names);
    let known = said.people.names().map(str::to_owned);
    let small: HashSet<&str> = said
        .text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.starts_with(char::is_lowercase))
        .collect();
    let mut words = HashSet::new();
    for name in marked.chain(gold).chain(known) {
        let plain = name.replace("'s", "").replace("’s", "");
        for word in normalise(&plain).split_whitespace() {
            let common = NO_NAMES.split(' ').any(|one| one == word);
            if word.len() > 1 && !common && !small.contains(word) {
                words.insert(word.to_owned());
            }
        }
    }
    words
}

/// Linux tells; elsewhere nothing is said rather than guessed.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// Opens the ear, or says how to do without one.
pub(crate) fn open_ear(model: Option<&str>, threads: Option<u16>) -> Result<Hearing> {
    let ear = Ear::open(model, threads).map(|ear| Hearing::Ear(Box::new(ear)));
    ear.context("recordings can't be recognised (--text-only leaves them out)")
}
