//! The field's own enumerations: a stable code for the record, a label for people.
//!
//! Every list is open: a council may add terms, so an unknown code is kept as `Added` and written
//! back unchanged. Codes are lower-case words joined by hyphens. Sources: `DOMAIN` section 4, which
//! follows Hertfordshire's workbook and the councils' published policies.

mod assessment;
mod contact;
mod people;
mod plan;

pub use assessment::{
    ActionStatus, Agreement, Direction, Domain, ImmediateSafety, Nature, StageOfChange, Tool,
};
pub use contact::{AppendmentReason, Compartment, EntryKind, Outcome, Seen, SeenAlone};
pub use people::{Discipline, PersonRole, RelationshipKind};
pub use plan::{CpCategory, GoalStatus, PlanStatus, SignificantEventKind};

/// The longest code that a council may add, in bytes.
pub const MAX_CODE: usize = 64;

/// Whether a text has the form of a code: `a-z`, `0-9` and single hyphens between.
pub fn is_code(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX_CODE
        && text.split('-').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// The code of a label: lower case, apostrophes dropped, everything else joined by hyphens. So a
/// spoken draft's "statutory visit (CP)" finds its term.
pub fn code_of_label(label: &str) -> String {
    let kept: String = label
        .chars()
        .filter(|c| !matches!(c, '\'' | '’'))
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                ' '
            }
        })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join("-")
}

/// Defines an open enumeration.
macro_rules! terms {
    ($($(#[doc = $doc:literal])* $name:ident { $($variant:ident = $code:literal, $label:literal;)+ })+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $label] $variant,)+
            /// A term that the council added, by its code.
            Added(String),
        }

        impl $name {
            /// Every built-in term, in the field's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code that stands in the record.
            pub fn code(&self) -> &str {
                match self {
                    $(Self::$variant => $code,)+
                    Self::Added(code) => code,
                }
            }

            /// What people read. An added term shows its code until the council's configuration
            /// names it.
            pub fn label(&self) -> &str {
                match self {
                    $(Self::$variant => $label,)+
                    Self::Added(code) => code,
                }
            }

            /// The term with this code; `None` when the text is no code at all.
            pub fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$variant),)+
                    _ if super::is_code(code) => Some(Self::Added(code.to_owned())),
                    _ => None,
                }
            }

            /// The built-in term with this label, however its capitals and signs are written.
            pub fn from_label(label: &str) -> Option<Self> {
                let code = super::code_of_label(label);
                Self::ALL.iter().find(|term| super::code_of_label(term.label()) == code).cloned()
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::from_code(&code).ok_or_else(|| {
                    serde::de::Error::invalid_value(
                        serde::de::Unexpected::Other("something else"),
                        &concat!(
                            "a code of ", stringify!($name), ": lower-case words joined by hyphens"
                        ),
                    )
                })
            }
        }

        #[cfg(feature = "ts")]
        impl ts_rs::TS for $name {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;

            fn name(_: &ts_rs::Config) -> String {
                stringify!($name).to_owned()
            }

            /// The built-in codes, for completion, and any other text: the list is open.
            fn inline(_: &ts_rs::Config) -> String {
                concat!($("\"", $code, "\" | ",)+ "(string & {})").to_owned()
            }

            fn decl(config: &ts_rs::Config) -> String {
                format!("type {} = {};", Self::name(config), Self::inline(config))
            }

            fn decl_concrete(config: &ts_rs::Config) -> String {
                Self::decl(config)
            }

            fn docs() -> Option<String> {
                Some(concat!("/**\n", $(" *", $doc, "\n",)* " */\n").to_owned())
            }

            fn output_path() -> Option<std::path::PathBuf> {
                Some(concat!(stringify!($name), ".ts").into())
            }
        }
    )+};
}
pub(crate) use terms;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_find_their_terms() {
        assert_eq!(
            EntryKind::from_label("Statutory visit (CP)"),
            Some(EntryKind::StatutoryVisitCp)
        );
        assert_eq!(
            Domain::from_label("child's health"),
            Some(Domain::ChildsHealth)
        );
        assert_eq!(Domain::from_label("no such thing"), None);
    }

    #[test]
    fn every_code_reads_back_as_itself() {
        for kind in EntryKind::ALL {
            assert_eq!(EntryKind::from_code(kind.code()).as_ref(), Some(kind));
            assert!(is_code(kind.code()), "{kind:?}");
        }
        for domain in Domain::ALL {
            assert_eq!(Domain::from_code(domain.code()).as_ref(), Some(domain));
        }
        for discipline in Discipline::ALL {
            assert_eq!(
                Discipline::from_code(discipline.code()).as_ref(),
                Some(discipline)
            );
        }
        for tool in Tool::ALL {
            assert_eq!(Tool::from_code(tool.code()).as_ref(), Some(tool));
        }
    }

    #[test]
    fn a_councils_own_term_is_kept_and_a_text_is_no_term() {
        assert_eq!(
            Tool::from_code("signs-of-safety"),
            Some(Tool::Added("signs-of-safety".into()))
        );
        assert_eq!(Tool::from_code("Signs of Safety"), None);
        assert_eq!(Tool::from_code(&"a".repeat(65)), None);
    }
}
