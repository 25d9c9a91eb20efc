//! The parts of an entry, each from its part of a spoken draft. What has no term or no person in the
//! record comes back as a statement in its own words.

use std::collections::HashSet;

use dictation::draft as spoken;
use record::{
    ids::ConcernId,
    model::{
        ChildSeen, Direction, Party, Reading, ScaleValue, Span, Statement, ToolUse, View, Voice,
    },
    terms::{Agreement, Direction as DirectionTerm, Domain, Nature, Seen, SeenAlone, Tool},
};

use super::names::Names;

pub(super) fn child(said: &spoken::Child, names: &Names<'_>) -> Option<ChildSeen> {
    let Party::Person(child) = names.party(&said.name) else {
        return None;
    };
    let seen = match (said.seen, said.asleep) {
        (Some(false), _) => Seen::NotSeen,
        (Some(true), Some(true)) => Seen::Asleep,
        (Some(true), _) => Seen::Awake,
        // A voice without "seen" may have come by phone: the author says which.
        (None, _) => return None,
    };
    let reason = said
        .not_alone_reason
        .as_deref()
        .and_then(SeenAlone::from_label);
    Some(ChildSeen {
        child,
        seen,
        alone: if said.alone == Some(true) {
            Some(SeenAlone::Yes)
        } else {
            reason
        },
        voice: said.voice.clone().map(|words| Voice {
            words,
            how: said.voice_how.clone(),
        }),
    })
}

pub(super) fn statement(said: &spoken::Statement, names: &Names<'_>) -> Statement {
    let nature = said.nature.as_deref().unwrap_or_default();
    let reporter = nature.strip_prefix("reported by ");
    Statement {
        text: said.text.clone(),
        nature: match reporter {
            Some(_) => Nature::Reported,
            None => Nature::from_label(nature).unwrap_or(Nature::ObservedFact),
        },
        source: reporter.map(|name| names.party(name)),
        about: names.people(&said.about),
        span: span(said.span),
    }
}

/// What a child said, where the record can't tell yet which child or whether seen.
pub(super) fn unplaced_voice(said: &spoken::Child) -> Option<Statement> {
    let words = said.voice.as_deref()?;
    let text = format!("{}: {words}", said.name);
    Some(unplaced(
        &text,
        *said.voice_spans.first().unwrap_or(&said.span),
    ))
}

/// Words that fit no field: kept as they are.
pub(super) fn unplaced(text: &str, at: spoken::Span) -> Statement {
    Statement {
        text: text.to_owned(),
        nature: Nature::ObservedFact,
        source: None,
        about: vec![],
        span: span(at),
    }
}

pub(super) fn reading(said: &spoken::Reading, names: &Names<'_>) -> Option<Reading> {
    Some(Reading {
        scale: said
            .kind
            .split_whitespace()
            .next()
            .unwrap_or("safety")
            .to_lowercase(),
        holder: names.party(said.holder.as_deref()?),
        value: ScaleValue::try_from(said.value).ok()?,
        because: said.because.clone(),
    })
}

/// Tools with their scores; when one person was there, they were used with that person.
pub(super) fn tools(draft: &spoken::Draft, present: &[Party]) -> Vec<ToolUse> {
    let with = if let [one] = present {
        vec![one.clone()]
    } else {
        vec![]
    };
    let scored = draft.scores.iter().map(|it| &it.tool);
    let mut labels: Vec<&String> = draft.tools.iter().chain(scored).collect();
    let mut named = HashSet::new();
    labels.retain(|label| named.insert(label.as_str()));
    labels
        .into_iter()
        .filter_map(|label| {
            let score = draft.scores.iter().find(|it| it.tool == *label);
            Some(ToolUse {
                tool: Tool::from_label(label)?,
                with: with.clone(),
                score: score.map(|it| it.score),
                previous: score.and_then(|it| it.previous),
                item9: None,
                judgement: None,
                reflection: None,
            })
        })
        .collect()
}

pub(super) fn direction(said: &spoken::Direction) -> Option<Direction> {
    Some(Direction {
        domain: said.domain.as_deref().and_then(Domain::from_label),
        direction: DirectionTerm::from_label(&said.direction)?,
        because: said.because.clone(),
    })
}

pub(super) fn view(said: &spoken::View, concern: ConcernId, names: &Names<'_>) -> Option<View> {
    Some(View {
        concern,
        holder: names.party(&said.holder),
        agreement: Agreement::from_label(&said.agreement)?,
        words: said.words.clone(),
    })
}

pub(super) fn span(said: spoken::Span) -> Option<Span> {
    Some(Span {
        start: said.0.try_into().ok()?,
        end: said.1.try_into().ok()?,
    })
}
