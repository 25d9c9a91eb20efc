//! From words to a complete entry: what was not said is asked for, doubtful words are checked.

use device::{
    DeviceError, Need,
    shapes::{MarkKind, SyncState, WriteRequest},
};
use dictation::transcript::{ModelStamp, Segment, Transcript, Word};
use record::{
    Unsaid,
    model::{Occurred, Provenance},
    terms::{EntryKind, Outcome},
};

use crate::world::{Phone, Server, TEAM, VISIT, family, now, social_worker};

/// A transcript of a text; words named are heard badly.
fn heard(text: &str, badly: &[&str]) -> Transcript {
    let words: Vec<_> = text
        .split_whitespace()
        .zip(0_u64..)
        .map(|(word, n)| Word {
            start_ms: n * 400,
            end_ms: n * 400 + 350,
            text: word.to_owned(),
            confidence: if badly.contains(&word) { 0.3 } else { 0.9 },
        })
        .collect();
    let segment = Segment {
        start_ms: 0,
        end_ms: words.len() as u64 * 400,
        text: text.to_owned(),
        words,
    };
    let model = ModelStamp {
        name: "scripted".into(),
        sha256: "ab".repeat(32),
    };
    Transcript::from_segments(vec![segment], model, 60_000, 900)
}

fn dictated(text: &str, badly: &[&str]) -> WriteRequest {
    WriteRequest {
        transcript: Some(heard(text, badly)),
        text: None,
        recorded_on: "2026-10-12".parse().unwrap(),
        provenance: Provenance::Dictated {
            model: "scripted".into(),
            model_sha256: "ab".repeat(32),
            audio_ms: 60_000,
            audio_sha256: "cd".repeat(32),
            words_edited: 0,
        },
        recording: Some("0198f1a0-rec".into()),
    }
}

#[test]
fn a_spoken_visit_is_composed_checked_completed_and_synced() {
    let mut server = Server::new();
    let mut phone = Phone::synced(social_worker(), &mut server);
    phone.ready(Need::Page);
    let entropy = phone.entropy();
    let request = dictated(VISIT, &["hundred"]);
    let spoken = phone.read(&request);
    let composed = phone
        .device
        .compose(family(), request, spoken, now(), &entropy)
        .unwrap();
    let mut kept = composed.kept;
    assert_eq!(kept.draft.unsaid, [].into());
    let doubtful: Vec<_> = kept
        .marks
        .iter()
        .filter(|it| it.kind == MarkKind::Doubtful)
        .collect();
    assert_eq!(doubtful.len(), 1);
    assert_eq!(doubtful[0].text, "hundred");
    assert_eq!(composed.review.unsettled, [doubtful[0].id]);
    let effects = phone.device.keep(kept.clone()).unwrap();
    phone.store(&effects);
    let audio = [
        "recording/0198f1a0-rec/head",
        "recording/0198f1a0-rec/0001",
        "transcript/0198f1a0-rec/0",
    ];
    for key in audio {
        phone.rows.insert(key.into(), vec![1]);
    }

    assert!(matches!(
        phone.complete(&kept),
        Err(DeviceError::Unsettled(_))
    ));
    assert!(
        audio.iter().all(|key| phone.rows.contains_key(*key)),
        "audio goes only after acceptance"
    );

    for mark in &mut kept.marks {
        mark.settled = true;
    }
    kept.draft.entry.strengths[0].text = "The house was calm today".into();
    let effects = phone.device.keep(kept.clone()).unwrap();
    phone.store(&effects);
    phone.complete(&kept).unwrap();
    assert!(audio.iter().all(|key| !phone.rows.contains_key(*key)));
    assert!(phone.device.drafts(now()).is_empty());
    assert_eq!(phone.device.states()[&kept.id], SyncState::OnThisPhone);
    assert_eq!(phone.device.today(now()).waiting, 1);

    assert_eq!(phone.sync(&mut server), 0);
    assert_eq!(phone.device.states().get(&kept.id), None);
    assert_eq!(phone.device.today(now()).waiting, 0);
    let entry = &server.workbook(TEAM).entries[&kept.id];
    assert!(
        matches!(
            entry.provenance,
            Provenance::Dictated {
                words_edited: 1,
                ..
            }
        ),
        "{:?}",
        entry.provenance
    );
}

