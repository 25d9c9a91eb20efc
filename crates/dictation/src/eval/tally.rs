//! Right, invented and missed, by field of the draft.

use std::collections::BTreeMap;

use serde::Serialize;

/// What was right, what was invented and what was missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// In the gold and in the draft.
    pub right: usize,
    /// In the draft only.
    pub extra: usize,
    /// In the gold only.
    pub missed: usize,
}

impl Count {
    /// Share of the draft's that is right; 1 where neither has anything.
    pub fn precision(self) -> f64 {
        part(self.right, self.right + self.extra)
    }

    /// Share of the gold's that was found; 1 where neither has anything.
    pub fn recall(self) -> f64 {
        part(self.right, self.right + self.missed)
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        part(2 * self.right, 2 * self.right + self.extra + self.missed)
    }

    /// Adds another.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.extra += other.extra;
        self.missed += other.missed;
    }
}

fn part(right: usize, all: usize) -> f64 {
    super::words::share(right, all).unwrap_or(1.0)
}

/// One thing in which a draft differs from its gold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Miss {
    /// The field.
    pub field: String,
    /// What the gold has and the draft lacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missed: Option<String>,
    /// What the draft has and the gold lacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra: Option<String>,
}

/// A draft laid beside its gold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scored {
    /// By field.
    pub fields: BTreeMap<String, Count>,
    /// What differs, in the order of the fields.
    pub misses: Vec<Miss>,
    /// Fields of the gold that aren't scored, because this program doesn't know them.
    pub unscored: Vec<String>,
}

impl Scored {
    /// All fields together.
    pub fn total(&self) -> Count {
        let mut total = Count::default();
        self.fields.values().for_each(|count| total.add(*count));
        total
    }

    /// Compares two lists as multisets.
    pub(super) fn compare(
        &mut self,
        field: &str,
        mut wanted: Vec<String>,
        got: Vec<String>,
        same: fn(&str, &str) -> bool,
    ) {
        let count = self.fields.entry(field.to_owned()).or_default();
        let mut extra = Vec::new();
        for one in got {
            // What is exactly the same first, so that "Donna" doesn't take the place of "Donna Brennan".
            let at = wanted.iter().position(|want| *want == one);
            match at.or_else(|| wanted.iter().position(|want| same(want, &one))) {
                Some(at) => {
                    wanted.remove(at);
                    count.right += 1;
                }
                None => extra.push(one),
            }
        }
        count.extra += extra.len();
        count.missed += wanted.len();
        let miss = |missed, extra| Miss {
            field: field.to_owned(),
            missed,
            extra,
        };
        self.misses
            .extend(extra.into_iter().map(|one| miss(None, Some(one))));
        self.misses
            .extend(wanted.into_iter().map(|one| miss(Some(one), None)));
    }

    /// Compares how many there are.
    pub(super) fn count(&mut self, field: &str, one: &str, wanted: usize, got: usize) {
        let list = |count| (0..count).map(|_| one.to_owned()).collect();
        self.compare(field, list(wanted), list(got), |a, b| a == b);
    }
}
