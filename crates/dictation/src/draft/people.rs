//! The family's people as the device knows them: names to correct misheard ones against.
//!
//! Invariant: knowing a name never puts it into a draft; only hearing it (or something close, or
//! an agreed other name such as "mum") does.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The people of one family and the professionals around it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct People {
    #[serde(rename = "people")]
    pub(super) list: Vec<Known>,
    pub(super) author: Option<String>,
}

/// One known person.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Known {
    /// The name as written; never empty.
    pub name: String,
    /// What they are to the children, in words.
    #[serde(default)]
    pub role: String,
    /// Other names that the family uses.
    #[serde(default)]
    pub aka: Vec<String>,
    /// A professional's discipline, in words.
    #[serde(default)]
    pub discipline: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    List(Vec<Known>),
    Whole {
        people: Vec<Known>,
        #[serde(default)]
        author: Option<String>,
    },
}

/// Why a people file could not be read.
#[derive(Debug, Error)]
pub enum PeopleError {
    /// Not JSON, or not a list of people.
    #[error(
        "the people file is not a JSON list of {{\"name\", \"role\"}}: {0}; check its commas and quotes"
    )]
    Json(#[from] serde_json::Error),
    /// A person without a name.
    #[error("person number {0} in the people file has no name; give every person one")]
    NoName(usize),
}

impl People {
    /// Reads a JSON list of people, or `{"people": […], "author": …}`: `name`, `role`, other names
    /// (`aka`) and a professional's `discipline` count; other fields are ignored.
    pub fn from_json(json: &str) -> Result<Self, PeopleError> {
        let (list, author) = match serde_json::from_str(json)? {
            File::List(list) => (list, None),
            File::Whole { people, author } => (people, author),
        };
        match list.iter().position(|known| known.name.trim().is_empty()) {
            Some(at) => Err(PeopleError::NoName(at + 1)),
            None => Ok(Self { list, author }),
        }
    }

    /// These people, and the author's name. Somebody without a name is left out.
    pub fn known(list: impl IntoIterator<Item = Known>, author: &str) -> Self {
        let named = |known: &Known| !known.name.trim().is_empty();
        Self {
            list: list.into_iter().filter(named).collect(),
            author: Some(author.to_owned()),
        }
    }

    /// All names, and the other names that the family uses.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let each = self.list.iter();
        each.flat_map(|known| std::iter::once(&known.name).chain(&known.aka))
            .map(String::as_str)
    }

    /// Whether nobody is known.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, People};

    #[test]
    fn both_shapes_are_read_and_errors_say_what_to_do() {
        let list = r#"[{"name": "Donna Brennan", "role": "mother", "aka": ["mum"]}]"#;
        assert!(People::from_json(list).is_ok_and(|people| people.list.len() == 1));
        assert!(People::from_json(&format!(r#"{{"people": {list}, "author": "Ruth"}}"#)).is_ok());
        let known = People::known(
            [Known {
                name: "Donna Brennan".into(),
                ..Known::default()
            }],
            "Ruth",
        );
        let written = serde_json::to_string(&known).unwrap_or_default();
        assert!(
            People::from_json(&written).is_ok_and(
                |read| read.list[0].name == "Donna Brennan" && read.author == known.author
            )
        );
        let message = People::from_json(r#"[{"name": " "}]"#).map_err(|error| error.to_string());
        assert!(message.is_err_and(|text| text.contains("person number 1")));
    }
}
