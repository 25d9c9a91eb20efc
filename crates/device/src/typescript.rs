//! The TypeScript of everything that crosses to the screens, in one file.

use std::{any::TypeId, collections::BTreeMap, collections::HashSet};

use ts_rs::{Config, TS, TypeVisitor};

use crate::{error, profile, rows, shapes};

/// Collects a type and all that it names.
struct Collector {
    config: Config,
    seen: HashSet<TypeId>,
    declarations: BTreeMap<String, String>,
}

impl TypeVisitor for Collector {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // What has no file of its own (numbers, texts, lists) is written where it stands.
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let declaration = T::decl(&self.config);
            let text = format!("{docs}export {declaration}\n");
            self.declarations.insert(T::ident(&self.config), text);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// The content of `types.ts`.
pub fn types() -> String {
    let mut collector = Collector {
        config: Config::new().with_large_int("number"),
        seen: HashSet::new(),
        declarations: BTreeMap::new(),
    };
    collector.visit::<profile::Profile>();
    collector.visit::<rows::Row>();
    collector.visit::<rows::Handed>();
    collector.visit::<rows::Effects>();
    collector.visit::<error::ErrorShape>();
    collector.visit::<shapes::Today>();
    collector.visit::<shapes::FamilyPage>();
    collector.visit::<shapes::Cast>();
    collector.visit::<shapes::Plan>();
    collector.visit::<shapes::EntryPage>();
    collector.visit::<record::Chronology>();
    collector.visit::<shapes::WriteRequest>();
    collector.visit::<shapes::Composed>();
    collector.visit::<shapes::ActionNews>();
    collector.visit::<shapes::Syncing>();
    collector.visit::<shapes::Rescue>();
    collector.visit::<shapes::Terms>();
    let mut text =
        "// Written by `UPDATE=1 cargo test -p device --features ts types`; do not edit.\n"
            .to_owned();
    for declaration in collector.declarations.values() {
        text.push('\n');
        text.push_str(declaration);
    }
    text
}
