//! Today's list, from cards alone: no record is opened for it. What a compartment adds (visits, actions,
//! warnings) is there for its members, since only they hold its card.

use jiff::{Timestamp, civil::Date};
use record::ids::FamilyId;

use crate::{
    Device,
    card::Gist,
    held::day,
    shapes::{FamilyCard, Today},
};

impl Device {
    /// Today's list.
    pub fn today(&self, now: Timestamp) -> Today {
        let today = day(now);
        let mut families: Vec<FamilyId> =
            self.documents.values().map(|it| it.card.family).collect();
        families.sort_unstable();
        families.dedup();
        let mut cards: Vec<_> = families
            .into_iter()
            .map(|family| self.family_card(family, today))
            .collect();
        cards.sort_by_cached_key(order);
        Today {
            day: today,
            families: cards,
            drafts: self.drafts(now),
            refused: self.quarantine(),
            waiting: self.waiting(None),
            damaged: self.damaged(),
        }
    }

    /// How many changes wait for the server's word.
    pub(crate) fn waiting(&self, family: Option<FamilyId>) -> u32 {
        let held = self
            .documents
            .values()
            .filter(|it| family.is_none_or(|family| it.card.family == family))
            .map(|it| it.outbox.len() + it.stranded.len());
        let orphans = self.orphans.values().map(Vec::len);
        let count: usize = match family {
            Some(_) => held.sum(),
            None => held.chain(orphans).sum(),
        };
        count_of(count)
    }

    fn family_card(&self, family: FamilyId, today: Date) -> FamilyCard {
        let documents = self.of_family(family);
        let first = documents.first().and_then(|it| self.documents.get(it));
        let team = first.filter(|held| held.card.is_team());
        let gist = team.map(|held| held.card.gist.clone()).unwrap_or_default();
        let all = || documents.iter().filter_map(|it| self.documents.get(it));
        let beside = all().filter(|held| !held.card.is_team());
        let gist = beside
            .filter_map(|held| Some((held, held.compartment()?)))
            .fold(gist, |gist, (held, compartment)| {
                gist.and(&held.card.gist, &compartment, (&self.configuration, today))
            })
            .on(today);
        let told = all().map(|held| {
            let compartment = held.compartment().filter(|_| !held.card.is_team());
            (&held.card.gist, compartment)
        });
        let problem = match team {
            None => Some("the team's record of this family is not on this phone: sync it"),
            Some(held) if held.from_scratch => {
                Some("what this phone keeps of this family is damaged: sync while you have signal")
            }
            Some(_) => None,
        };
        let drafts = self.drafts.values().filter(|it| it.family == family);
        let refused = self.quarantine.values().filter(|it| it.family == family);
        FamilyCard {
            family,
            name: first
                .map(|it| it.card.family_name.clone())
                .unwrap_or_default(),
            children: gist.children,
            actions: gist.actions,
            next_contact: Gist::next_contact(told, today),
            worker_safety: gist.worker_safety,
            must_not_be_shared_with: gist.must_not_be_shared_with,
            compartments: self.compartments(family),
            drafts: count_of(drafts.count()),
            waiting: self.waiting(Some(family)),
            refused: count_of(refused.count()),
            problem: problem.map(str::to_owned),
        }
    }
}

fn count_of(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What is due soonest first (what is overdue has the earliest day); families with nothing due last.
fn order(card: &FamilyCard) -> (bool, Option<Date>, String) {
    let due = card
        .children
        .iter()
        .flat_map(|it| &it.due)
        .map(|it| it.due)
        .chain(card.next_contact.as_ref().map(|it| it.day))
        .min();
    (due.is_none(), due, card.name.to_lowercase())
}
