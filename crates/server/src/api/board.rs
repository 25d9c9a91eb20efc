//! `GET /api/board`: the caller's families at a glance, and how much each colleague carries.

use std::{collections::BTreeMap, sync::Arc};

use access::{Granted, ListFamilies};
use axum::{Json, extract::State};
use jiff::civil::Date;
use record::{
    Board, BoardAction, BoardChild, BoardEntry, BoardVisit, Page,
    calendar::days_between,
    configuration::Origin,
    ids::{FamilyId, PersonId, ProfessionalId},
};
use serde::Serialize;
use store::server::Account;

use crate::{
    AppState,
    auth::Caller,
    documents,
    gate::{OnBoard, Passage},
    openapi::record as described,
    problem::Problem,
    today,
};

/// How many children one children's social worker has at most, in Hertfordshire's Family
/// Safeguarding.
const CASELOAD_LIMIT: u64 = 17;

/// The caller's board.
#[derive(Serialize)]
pub(crate) struct BoardRead {
    /// The day as of which it is drawn up, in London.
    as_of: Date,
    /// By name.
    families: Vec<FamilyRead>,
    /// Everybody in these families' teams, by name.
    workers: Vec<WorkerRead>,
}

#[derive(Serialize)]
struct FamilyRead {
    id: FamilyId,
    name: String,
    /// The ids of its team, by sign-in name.
    team: Vec<ProfessionalId>,
    children: Vec<ChildRead>,
    uncovered: Vec<String>,
    open_actions: usize,
    overdue_actions: usize,
    next_action_due: Option<Date>,
    last_supervision: Option<Date>,
    supervision_due: Option<Date>,
    supervision_overdue: bool,
    latest: Option<BoardEntry>,
    entries: u64,
}

#[derive(Serialize)]
struct ChildRead {
    id: PersonId,
    name: String,
    /// Whether the work with them has ended.
    closed: bool,
    last_seen: Option<Date>,
    last_seen_alone: Option<Date>,
    visits: Vec<VisitRead>,
}

#[derive(Serialize)]
struct VisitRead {
    rule: String,
    title: String,
    origin: Origin,
    plan: String,
    last: Option<Date>,
    due: Date,
    /// Calendar days; 0 up to and on the day when it is due.
    overdue_days: u32,
}

#[derive(Serialize)]
struct WorkerRead {
    id: ProfessionalId,
    name: String,
    discipline: String,
    /// Over all families that they are allocated to.
    families: u64,
    children: u64,
    limit: u64,
}

/// Shows the caller's families: when each child is due to be seen and by which rule, when they were
/// last seen (alone), open actions, supervision; and how many children each colleague works with. What
/// is overdue is worked out for today.
#[utoipa::path(
    get, path = "/api/board", operation_id = "readBoard", tag = "families",
    responses(
        (status = 200, description = "The board", body = described::BoardRead),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
    ),
    security(("device" = []), ("session" = []))
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    caller: Caller,
) -> Result<Json<BoardRead>, Problem> {
    let as_of = today::in_london(state.ambient().now());
    let mut passage = state.gate().enter().await?;
    let granted = passage.ask_families(&caller.subject).await?;
    let boards = passage.boards(&granted).await?;
    let workers = workers(&mut passage, &granted, &boards).await?;
    let mut families = Vec::with_capacity(boards.len());
    for one in boards {
        let board = current(&state, &mut passage, &one, as_of).await?;
        families.push(family(one, board, as_of));
    }
    passage.commit().await?;
    Ok(Json(BoardRead {
        as_of,
        families,
        workers,
    }))
}

/// The board of one family as of today: the kept one where it still holds, else made from the document.
async fn current(
    state: &AppState,
    passage: &mut Passage,
    one: &OnBoard,
    as_of: Date,
) -> Result<Option<Board>, Problem> {
    let Some(opened) = &one.opened else {
        return Ok(None);
    };
    let kept = one
        .row
        .as_ref()
        .filter(|row| row.seq == opened.head())
        .and_then(|row| Board::from_bytes(&row.body))
        .filter(|board| board.changes_on.is_none_or(|day| as_of < day));
    if kept.is_some() {
        return Ok(kept);
    }
    let document = documents::load(state, passage, opened).await?;
    let rules = documents::rules().map_err(|error| Problem::internal(&error))?;
    let board = tokio::task::spawn_blocking(move || {
        let page = Page::of(&document, as_of);
        Board::of(page.workbook(), rules, as_of)
    });
    Ok(Some(board.await?))
}

