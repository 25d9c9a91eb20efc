//! Random edits of a family's record, each one that an honest device could write.

use jiff::SignedDuration;
use proptest::prelude::*;
use record::{
    Change, Document, Writer,
    ids::{ActionId, ConcernId, EntryId, RecordId, mint},
    model::{
        Action, ActionUpdate, Appendment, ChildSeen, Concern, ConcernClosure, Direction, Entry,
        Party, Reading, Record, ScaleValue, Strength, ToolUse, View, Voice, Withdrawal,
    },
    terms::{
        ActionStatus, Agreement, AppendmentReason, Direction as Way, EntryKind, Seen, SeenAlone,
        Tool,
    },
};
use uuid::Uuid;

use crate::family::{
    at, craig, donna, manager, recovery_worker, social_worker, tyler, visit, write,
};

/// One edit; numbers choose among what there is by then.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    /// A visit on a day of September.
    Visit {
        day: i8,
        by: bool,
        says: u16,
        pick: u8,
    },
    /// News of an action between visits.
    News {
        pick: u8,
        status: u8,
        by: bool,
        later: i8,
    },
    /// A manager withdraws an entry.
    Withdraw { pick: u8 },
    /// Somebody appends to an entry.
    Append { pick: u8 },
    /// Somebody closes a concern.
    Close { pick: u8 },
    /// A concern and an action raised later, about an earlier visit.
    Raise { pick: u8 },
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        8 => (1i8..=30, any::<bool>(), any::<u16>(), any::<u8>())
            .prop_map(|(day, by, says, pick)| Edit::Visit { day, by, says, pick }),
        4 => (any::<u8>(), any::<u8>(), any::<bool>(), -3i8..=3)
            .prop_map(|(pick, status, by, later)| Edit::News { pick, status, by, later }),
        1 => any::<u8>().prop_map(|pick| Edit::Withdraw { pick }),
        1 => any::<u8>().prop_map(|pick| Edit::Append { pick }),
        1 => any::<u8>().prop_map(|pick| Edit::Close { pick }),
        1 => any::<u8>().prop_map(|pick| Edit::Raise { pick }),
    ]
}

/// What there is to choose from.
#[derive(Default)]
pub(crate) struct Written {
    entries: Vec<EntryId>,
    concerns: Vec<ConcernId>,
    actions: Vec<ActionId>,
    count: u64,
}

impl Written {
    fn id<T: From<Uuid>>(&mut self) -> T {
        self.count += 1;
        mint(1_750_000_000_000 + self.count, [5; 10]).into()
    }

    /// Writes the edit; `None` when there is nothing yet that it could be about.
    pub(crate) fn write(&mut self, document: &mut Document, edit: &Edit) -> Option<Change> {
        let (writer, records) = self.records(edit)?;
        Some(write(document, &records, &writer).unwrap())
    }

    fn records(&mut self, edit: &Edit) -> Option<(Writer, Vec<Record>)> {
        Some(match *edit {
            Edit::Visit {
                day,
                by,
                says,
                pick,
            } => {
                let writer = writer(by);
                let id: EntryId = self.id();
                let entry = self.entry(&writer, day, says, pick);
                self.entries.push(id);
                let mut records = vec![Record::new(id, entry)];
                if says & 1 << 9 != 0 {
                    records.extend(self.raise(&writer, id));
                }
                (writer, records)
            }
            Edit::News {
                pick,
                status,
                by,
                later,
            } => {
                let writer = writer(by);
                let mut update = update(chosen(&self.actions, pick)?, status, &writer);
                update.at += SignedDuration::from_secs(later.into());
                (writer, vec![Record::new(self.id::<RecordId>(), update)])
            }
            Edit::Withdraw { pick } => {
                let withdrawal = Withdrawal {
                    entry: chosen(&self.entries, pick)?,
                    reason: "written about the wrong family".into(),
                    by: manager().professional,
                    at: at(),
                };
                (
                    manager(),
                    vec![Record::new(self.id::<RecordId>(), withdrawal)],
                )
            }
            Edit::Append { pick } => {
                let appendment = Appendment {
                    entry: chosen(&self.entries, pick)?,
                    reason: AppendmentReason::Correction,
                    text: "It was the Tuesday".into(),
                    by: social_worker().professional,
                    at: at(),
                };
                (
                    social_worker(),
                    vec![Record::new(self.id::<RecordId>(), appendment)],
                )
            }
            Edit::Close { pick } => {
                let closure = ConcernClosure {
                    concern: chosen(&self.concerns, pick)?,
                    reason: "no longer so".into(),
                    by: social_worker().professional,
                    at: at(),
                };
                (
                    social_worker(),
                    vec![Record::new(self.id::<RecordId>(), closure)],
                )
            }
            Edit::Raise { pick } => {
                let entry = chosen(&self.entries, pick)?;
                (social_worker(), self.raise(&social_worker(), entry))
            }
        })
    }

