//! Reads the model's own source: rustfmt keeps it in a form that a few lines can take apart. What it
//! misreads shows at once, as every field is looked for by the name that the parser knows.

/// A struct or enum with its documentation.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) name: String,
    pub(super) doc: String,
    pub(super) is_enum: bool,
    pub(super) parts: Vec<Part>,
}

/// A field or a variant.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) name: String,
    /// Its type; empty for a variant without one.
    pub(super) kind: String,
    pub(super) doc: String,
    pub(super) optional: bool,
    /// The variant that a field belongs to.
    pub(super) of: Option<String>,
}

/// Lower camel case of a field (snake case) or a variant.
pub(super) fn camel(name: &str) -> String {
    let mut camel = String::new();
    let mut upper = false;
    for c in name.chars() {
        match c {
            '_' => upper = true,
            c if upper => {
                camel.extend(c.to_uppercase());
                upper = false;
            }
            c if camel.is_empty() => camel.extend(c.to_lowercase()),
            c => camel.push(c),
        }
    }
    camel
}

/// Lower-case words joined by hyphens.
pub(super) fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.extend(c.to_lowercase());
    }
    kebab
}

/// The public structs and enums of a source file.
pub(super) fn items(source: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut lines = source.lines();
    let mut doc = Vec::new();
    while let Some(line) = lines.next() {
        if let Some(words) = line.strip_prefix("/// ") {
            doc.push(words);
        } else if let Some((is_enum, rest)) = head(line) {
            let name = rest.trim_end_matches(" {").to_owned();
            let mut item = Item {
                name,
                doc: plain(&doc.join(" ")),
                is_enum,
                parts: Vec::new(),
            };
            if rest.ends_with('{') {
                let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").collect();
                item.parts = parts(&body, is_enum);
                items.push(item);
            }
            doc.clear();
        } else if !line.starts_with("#[") {
            doc.clear();
        }
    }
    items
}

fn head(line: &str) -> Option<(bool, &str)> {
    let structs = line.strip_prefix("pub struct ").map(|rest| (false, rest));
    structs.or_else(|| line.strip_prefix("pub enum ").map(|rest| (true, rest)))
}

fn parts(body: &[&str], is_enum: bool) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let (mut doc, mut optional, mut variant) = (Vec::new(), false, None);
    for line in body.iter().map(|line| line.trim()) {
        if let Some(words) = line.strip_prefix("/// ") {
            doc.push(words);
            continue;
        }
        if line.starts_with("#[") {
            optional |= line.contains("skip_serializing_if");
            continue;
        }
        let line = line.trim_end_matches(',').trim_start_matches("pub ");
        let (name, kind) = match line.split_once(": ") {
            Some((name, kind)) => (name, kind),
            None => match line.split_once('(') {
                Some((name, kind)) => (name, kind.trim_end_matches(')')),
                None => (line.trim_end_matches(" {"), ""),
            },
        };
        if name == "}" {
            variant = None;
        } else {
            parts.push(Part {
                name: name.to_owned(),
                kind: kind.to_owned(),
                doc: plain(&doc.join(" ")),
                optional,
                of: variant.clone(),
            });
            if is_enum && line.ends_with('{') {
                variant = Some(name.to_owned());
            }
        }
        doc.clear();
        optional = false;
    }
    parts
}

/// Documentation without Rust's links, in one line of a table.
fn plain(doc: &str) -> String {
    doc.replace("[`crate::", "`")
        .replace("[`", "`")
        .replace("`]", "`")
        .replace('|', "\\|")
}
