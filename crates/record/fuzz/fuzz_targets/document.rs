//! Any bytes as a saved document: opened or refused, quickly and without a panic. Once as they are,
//! once as a body with the right length and checksum, and once as one column of an honest document,
//! plain and deflated, which is as far as a forger who knows the format gets.

#![no_main]
#![expect(dead_code, reason = "shared with the tests, which use all of it")]

#[path = "../../tests/record/family.rs"]
mod family;
#[path = "../../tests/record/forge.rs"]
mod forge;
#[path = "../../tests/record/forge_document.rs"]
mod forge_document;

use std::sync::LazyLock;

use forge_document::Parts;
use libfuzzer_sys::fuzz_target;
use record::Document;

static HONEST: LazyLock<Parts> = LazyLock::new(|| {
    // The fuzzer ends the program at any panic. Those of Automerge that `Document::load` turns into
    // an error are none of ours; what gets out of it still ends the program.
    if std::env::var_os("LOUD").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    Parts::of(&family::with_visit().0.save())
});

fn read(bytes: &[u8]) {
    let Ok(document) = Document::load(bytes) else {
        return;
    };
    let _ = document.read();
    assert!(Document::load(&document.save()).is_ok());
}

fuzz_target!(|data: &[u8]| {
    let honest = &*HONEST;
    read(data);
    read(&forge::document(data));
    let Some((choice, column)) = data.split_first() else {
        return;
    };
    let columns = honest.blocks.iter().enumerate();
    let mut all = columns.flat_map(|(block, it)| it.iter().map(move |(spec, _)| (block, *spec)));
    let count = honest.blocks.iter().map(Vec::len).sum::<usize>();
    if let Some((block, spec)) = all.nth(usize::from(*choice) % count) {
        let altered = honest.with(block, spec, column.to_vec());
        read(&altered.bytes(false));
        read(&altered.bytes(true));
    }
});
