//! The card of a document: small, read at every start, so that today's list needs no record.

use jiff::civil::Date;
use record::{
    Configuration, Workbook,
    ids::{DocumentId, FamilyId, ProfessionalId},
    model::Party,
    summary,
    terms::Compartment,
    timescales,
};
use serde::{Deserialize, Serialize};
use sync::{replica::Standing, wire::Cursor};

use crate::{
    json,
    shapes::{ActionCard, ChildCard, DueCard, NextContact},
};

/// Counts every alteration of the card's shape.
const VERSION: u32 = 1;

/// What is kept of a document beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Card {
    version: u32,
    pub(crate) document: DocumentId,
    pub(crate) family: FamilyId,
    pub(crate) family_name: String,
    /// The compartment's code.
    pub(crate) compartment: String,
    /// How far the accepted state has got.
    pub(crate) cursor: Cursor,
    /// The server's word on the accepted state, for the day on which it is restored from a backup.
    #[serde(default)]
    pub(crate) standing: Standing,
    /// The heads of the working state, sorted, lower-case hex: which page is still good.
    pub(crate) heads: Vec<String>,
    /// What today's list needs of this document.
    #[serde(default)]
    pub(crate) gist: Gist,
}

/// What today's list needs of one document of a family. A compartment holds no people of its own: its
/// children are the team's, as of what the compartment alone tells of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Gist {
    pub(crate) children: Vec<ChildCard>,
    pub(crate) actions: Vec<ActionCard>,
    pub(crate) must_not_be_shared_with: Vec<String>,
    pub(crate) worker_safety: Vec<String>,
    /// My newest entry: its day, and when I said that I would see them next.
    #[serde(default)]
    pub(crate) mine: Option<Mine>,
}

/// My newest entry in one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mine {
    day: Date,
    next: Option<Date>,
}

impl Card {
    pub(crate) fn new(document: DocumentId, family: FamilyId, cursor: Cursor) -> Self {
        Self {
            version: VERSION,
            document,
            family,
            family_name: String::new(),
            compartment: String::new(),
            cursor,
            standing: Standing::default(),
            heads: vec![],
            gist: Gist::default(),
        }
    }

    pub(crate) fn is_team(&self) -> bool {
        self.compartment == "team"
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        json::write(self)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        json::read(bytes).filter(|card: &Self| card.version == VERSION)
    }
}

impl Gist {
    /// Drawn up from a workbook (a page's will do), as of a day.
    pub(crate) fn of(
        workbook: &Workbook,
        configuration: &Configuration,
        me: ProfessionalId,
        today: Date,
    ) -> Self {
        let summary = summary::summary(workbook, today);
        let due = timescales::timescales(workbook, configuration, today);
        let children = summary.children.into_iter().map(|child| ChildCard {
            due: due
                .iter()
                .filter(|it| it.child == child.child)
                .map(|it| DueCard {
                    rule: it.rule.clone(),
                    title: it.title.clone(),
                    due: it.due,
                    overdue_days: it.overdue_days,
                    last: it.last,
                    since: Some(it.since),
                    plan: it.plan.clone(),
                })
                .collect(),
            child: child.child,
            name: child.name,
            last_seen: child.last_seen,
            last_seen_alone: child.last_seen_alone,
            compartment: None,
        });
        let actions = summary.actions.into_iter().map(|it| ActionCard {
            id: it.id,
            text: it.line.text,
            due: it.due,
            overdue: it.overdue,
            mine: workbook
                .actions
                .get(&it.id)
                .is_some_and(|action| action.owner == Some(Party::Professional(me))),
            compartment: None,
        });
        let past = workbook
            .entries
            .iter()
            .filter(|(_, entry)| entry.by == me && entry.occurred.start.date() <= today);
        let newest = past.max_by_key(|(id, entry)| (entry.occurred.start, **id));
        let plans = summary.safety_plans.into_iter();
        let warnings = summary.workers_safety.into_iter();
        Self {
            children: children.collect(),
            actions: actions.collect(),
            worker_safety: warnings.map(|it| it.text).collect(),
            must_not_be_shared_with: plans.flat_map(|it| it.must_not_be_shared_with).collect(),
            mine: newest.map(|(_, entry)| Mine {
                day: entry.occurred.start.date(),
                next: entry.next_contact,
            }),
        }
    }

    /// With what a compartment of the family adds, for the members who hold it.
    pub(crate) fn and(
        mut self,
        other: &Self,
        compartment: &Compartment,
        (configuration, today): (&Configuration, Date),
    ) -> Self {
        for child in &mut self.children {
            let theirs = other.children.iter().find(|it| it.child == child.child);
            if theirs.is_some_and(|it| child.learn(it, configuration, today)) {
                child.compartment = Some(compartment.clone());
            }
        }
        self.actions
            .extend(other.actions.iter().map(|it| ActionCard {
                compartment: Some(compartment.clone()),
                ..it.clone()
            }));
        for (ours, theirs) in [
            (&mut self.worker_safety, &other.worker_safety),
            (
                &mut self.must_not_be_shared_with,
                &other.must_not_be_shared_with,
            ),
        ] {
            for line in theirs {
                if !ours.contains(line) {
                    ours.push(line.clone());
                }
            }
        }
        self
    }

    /// When I said that I would see the family next: what my newest entry says, whichever of these
    /// documents it is in.
    pub(crate) fn next_contact<'a>(
        all: impl Iterator<Item = (&'a Self, Option<Compartment>)>,
        today: Date,
    ) -> Option<NextContact> {
        let mine = all.filter_map(|(gist, compartment)| Some((gist.mine?, compartment)));
        let (newest, compartment) = mine.max_by_key(|(mine, _)| (mine.day, mine.next))?;
        Some(NextContact {
            day: newest.next?,
            overdue: newest.next? < today,
            compartment,
        })
    }

    /// The same as of a later day: what was due then may be overdue by now.
    pub(crate) fn on(mut self, today: Date) -> Self {
        for due in self.children.iter_mut().flat_map(|it| &mut it.due) {
            due.overdue_days = record::calendar::days_between(due.due, today);
        }
        for action in &mut self.actions {
            action.overdue = action.due.is_some_and(|due| due < today);
        }
        self.actions
            .sort_by_key(|it| (it.due.is_none(), it.due, it.id));
        self
    }
}

impl ChildCard {
    /// Takes in what a compartment knows of the child; whether that was anything new. What is due is
    /// what it would be if both were one record.
    fn learn(&mut self, other: &Self, configuration: &Configuration, today: Date) -> bool {
        let seen = (self.last_seen, self.last_seen_alone);
        self.last_seen = self.last_seen.max(other.last_seen);
        self.last_seen_alone = self.last_seen_alone.max(other.last_seen_alone);
        let mut news = seen != (self.last_seen, self.last_seen_alone);
        for due in &mut self.due {
            let theirs = other.due.iter().find(|it| it.rule == due.rule);
            let Some((theirs, since)) = theirs.and_then(|it| Some((it, it.since.max(due.since)?)))
            else {
                continue;
            };
            let counting = [due.last, theirs.last].into_iter().flatten();
            let last = counting.filter(|day| *day >= since).max();
            if (Some(since), last) != (due.since, due.last) {
                let rule = (due.rule.as_str(), due.plan.as_str());
                let next = timescales::next_due(configuration, rule, (since, last), today);
                due.due = next.unwrap_or(due.due);
                (due.since, due.last) = (Some(since), last);
                news = true;
            }
        }
        news
    }
}
