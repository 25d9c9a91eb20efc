//! The TypeScript types are those of the Rust ones.

use std::{env, fs, path::PathBuf};

#[test]
fn types_are_not_stale() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../mobile-shell/src/core/generated/types.ts");
    let types = device::typescript::types();
    if env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &types).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == types,
        "types.ts is stale: run `UPDATE=1 cargo test -p device --features ts types`"
    );
}
