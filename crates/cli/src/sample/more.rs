//! What a sample family has beyond its team's notes: plans, facts that differ, a safety plan, and
//! compartments with what their members wrote.

use anyhow::{Context, Result};
use jiff::civil::Date;
use record::{
    Workbook,
    ids::{PersonId, RecordId},
    model::{Fact, FactField, Goal, Party, PlanStatusChange, Record, SafetyPlan},
    terms::{Compartment, CpCategory, Domain, PlanStatus},
};
use serde::Deserialize;

use super::{Member, Note};
use crate::{ambient, device::Device};

/// All of it.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct More {
    /// More members of the team.
    pub(super) team: Vec<Member>,
    /// More notes, after the others.
    pub(super) notes: Vec<Note>,
    /// What somebody states of the family, in order.
    pub(super) statements: Vec<Stated>,
    pub(super) compartments: Vec<Beside>,
}

/// Something that a member states by itself, not as part of an entry.
#[derive(Deserialize)]
pub(super) struct Stated {
    pub(super) by: String,
    pub(super) on: Date,
    #[serde(flatten)]
    what: What,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Fact {
        person: String,
        field: FactField,
        value: String,
    },
    Plan {
        child: String,
        status: PlanStatus,
        category: Option<CpCategory>,
        from: Date,
    },
    Goal {
        text: String,
        domain: Domain,
        children: Vec<String>,
    },
    SafetyPlan {
        steps: Vec<String>,
        agreed_with: Vec<String>,
        #[serde(default)]
        must_not_be_shared_with: Vec<String>,
    },
}

/// A compartment beside the team's record.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Beside {
    pub(super) compartment: Compartment,
    pub(super) members: Vec<String>,
    #[serde(default)]
    pub(super) notes: Vec<Note>,
    #[serde(default)]
    pub(super) statements: Vec<Stated>,
}

impl Stated {
    /// The record that says it, as the device's owner writes it.
    pub(super) fn record(&self, device: &Device, workbook: &Workbook) -> Result<Record> {
        let by = device.writer()?.professional;
        let at = super::evening_of(self.on)?;
        let person = |name: &String| person(workbook, name);
        let id = RecordId::from_uuid(ambient::new_id()?);
        Ok(match &self.what {
            What::Fact {
                person: of,
                field,
                value,
            } => Record::new(
                id,
                Fact {
                    person: person(of)?,
                    field: *field,
                    value: value.clone(),
                    supersedes: vec![],
                    entry: None,
                    by,
                    at,
                },
            ),
            What::Plan {
                child,
                status,
                category,
                from,
            } => Record::new(
                id,
                PlanStatusChange {
                    child: person(child)?,
                    status: status.clone(),
                    category: category.clone(),
                    from: *from,
                    supersedes: vec![],
                    by,
                    at,
                },
            ),
            What::Goal {
                text,
                domain,
                children,
            } => Record::new(
                id,
                Goal {
                    text: text.clone(),
                    domain: Some(domain.clone()),
                    children: children.iter().map(person).collect::<Result<_>>()?,
                    entry: None,
                    by,
                    at,
                },
            ),
            What::SafetyPlan {
                steps,
                agreed_with,
                must_not_be_shared_with,
            } => {
                let parties = |names: &[String]| {
                    let people = names.iter().map(|name| Ok(Party::Person(person(name)?)));
                    people.collect::<Result<Vec<_>>>()
                };
                Record::new(
                    id,
                    SafetyPlan {
                        steps: steps.clone(),
                        agreed_with: parties(agreed_with)?,
                        must_not_be_shared_with: parties(must_not_be_shared_with)?,
                        supersedes: vec![],
                        entry: None,
                        by,
                        at,
                    },
                )
            }
        })
    }
}

fn person(workbook: &Workbook, name: &str) -> Result<PersonId> {
    let mut ids = workbook.people.keys();
    ids.find(|id| workbook.person_name(**id) == name)
        .copied()
        .with_context(|| format!("{name:?} is nobody of this sample"))
}
