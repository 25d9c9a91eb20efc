//! The record's own shapes in the API's description. They are described as far as clients need to
//! follow them; `crates/record` is their one full description.

use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::ToSchema;

/// An entry and what its ids stand for.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a shape, is never built")]
pub(crate) struct EntryRead {
    /// The entry's id.
    #[schema(format = Uuid)]
    id: String,
    /// Everything in it, in the record's own form: see `crates/record/src/model/entry.rs`.
    #[schema(value_type = Object)]
    entry: Value,
    /// The names of the people and professionals of the workbook, by id.
    names: BTreeMap<String, String>,
}

/// The caller's board. Days are dates such as 2026-03-09; what may be unknown is null.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a shape, is never built")]
pub(crate) struct BoardRead {
    /// The day as of which it is drawn up, in London.
    #[schema(format = Date)]
    as_of: String,
    /// The caller's families, by name.
    families: Vec<BoardFamily>,
    /// Everybody in these families' teams, by name.
    workers: Vec<BoardWorker>,
}

/// A family on a board.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a shape, is never built")]
pub(crate) struct BoardFamily {
    /// The family's id.
    #[schema(format = Uuid)]
    id: String,
    /// Its name.
    name: String,
    /// The professional ids of its team.
    team: Vec<String>,
    /// Its children, by name.
    children: Vec<BoardChild>,
    /// Children for whom no rule says when to visit, in words.
    uncovered: Vec<String>,
    /// How many actions are open.
    open_actions: u32,
    /// How many of these are overdue today.
    overdue_actions: u32,
    /// The first day on which an open action is due.
    #[schema(format = Date)]
    next_action_due: Option<String>,
    /// The day of the last group supervision.
    #[schema(format = Date)]
    last_supervision: Option<String>,
    /// The day for which the next is planned or was agreed.
    #[schema(format = Date)]
    supervision_due: Option<String>,
    /// Whether that day has passed.
    supervision_overdue: bool,
    /// The latest contact: `entry` and `date`.
    #[schema(value_type = Option<Object>)]
    latest: Option<Value>,
    /// How many entries the team's record has.
    entries: u32,
}

/// A child on a board.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a shape, is never built")]
pub(crate) struct BoardChild {
    /// The child's id in the record.
    #[schema(format = Uuid)]
    id: String,
    /// Their name.
    name: String,
    /// Whether the work with them has ended.
    closed: bool,
    /// The last day on which they were seen.
    #[schema(format = Date)]
    last_seen: Option<String>,
    /// The last day on which they were seen alone.
    #[schema(format = Date)]
    last_seen_alone: Option<String>,
    /// When a visit is due, by each rule that applies.
    visits: Vec<BoardVisit>,
}

/// When the next visit is due by one rule.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a shape, is never built")]
pub(crate) struct BoardVisit {
    /// The rule's code.
    rule: String,
    /// Its name.
    title: String,
    /// What gives it its force (`kind`: law, plan or local) and its source (`citation`).
    #[schema(value_type = Object)]
    origin: Value,
    /// The code of the plan under which it applies.
    plan: String,
    /// The last visit that counts.
    #[schema(format = Date)]
    last: Option<String>,
    /// The last day on which the next is in time.
    #[schema(format = Date)]
    due: String,
    /// Calendar days; 0 up to and on the day when it is due.
    overdue_days: u32,
}

/// What one colleague carries, over all families that they are allocated to.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a shape, is never built")]
pub(crate) struct BoardWorker {
    /// Their professional id.
    #[schema(format = Uuid)]
    id: String,
    /// Their name.
    name: String,
    /// Their discipline's code.
    discipline: String,
    /// How many families.
    families: u64,
    /// How many children the work goes on with.
    children: u64,
    /// How many children one worker has at most.
    limit: u64,
}
