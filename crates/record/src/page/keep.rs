//! What a page keeps of a workbook.
//!
//! Everything but entries, action news and appendments stays: it grows with the family and with the
//! months, not with the visits. Of the entries, those stay that are among the newest in some
//! [`Need`]. Being among the newest `n` of a kind can only be lost to something newer, so that
//! reducing a little at a time and reducing all at once keep the same: that is what lets a page be
//! carried on without the document. What would break it makes the page stale (a withdrawal, news of
//! an action that was over, an earlier day).

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use jiff::{Timestamp, civil::Date, civil::DateTime};

use crate::{
    Workbook,
    ids::{ActionId, ConcernId, EntryId, PersonId, ProfessionalId},
    model::{ActionUpdate, Entry, Party, ToolUse},
    terms::{Discipline, Domain, EntryKind, Outcome, Seen, SeenAlone, SignificantEventKind, Tool},
};

/// Why an entry stays.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Need<'a> {
    /// It is one of the newest contacts: whole, with its narrative.
    Recent,
    /// It is an author's newest monthly summary, which their chapter tells word for word: whole.
    Monthly(&'a Discipline, ProfessionalId),
    Chapter(&'a Discipline),
    Kind(&'a EntryKind, &'a Outcome),
    Mention(PersonId),
    Seen(PersonId),
    SeenBy(PersonId, &'a EntryKind),
    /// Somebody was met, and the child was seen with one's own eyes: what a visit rule counts.
    Counted(PersonId, &'a EntryKind),
    /// Somebody was met, and the child was named: what a visit rule counts before a birth.
    Named(PersonId, &'a EntryKind),
    /// What may start a visit rule anew for a child.
    EventOf(PersonId, &'a SignificantEventKind),
    /// Alone as it was said, and alone of those seen.
    Alone(PersonId, bool),
    /// Whether alone or why not, whatever was said.
    AloneOrNot(PersonId),
    /// Somebody was met.
    Met(PersonId),
    Voice(PersonId),
    View(ConcernId, &'a Party, ProfessionalId),
    Reading(&'a str, &'a Party),
    Tool(&'a Tool, &'a [Party]),
    /// Thoughts of self-harm were denied: no prompt from before still stands.
    Denied(&'a [Party]),
    Stage(ProfessionalId),
    Direction(Option<&'a Domain>, ProfessionalId),
    Strength,
    Safety,
    Event,
    /// An author's newest: when their next contact is due, or that it has taken place.
    Last(ProfessionalId),
    News(ActionId, ProfessionalId),
}

impl Need<'_> {
    /// Whether what meets it stays whole, with its narrative.
    fn is_narrative(&self) -> bool {
        matches!(self, Self::Recent | Self::Monthly(..))
    }

    /// How many of the newest stay.
    fn shown(&self) -> usize {
        match self {
            Self::Recent | Self::Strength | Self::Event => 12,
            Self::Reading(..) | Self::Chapter(_) | Self::Named(..) => 6,
            Self::Mention(_) | Self::Voice(_) | Self::Safety => 3,
            // With what it replaced, to say that it is another.
            Self::View(..) | Self::Tool(..) | Self::Kind(..) | Self::Stage(_) => 2,
            _ => 1,
        }
    }
}

/// What makes one entry newer than another. News of an action go by the time at which they were
/// given; of two at the same time, the summary takes those of the earlier visit.
type Rank = (
    Option<Timestamp>,
    Option<Reverse<(DateTime, EntryId)>>,
    DateTime,
    EntryId,
);

/// Takes out of a workbook what its summary from that day on doesn't need.
pub(super) fn reduce(workbook: &mut Workbook, as_of: Date) {
    let withdrawn: BTreeSet<_> = workbook.withdrawals.values().map(|it| it.entry).collect();
    workbook.entries.retain(|id, _| !withdrawn.contains(id));

    let live = live_actions(workbook, as_of);
    workbook.actions.retain(|id, _| live.contains(id));
    workbook
        .action_updates
        .retain(|_, update| live.contains(&update.action));

    let (whole, kept) = kept_entries(workbook, as_of);
    workbook.entries.retain(|id, _| kept.contains(id));
    for (id, entry) in &mut workbook.entries {
        if !whole.contains(id) {
            entry.statements.clear();
            entry.analysis = None;
            entry.purpose = None;
        }
    }
    workbook
        .appendments
        .retain(|_, it| kept.contains(&it.entry));
}

/// Actions of which somebody's last word is not that they are over, and those that a visit still to
/// come (by its date) speaks of.
fn live_actions(workbook: &Workbook, as_of: Date) -> BTreeSet<ActionId> {
    let (past, ahead): (Vec<_>, Vec<_>) = workbook
        .entries
        .values()
        .partition(|entry| entry.occurred.start.date() <= as_of);
    let mut last: BTreeMap<(ActionId, ProfessionalId), Vec<&ActionUpdate>> = BTreeMap::new();
    let news = past.into_iter().flat_map(|entry| &entry.action_updates);
    for update in news.chain(workbook.action_updates.values()) {
        let latest = last.entry((update.action, update.by)).or_default();
        if latest.first().is_none_or(|other| other.at <= update.at) {
            latest.retain(|other| other.at == update.at);
            latest.push(update);
        }
    }
    let mut over: BTreeMap<ActionId, bool> = BTreeMap::new();
    for ((action, _), latest) in last {
        let so = over.entry(action).or_insert(true);
        *so &= latest.iter().all(|update| !update.status.is_open());
    }
    for entry in ahead {
        for update in &entry.action_updates {
            over.insert(update.action, false);
        }
    }
    workbook
        .actions
        .keys()
        .filter(|id| !over.get(id).copied().unwrap_or_default())
        .copied()
        .collect()
}

/// The entries that stay whole, and all that stay.
fn kept_entries(workbook: &Workbook, as_of: Date) -> (BTreeSet<EntryId>, BTreeSet<EntryId>) {
    let mut newest: BTreeMap<Need<'_>, BTreeSet<Rank>> = BTreeMap::new();
    let mut ahead = BTreeSet::new();
    for (id, entry) in &workbook.entries {
        let start = entry.occurred.start;
        if start.date() > as_of {
            ahead.insert(*id);
            continue;
        }
        for need in needs(entry) {
            newest
                .entry(need)
                .or_default()
                .insert((None, None, start, *id));
        }
        for update in &entry.action_updates {
            if workbook.actions.contains_key(&update.action) {
                let rank = (Some(update.at), Some(Reverse((start, *id))), start, *id);
                let need = Need::News(update.action, update.by);
                newest.entry(need).or_default().insert(rank);
            }
        }
    }
    let shown = |need: &Need<'_>, ranks: &BTreeSet<Rank>| -> Vec<EntryId> {
        ranks
            .iter()
            .rev()
            .take(need.shown())
            .map(|it| it.3)
            .collect()
    };
    let mut whole = ahead;
    let mut kept = prompting(workbook, as_of, &newest);
    for (need, ranks) in &newest {
        if need.is_narrative() {
            whole.extend(shown(need, ranks));
        }
        kept.extend(shown(need, ranks));
    }
    kept.extend(&whole);
    // What concerns, actions and the rest came from, to be cited.
    kept.extend(workbook.concerns.values().filter_map(|it| it.entry));
    kept.extend(workbook.actions.values().filter_map(|it| it.entry));
    kept.extend(workbook.goals.values().filter_map(|it| it.entry));
    kept.extend(workbook.safety_plans.values().filter_map(|it| it.entry));
    (whole, kept)
}

/// The entries with a safety prompt that nothing later has answered: each of them is shown.
fn prompting(
    workbook: &Workbook,
    as_of: Date,
    newest: &BTreeMap<Need<'_>, BTreeSet<Rank>>,
) -> BTreeSet<EntryId> {
    let stands = |used: &ToolUse, start: DateTime, id: EntryId| {
        let denied = newest.get(&Need::Denied(&used.with));
        let denied = denied.and_then(BTreeSet::last);
        used.item9.is_some_and(|answer| answer > 0)
            && denied.is_none_or(|it| (it.2, it.3) <= (start, id))
    };
    let entries = workbook.entries.iter();
    entries
        .map(|(id, entry)| (*id, entry, entry.occurred.start))
        .filter(|(_, _, start)| start.date() <= as_of)
        .filter(|(id, entry, start)| entry.tools.iter().any(|it| stands(it, *start, *id)))
        .map(|(id, _, _)| id)
        .collect()
}

/// What an entry says that may be the latest word on something.
fn needs(entry: &Entry) -> BTreeSet<Need<'_>> {
    let by = entry.by;
    let mut needs = BTreeSet::from([Need::Kind(&entry.kind, &entry.outcome), Need::Last(by)]);
    if entry.kind == EntryKind::MonthlySummary {
        needs.insert(Need::Monthly(&entry.discipline, by));
    } else {
        needs.extend([Need::Recent, Need::Chapter(&entry.discipline)]);
        let met = entry.present.iter().filter(|_| entry.outcome.was_contact());
        needs.extend(met.filter_map(|it| match it {
            Party::Person(id) => Some(Need::Met(*id)),
            _ => None,
        }));
    }
    for seen in &entry.children {
        let child = seen.child;
        let was_seen = seen.seen != Seen::NotSeen;
        needs.insert(Need::Mention(child));
        if was_seen {
            needs.extend([Need::Seen(child), Need::SeenBy(child, &entry.kind)]);
        }
        if entry.outcome.was_contact() {
            needs.insert(Need::Named(child, &entry.kind));
            let counts = matches!(seen.seen, Seen::Awake | Seen::Asleep);
            needs.extend(counts.then_some(Need::Counted(child, &entry.kind)));
        }
        if seen.alone == Some(SeenAlone::Yes) {
            needs.extend([Need::Alone(child, false), Need::Alone(child, was_seen)]);
        }
        needs.extend(seen.alone.is_some().then_some(Need::AloneOrNot(child)));
        needs.extend(seen.voice.is_some().then_some(Need::Voice(child)));
    }
    needs.extend(
        entry
            .views
            .iter()
            .map(|it| Need::View(it.concern, &it.holder, by)),
    );
    needs.extend(
        entry
            .readings
            .iter()
            .map(|it| Need::Reading(&it.scale, &it.holder)),
    );
    needs.extend(entry.tools.iter().map(|it| Need::Tool(&it.tool, &it.with)));
    let denied = entry.tools.iter().filter(|it| it.item9 == Some(0));
    needs.extend(denied.map(|it| Need::Denied(&it.with)));
    needs.extend(
        entry
            .direction
            .iter()
            .map(|it| Need::Direction(it.domain.as_ref(), by)),
    );
    needs.extend(entry.stage_of_change.is_some().then_some(Need::Stage(by)));
    needs.extend((!entry.strengths.is_empty()).then_some(Need::Strength));
    needs.extend(entry.immediate_safety.is_some().then_some(Need::Safety));
    needs.extend(entry.significant_event.is_some().then_some(Need::Event));
    if let Some(event) = &entry.significant_event {
        let here = entry.children.iter().map(|it| it.child);
        let about = event.about.iter().copied();
        needs.extend(here.chain(about).map(|it| Need::EventOf(it, &event.kind)));
    }
    needs
}