#[test]
fn what_was_not_said_is_asked_for_and_never_invented() {
    let mut server = Server::new();
    let mut phone = Phone::synced(social_worker(), &mut server);
    let mut kept = phone.note("I spoke about the school run with Donna Brennan.");
    let unsaid: Vec<_> = kept.draft.unsaid.iter().copied().collect();
    assert!(
        unsaid.contains(&Unsaid::Outcome) && unsaid.contains(&Unsaid::Start),
        "{unsaid:?}"
    );
    let review = phone.device.review(&kept, now());
    assert!(!review.can_complete && review.unsaid.len() == unsaid.len());
    assert!(matches!(
        phone.complete(&kept),
        Err(DeviceError::Unconfirmed(_))
    ));
    assert_eq!(phone.device.drafts(now()).len(), 1, "the draft stays");

    kept.draft.say_kind(EntryKind::Phone);
    kept.draft.say_outcome(Outcome::TookPlace);
    kept.draft
        .say_occurred(Occurred::on("2026-10-12".parse().unwrap()));
    let effects = phone.device.keep(kept.clone()).unwrap();
    phone.store(&effects);
    phone.complete(&kept).unwrap();
    phone.sync(&mut server);
    assert!(
        server.workbook(TEAM).entries[&kept.id]
            .occurred
            .time_unknown
    );
}

#[test]
fn typing_works_from_nothing() {
    let mut server = Server::new();
    let mut phone = Phone::synced(social_worker(), &mut server);
    let entropy = phone.entropy();
    let begun = phone
        .device
        .begin(family(), Some(EntryKind::Phone), now(), &entropy)
        .unwrap();
    assert_eq!(
        begun.kept.draft.unsaid,
        [Unsaid::Outcome, Unsaid::Start].into()
    );
    let effects = phone.device.keep(begun.kept.clone()).unwrap();
    phone.store(&effects);
    phone.reopen();
    let cards = phone.device.drafts(now());
    assert_eq!(cards[0].kind.as_deref(), Some("phone"));
    assert_eq!(cards[0].family_name.as_deref(), Some("Brennan"));
    let effects = phone.device.discard(begun.kept.id).unwrap();
    phone.store(&effects);
    phone.reopen();
    assert!(phone.device.drafts(now()).is_empty());
}

#[test]
fn a_screen_cannot_alter_what_only_the_device_may_say() {
    let mut server = Server::new();
    let mut phone = Phone::synced(social_worker(), &mut server);
    let before = phone.note(VISIT);
    let mut altered = before.clone();
    altered.text = "other words".into();
    altered.draft.entry.by = crate::world::manager().professional;
    altered.draft.entry.at = "2020-01-01T00:00:00Z".parse().unwrap();
    altered.recording = Some("../profile".into());
    phone.device.keep(altered).unwrap();
    let kept = phone.device.draft(before.id).unwrap();
    assert_eq!(kept, &before);
}

#[test]
fn neither_text_nor_transcript_is_no_request() {
    let mut server = Server::new();
    let mut phone = Phone::synced(social_worker(), &mut server);
    phone.ready(Need::Page);
    let request = WriteRequest {
        transcript: None,
        ..dictated("", &[])
    };
    let spoken = phone.read(&request);
    let answer = phone
        .device
        .compose(family(), request, spoken, now(), &[1; 32]);
    assert!(matches!(answer, Err(DeviceError::BadInput(_))));
    let answer = phone.device.begin(family(), None, now(), &[1; 3]);
    assert!(matches!(answer, Err(DeviceError::TooLittleEntropy)));
}
