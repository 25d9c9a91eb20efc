//! Short ways to say what an entry says.

use record::{
    ids::{ActionId, ConcernId, PersonId},
    model::{
        ActionUpdate, ChildSeen, Direction, Party, Reading, ScaleValue, Statement, ToolUse, View,
        Voice,
    },
    terms::{ActionStatus, Agreement, Direction as Way, Domain, Nature, Seen, SeenAlone, Tool},
};

use super::{
    book::{evening, number},
    family::person,
};

/// Craig's drinking, which not everybody sees alike.
pub(crate) fn drinking() -> ConcernId {
    number(300)
}

/// Ruby's sleep at school: done, reopened, done.
pub(crate) fn ring_school() -> ActionId {
    number(301)
}

pub(super) fn seen(child: PersonId, alone: SeenAlone, voice: Option<&str>) -> ChildSeen {
    ChildSeen {
        child,
        seen: Seen::Awake,
        alone: Some(alone),
        voice: voice.map(|words| Voice {
            words: words.into(),
            how: None,
        }),
    }
}

pub(super) fn view(holder: PersonId, agreement: Agreement, words: Option<&str>) -> View {
    View {
        concern: drinking(),
        holder: person(holder),
        agreement,
        words: words.map(Into::into),
    }
}

pub(super) fn reading(holder: Party, tenths: u8) -> Reading {
    Reading {
        scale: "safety".into(),
        holder,
        value: ScaleValue::from_tenths(tenths).unwrap(),
        because: None,
    }
}

pub(super) fn said(text: &str, nature: Nature, about: Vec<PersonId>) -> Statement {
    Statement {
        text: text.into(),
        nature,
        source: None,
        about,
        span: None,
    }
}

pub(super) fn tool(tool: Tool, with: PersonId, score: u32) -> ToolUse {
    ToolUse {
        tool,
        with: vec![person(with)],
        score: Some(score),
        previous: None,
        item9: None,
        judgement: None,
        reflection: None,
    }
}

pub(super) fn way(domain: Domain, direction: Way, because: &str) -> Direction {
    Direction {
        domain: Some(domain),
        direction,
        because: Some(because.into()),
    }
}

pub(super) fn news(
    by: &record::Writer,
    on: jiff::civil::Date,
    action: ActionId,
    status: ActionStatus,
    note: &str,
) -> ActionUpdate {
    ActionUpdate {
        action,
        status,
        note: Some(note.into()),
        by: by.professional,
        at: evening(on),
    }
}
