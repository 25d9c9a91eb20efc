//! `cargo run -p xtask -- bindgen WASM FOLDER NAME`: writes the JavaScript and the TypeScript declarations
//! of a compiled core. The same as the `wasm-bindgen` program, by its library: so the version is the
//! lock file's and always equals the crate's. Then lays the core's functions so that it packs well.

mod pack;

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["bindgen", wasm, folder, name] => {
            Bindgen::new()
                .input_path(wasm)
                .web(true)
                .and_then(|bindgen| {
                    bindgen
                        .typescript(true)
                        .remove_name_section(true)
                        .remove_producers_section(true)
                        .out_name(name)
                        .generate(folder)
                })
                .context("the JavaScript of the core can't be written")?;
            let core = Path::new(folder).join(format!("{name}_bg.wasm"));
            let packed = pack::packed(&fs::read(&core)?)?;
            fs::write(&core, packed).context("the core can't be written")
        }
        _ => bail!("say: bindgen WASM FOLDER NAME"),
    }
}
