//! Group supervision: what each discipline brought, what those present disagreed about, the views
//! that the decision did not follow, and the decisions with their reasons.
//!
//! The last one that was held, and each planned one for which something is already gathered. Its
//! actions stand among the actions.

use super::{Line, SupervisionLines};
use crate::{
    ids::RecordId,
    model::{Contribution, Supervision, SupervisionPlan},
    source::{Citation, Source},
    wording::{capital, in_a_row, long_date, push_because, sentence},
};

pub(super) fn supervisions(source: &Source<'_>) -> Vec<SupervisionLines> {
    let workbook = source.workbook;
    let last = workbook
        .supervisions
        .values()
        .map(|it| it.date)
        .filter(|date| *date <= source.as_of)
        .max();
    let was_held = |id| workbook.supervisions.values().any(|it| it.plan == Some(id));
    let gathered = workbook
        .supervision_plans
        .iter()
        .filter(|(id, _)| !was_held(**id))
        .map(|(id, it)| planned(source, *id, it))
        .filter(|it| !it.contributions.is_empty());
    workbook
        .supervisions
        .iter()
        .filter(|(_, it)| Some(it.date) == last)
        .map(|(id, it)| held(source, *id, it))
        .chain(gathered)
        .collect()
}

fn held(source: &Source<'_>, id: RecordId, it: &Supervision) -> SupervisionLines {
    let cite = || source.cite_dated(format!("supervisions/{id}"), it.by, it.date);
    let disagreements = it.disagreements.iter().map(|said| {
        let between = in_a_row(&source.parties(&said.between));
        let text = if between.is_empty() {
            sentence(&said.text)
        } else {
            format!("{between} disagree: {}", sentence(&said.text))
        };
        cite().says(text)
    });
    let minority_views = it.minority_views.iter().map(|view| {
        let holder = source.workbook.party_name(&view.holder);
        cite().says(format!(
            "{holder} sees it otherwise: {}",
            sentence(&view.text)
        ))
    });
    let decisions = it.decisions.iter().map(|decision| {
        cite().says(format!(
            "Decided: {} Why: {}",
            sentence(&decision.text),
            sentence(&decision.rationale)
        ))
    });
    SupervisionLines {
        date: it.date,
        held: true,
        line: cite().says(held_text(source, it)),
        contributions: it
            .plan
            .map(|plan| contributions(source, plan))
            .unwrap_or_default(),
        disagreements: disagreements.collect(),
        minority_views: minority_views.collect(),
        decisions: decisions.collect(),
    }
}

fn held_text(source: &Source<'_>, it: &Supervision) -> String {
    let mut text = format!(
        "Group supervision of {}, chaired by {}; present: {}",
        long_date(it.date),
        source.workbook.professional_name(it.chair),
        source.parties(&it.attendees).join(", ")
    );
    if !it.apologies.is_empty() {
        let apologies = source.parties(&it.apologies);
        text.push_str(&format!("; apologies: {}", apologies.join(", ")));
    }
    if let Some(next) = it.next {
        text.push_str(&format!("; next: {}", long_date(next)));
    }
    text.push('.');
    text
}

fn planned(source: &Source<'_>, id: RecordId, it: &SupervisionPlan) -> SupervisionLines {
    let text = format!(
        "Group supervision planned for {}, to be chaired by {}.",
        long_date(it.date),
        source.workbook.professional_name(it.chair)
    );
    SupervisionLines {
        date: it.date,
        held: false,
        line: source
            .cite_record(format!("supervisionPlans/{id}"), it.by, it.at)
            .says(text),
        contributions: contributions(source, id),
        disagreements: Vec::new(),
        minority_views: Vec::new(),
        decisions: Vec::new(),
    }
}

/// What each discipline brought, by discipline.
fn contributions(source: &Source<'_>, plan: RecordId) -> Vec<Line> {
    let mut brought: Vec<_> = source
        .workbook
        .contributions
        .iter()
        .filter(|(_, it)| it.plan == plan)
        .collect();
    brought.sort_by_key(|(id, it)| (it.discipline.clone(), **id));
    brought
        .into_iter()
        .map(|(id, it)| {
            let citation: Citation =
                source.cite_record(format!("contributions/{id}"), it.by, it.at);
            citation.says(contribution(source, it))
        })
        .collect()
}

fn contribution(source: &Source<'_>, it: &Contribution) -> String {
    let mut text = format!(
        "{} ({}).",
        capital(it.discipline.label()),
        source.workbook.professional_name(it.by)
    );
    for (what, words) in [
        ("Going well", &it.going_well),
        ("Worried about", &it.worried_about),
    ] {
        if let Some(words) = words {
            text.push_str(&format!(" {what}: {}", sentence(words)));
        }
    }
    if let Some(reading) = it.reading {
        text.push_str(&format!(" Safety: {reading} of 10."));
    }
    if let Some(direction) = &it.direction {
        text.push_str(&format!(" Direction: {}", direction.label()));
        push_because(&mut text, it.because.as_deref());
    } else if let Some(because) = &it.because {
        text.push_str(&format!(" Why: {}", sentence(because)));
    }
    text
}

impl SupervisionLines {
    /// Its sentences, in reading order.
    pub(super) fn lines(&self) -> impl Iterator<Item = &Line> {
        std::iter::once(&self.line)
            .chain(&self.contributions)
            .chain(&self.disagreements)
            .chain(&self.minority_views)
            .chain(&self.decisions)
    }
}
