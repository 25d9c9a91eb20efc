//! Where something is written: the team's document, or one of the compartments beside it.
//!
//! A compartment's records may refer to the team's people, professionals, households and concerns,
//! never to anything else outside, and the team's document never refers to a compartment: it is
//! checked without one. Which compartment a document holds and whose an author-only one is comes
//! from the server's register, never from the document; its cover must agree.

use super::Writer;
use crate::{
    Document, Refusal, Rule,
    ids::ProfessionalId,
    model::{Collection, Content, Cover, Record},
    terms::Compartment,
};

/// Which document is written, and what it may refer to.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    compartment: Compartment,
    team: Option<&'a Document>,
    owner: Option<ProfessionalId>,
}

impl<'a> Context<'a> {
    /// The team's own document.
    pub fn team() -> Context<'static> {
        Context {
            compartment: Compartment::Team,
            team: None,
            owner: None,
        }
    }

    /// A compartment beside the team's document. An author-only one needs its owner:
    /// [`Context::author_only`]; without, nobody may write it.
    pub fn compartment(compartment: Compartment, team: &'a Document) -> Self {
        Self {
            compartment,
            team: Some(team),
            owner: None,
        }
    }

    /// The author-only compartment of one professional.
    pub fn author_only(owner: ProfessionalId, team: &'a Document) -> Self {
        Self {
            compartment: Compartment::AuthorOnly,
            team: Some(team),
            owner: Some(owner),
        }
    }

    /// Whether a cover is for its owner, not for a manager, to write.
    pub(super) fn is_author_only(&self) -> bool {
        self.compartment == Compartment::AuthorOnly
    }

    /// The team's document, for the collections that a compartment may refer to.
    pub(super) fn outside(&self, collection: Collection) -> Option<&'a Document> {
        let shared = matches!(
            collection,
            Collection::People
                | Collection::Professionals
                | Collection::Households
                | Collection::Concerns
        );
        self.team.filter(|_| shared)
    }

    /// Whether the team already holds this record: an entry lives in exactly one document.
    pub(super) fn holds(&self, record: &Record) -> bool {
        let collection = record.content.collection();
        collection != Collection::Covers
            && self
                .team
                .is_some_and(|team| team.contains(collection, &record.id))
    }

    /// Whether the writer may write there at all.
    pub(super) fn check_owner(&self, writer: &Writer) -> Result<(), Refusal> {
        if self.is_author_only() && self.owner != Some(writer.professional) {
            return Err(Refusal::new(
                Rule::OwnerOnly,
                "only its owner writes an author-only record: write it in your own",
            ));
        }
        Ok(())
    }

    /// Whether the document is the one that this context says.
    pub(super) fn check(&self, document: &Document, records: &[Record]) -> Result<(), Refusal> {
        let standing = document.get(Collection::Covers, "cover");
        let covers: Vec<&Cover> = standing
            .iter()
            .chain(records.iter().map(|record| &record.content))
            .filter_map(|content| match content {
                Content::Covers(cover) => Some(&**cover),
                _ => None,
            })
            .collect();
        if covers.is_empty() && self.compartment != Compartment::Team {
            return Err(wrong(
                "this document does not say which compartment it holds: set it up first",
            ));
        }
        covers.into_iter().try_for_each(|cover| self.agrees(cover))
    }

    fn agrees(&self, cover: &Cover) -> Result<(), Refusal> {
        if cover.compartment != self.compartment {
            return Err(wrong(
                "this belongs to another compartment: write it in the document of that compartment",
            )
            .on("cover/cover")
            .at("compartment"));
        }
        let team = self
            .team
            .and_then(|team| team.get(Collection::Covers, "cover"));
        match team {
            Some(Content::Covers(team)) if team.family != cover.family => {
                Err(wrong("this compartment belongs to another family")
                    .on("cover/cover")
                    .at("family"))
            }
            _ => Ok(()),
        }
    }
}

fn wrong(message: &str) -> Refusal {
    Refusal::new(Rule::WrongCompartment, message)
}