fn family(one: OnBoard, board: Option<Board>, as_of: Date) -> FamilyRead {
    let is_past = |day: Option<Date>| day.is_some_and(|day| day < as_of);
    let (children, uncovered, actions, last, due, latest) = match board {
        Some(it) => (
            it.children,
            it.uncovered,
            it.actions,
            it.last_supervision,
            it.supervision_due,
            it.latest,
        ),
        None => (vec![], vec![], vec![], None, None, None),
    };
    let overdue = |action: &&BoardAction| is_past(action.due);
    FamilyRead {
        id: one.family.id,
        name: one.family.name,
        team: one.team.iter().map(|it| it.id).collect(),
        children: children.into_iter().map(|it| child(it, as_of)).collect(),
        uncovered,
        open_actions: actions.len(),
        overdue_actions: actions.iter().filter(overdue).count(),
        next_action_due: actions.iter().filter_map(|it| it.due).min(),
        last_supervision: last,
        supervision_due: due,
        supervision_overdue: is_past(due),
        latest,
        entries: one.row.map_or(0, |row| row.entries),
    }
}

fn child(it: BoardChild, as_of: Date) -> ChildRead {
    let visit = |it: BoardVisit| VisitRead {
        rule: it.rule,
        title: it.title,
        origin: it.origin,
        plan: it.plan,
        last: it.last,
        due: it.due,
        overdue_days: days_between(it.due, as_of),
    };
    ChildRead {
        id: it.child,
        name: it.name,
        closed: it.closed,
        last_seen: it.last_seen,
        last_seen_alone: it.last_seen_alone,
        visits: it.visits.into_iter().map(visit).collect(),
    }
}

