//! Any bytes: decoded or refused, quickly and without a panic. Once as they are, and once as the
//! body of a chunk with the right length and checksum, which no fuzzer would guess.

#![no_main]
#![expect(dead_code, reason = "shared with the tests, which use all of it")]

#[path = "../../tests/record/forge.rs"]
mod forge;

use libfuzzer_sys::fuzz_target;
use record::{Change, contents};

fn read(bytes: &[u8]) {
    let Ok(change) = Change::decode(bytes) else {
        return;
    };
    assert_eq!(change.bytes(), bytes);
    let _ = (contents(&change), change.written(), change.deps());
}

fuzz_target!(|data: &[u8]| {
    read(data);
    read(&forge::chunk(1, data, data));
});
