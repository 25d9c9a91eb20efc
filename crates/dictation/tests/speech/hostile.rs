//! Bytes that were made to break decoders give errors, never a panic.

use std::io::Cursor;

use dictation::audio;
use proptest::prelude::*;

use crate::wav::{pcm16, tone};

fn flac() -> Vec<u8> {
    include_bytes!("../fixtures/goforward.flac").to_vec()
}

/// Changes bytes and cuts the end; most changes go to the header, where decoders are weak.
fn damage(mut bytes: Vec<u8>, changes: &[(usize, u8, bool)], keep: usize) -> Vec<u8> {
    for &(at, value, is_header) in changes {
        let within = if is_header {
            bytes.len().min(100)
        } else {
            bytes.len()
        };
        bytes[at % within] = value;
    }
    bytes.truncate(keep % (bytes.len() * 2));
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(usize, u8, bool)>> {
    proptest::collection::vec((any::<usize>(), any::<u8>(), any::<bool>()), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn noise_behind_a_magic_number(
        magic in prop_oneof![
            Just(&b"RIFF\xFF\xFF\xFF\xFFWAVE"[..]), Just(&b"fLaC"[..]), Just(&b""[..])
        ],
        noise in proptest::collection::vec(any::<u8>(), 0..600)
    ) {
        let _ = audio::decode(Cursor::new([magic, &noise].concat()));
    }

    #[test]
    fn a_damaged_wav(changes in changes(), keep in any::<usize>()) {
        let _ = audio::decode(Cursor::new(damage(pcm16(16_000, &tone(16_000, 800)), &changes, keep)));
    }

    #[test]
    fn a_damaged_flac(changes in changes(), keep in any::<usize>()) {
        let _ = audio::decode(Cursor::new(damage(flac(), &changes, keep)));
    }
}