async fn workers(
    passage: &mut Passage,
    granted: &Granted<ListFamilies>,
    boards: &[OnBoard],
) -> Result<Vec<WorkerRead>, Problem> {
    let mut accounts: BTreeMap<ProfessionalId, Arc<Account>> = BTreeMap::new();
    for account in boards.iter().flat_map(|it| &it.team) {
        accounts
            .entry(account.id)
            .or_insert_with(|| Arc::new(account.clone()));
    }
    let mut workers = Vec::with_capacity(accounts.len());
    for (id, account) in accounts {
        let (families, children) = passage.workload(granted, id).await?;
        workers.push(WorkerRead {
            id,
            name: account.name.clone(),
            discipline: account.discipline.clone(),
            families,
            children,
            limit: CASELOAD_LIMIT,
        });
    }
    workers.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(workers)
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, StatusCode};
    use jiff::Timestamp;
    use record::{
        Change,
        ids::{PersonId, RecordId},
        model::{PlanStatusChange, Record},
        terms::PlanStatus,
    };
    use serde_json::{Value, json};
    use store::server::Store as _;

    use crate::{
        admin,
        scenario::{Enrolled, Pen, Scenario},
    };

    /// The scenario's clock stands on 25 February 2026, a Wednesday.
    fn day(text: &str) -> jiff::civil::Date {
        text.parse().unwrap()
    }

    fn plan(pen: &mut Pen, child: PersonId, from: &str, status: &PlanStatus) -> Change {
        let id = RecordId::from(pen.fresh());
        let change: PlanStatusChange = serde_json::from_value(json!({
            "child": child, "status": status, "from": day(from),
            "by": pen.writer.professional, "at": Timestamp::from_second(1_772_000_000).unwrap(),
        }))
        .unwrap();
        pen.write(&[Record::new(id, change)])
    }

    async fn board(scenario: &Scenario, device: &Enrolled) -> Value {
        let answer = scenario.get_signed(device, "/api/board").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    #[tokio::test]
    async fn each_child_stands_there_with_what_is_due_and_why() {
        let scenario = Scenario::new().await;
        let (device, mut pen) = scenario.worker_with_pen().await;
        let (child, first) = pen.add_child();
        let changes = [
            first,
            pen.name(child, "Kayleigh"),
            plan(&mut pen, child, "2026-02-02", &PlanStatus::ChildInNeed),
            pen.visit(child).1,
        ];
        scenario
            .push(&device, &changes.iter().collect::<Vec<_>>())
            .await;
        let seen = board(&scenario, &device).await;
        assert_eq!(seen["as_of"], "2026-02-25");
        let family = &seen["families"][0];
        assert_eq!(family["name"], "Brennan");
        assert_eq!(family["entries"], 1);
        assert_eq!(family["latest"]["date"], "2026-02-20");
        let kayleigh = &family["children"][0];
        assert_eq!(kayleigh["name"], "Kayleigh");
        assert_eq!(kayleigh["last_seen"], "2026-02-20");
        assert_eq!(kayleigh["last_seen_alone"], "2026-02-20");
        let visit = &kayleigh["visits"][0];
        // A home visit does not count: the first child in need visit is still to come, 20 working
        // days from the plan's beginning.
        assert_eq!(visit["rule"], "child-in-need-visit");
        assert_eq!(visit["origin"]["kind"], "local");
        assert_eq!(visit["due"], "2026-03-02");
        assert_eq!(visit["overdue_days"], 0);
        let worker = &seen["workers"][0];
        assert_eq!(worker["name"], "Amira Okafor");
        assert_eq!(
            (&worker["children"], &worker["limit"]),
            (&json!(1), &json!(17))
        );

        // Days go by and nothing is written: what is overdue is worked out when it is read.
        scenario.pass(10 * 24 * 3_600_000);
        let seen = board(&scenario, &device).await;
        let visit = &seen["families"][0]["children"][0]["visits"][0];
        assert_eq!(visit["overdue_days"], 5);
    }

    #[tokio::test]
    async fn a_plan_that_begins_later_counts_from_its_day_on() {
        let scenario = Scenario::new().await;
        let (device, mut pen) = scenario.worker_with_pen().await;
        let (child, first) = pen.add_child();
        let begins = plan(
            &mut pen,
            child,
            "2026-03-01",
            &PlanStatus::ChildProtectionPlan,
        );
        scenario.push(&device, &[&first, &begins]).await;
        let visits = async || {
            let seen = board(&scenario, &device).await;
            seen["families"][0]["children"][0]["visits"].clone()
        };
        assert_eq!(visits().await, json!([]));
        scenario.pass(4 * 24 * 3_600_000);
        assert_eq!(visits().await[0]["rule"], "child-protection-visit");
    }

    #[tokio::test]
    async fn rows_made_push_by_push_and_rows_made_anew_are_the_same() {
        let mut scenario = Scenario::new().await;
        let (device, mut pen) = scenario.worker_with_pen().await;
        let (child, first) = pen.add_child();
        scenario.push(&device, &[&first]).await;
        for round in 0..40 {
            let change = match round % 4 {
                0 => plan(&mut pen, child, "2026-02-02", &PlanStatus::ChildInNeed),
                1 => pen.name(child, &format!("Name {round}")),
                _ => pen.visit(child).1,
            };
            scenario.push(&device, &[&change]).await;
            if round % 15 == 0 {
                // Another process has no page: it makes one.
                scenario.restart();
            }
            let kept = row(&scenario).await;
            admin::rebuild(&*scenario.store, day("2026-02-26"), scenario.now())
                .await
                .unwrap();
            assert_eq!(row(&scenario).await, kept, "after round {round}");
        }
    }

    async fn row(scenario: &Scenario) -> Option<store::server::BoardRow> {
        let mut txn = scenario.store.begin().await.unwrap();
        txn.board(scenario.document).await.unwrap()
    }

    #[tokio::test]
    async fn a_row_that_is_missing_or_damaged_is_no_harm() {
        let scenario = Scenario::new().await;
        let (device, mut pen) = scenario.worker_with_pen().await;
        let (_, first) = pen.add_child();
        scenario.push(&device, &[&first]).await;
        let whole = board(&scenario, &device).await;
        let mut txn = scenario.store.begin().await.unwrap();
        let mut damaged = txn.board(scenario.document).await.unwrap().unwrap();
        damaged.body = b"{}".to_vec();
        txn.put_board(scenario.document, &damaged).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(board(&scenario, &device).await, whole);
    }

    #[tokio::test]
    async fn only_my_families_are_there_and_only_when_signed_in() {
        let scenario = Scenario::new().await;
        let manager = scenario.manager_device().await;
        let seen = board(&scenario, &manager).await;
        assert_eq!(seen["families"], json!([]));
        assert_eq!(seen["workers"], json!([]));
        let nobody = scenario.get("/api/board").await;
        assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
        let cookie = scenario.sign_in("amira").await;
        let seen = scenario.send(Method::GET, "/api/board", &cookie, b"").await;
        assert_eq!(seen.json()["families"][0]["children"], json!([]));
    }
}