    fn raise(&mut self, writer: &Writer, entry: EntryId) -> Vec<Record> {
        let (concern, action): (ConcernId, ActionId) = (self.id(), self.id());
        self.concerns.push(concern);
        self.actions.push(action);
        let raised = Concern {
            entry: Some(entry),
            statement: format!("Concern {}", self.count),
            domain: None,
            children: vec![tyler()],
            adults: vec![],
            by: writer.professional,
            at: at(),
        };
        let agreed = Action {
            entry: Some(entry),
            supervision: None,
            text: format!("Action {}", self.count),
            owner: None,
            due: None,
            effect: None,
            by: writer.professional,
            at: at(),
        };
        vec![Record::new(concern, raised), Record::new(action, agreed)]
    }

    /// A visit that says what the bits of `says` are set for.
    fn entry(&self, writer: &Writer, day: i8, says: u16, pick: u8) -> Entry {
        let mut entry = visit(writer, day);
        let bit = |n: u16| says & 1 << n != 0;
        let adult = Party::Person(if bit(8) { donna() } else { craig() });
        entry.purpose = Some(format!("Purpose {}", self.count));
        if bit(15) {
            entry.kind = EntryKind::HomeVisit;
        }
        if bit(0) {
            entry.children.push(ChildSeen {
                child: tyler(),
                seen: if bit(1) { Seen::Awake } else { Seen::NotSeen },
                alone: bit(2).then_some(SeenAlone::Yes),
                voice: bit(3).then(|| Voice {
                    words: format!("Words {}", self.count),
                    how: None,
                }),
            });
        }
        if let (true, Some(concern)) = (bit(4), chosen(&self.concerns, pick)) {
            let agreement = [Agreement::SharesFully, Agreement::SharesPartly];
            entry.views.push(View {
                concern,
                holder: adult.clone(),
                agreement: agreement[usize::from(bit(10))].clone(),
                words: None,
            });
        }
        if bit(5) {
            entry.readings.push(Reading {
                scale: "safety".into(),
                holder: adult.clone(),
                value: ScaleValue::from_tenths(pick % 10 * 10).unwrap(),
                because: None,
            });
        }
        if bit(6) {
            entry.tools.push(ToolUse {
                item9: None,
                tool: Tool::Audit,
                with: vec![adult],
                score: Some((pick % 40).into()),
                previous: None,
                judgement: None,
                reflection: None,
            });
        }
        if bit(7) {
            entry.direction.push(Direction {
                domain: None,
                direction: if bit(11) {
                    Way::Improving
                } else {
                    Way::Worsening
                },
                because: None,
            });
        }
        if bit(12) {
            entry.strengths.push(Strength {
                text: format!("Strength {}", self.count),
                about: vec![],
            });
        }
        if let (true, Some(action)) = (bit(13), chosen(&self.actions, pick)) {
            entry.action_updates.push(update(action, pick, writer));
        }
        entry
    }
}

fn writer(first: bool) -> Writer {
    if first {
        social_worker()
    } else {
        recovery_worker()
    }
}

fn chosen<T: Copy>(from: &[T], pick: u8) -> Option<T> {
    from.get(usize::from(pick) % from.len().max(1)).copied()
}

fn update(action: ActionId, status: u8, writer: &Writer) -> ActionUpdate {
    let statuses = [
        ActionStatus::Done,
        ActionStatus::InProgress,
        ActionStatus::NotDone,
    ];
    ActionUpdate {
        action,
        status: statuses[usize::from(status) % 3].clone(),
        note: Some("so it was said".into()),
        by: writer.professional,
        at: at(),
    }
}
