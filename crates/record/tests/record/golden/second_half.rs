//! July to September: a disclosure, the second group supervision, what changed since.

use record::{
    ids::{ActionId, ConcernId, EntryId, RecordId},
    model::{
        Analysis, Contribution, Goal, GoalUpdate, ManagementDecision, ScaleValue, SignificantEvent,
        Supervision, SupervisionDecision, SupervisionPlan, Withdrawal,
    },
    terms::{
        ActionStatus, Agreement, Direction as Way, Domain, EntryKind, GoalStatus, Nature,
        SeenAlone, SignificantEventKind, Tool,
    },
};

use super::{
    book::{Book, action, concern, evening},
    family::{
        amira, craig, dana, day, joe, kelly, lena, morgan, person, priya, ruby, tyler, wayne,
        worker,
    },
    words::{news, reading, ring_school, said, seen, tool, view, way},
};

pub(super) fn tell(book: &mut Book) {
    july(book);
    let goal = goal(book);
    supervision(book);
    august(book, goal);
    september(book);
}

fn event(kind: SignificantEventKind, text: &str, effect: Option<&str>) -> SignificantEvent {
    SignificantEvent {
        about: vec![],
        kind,
        text: text.into(),
        effect: effect.map(Into::into),
    }
}

fn july(book: &mut Book) {
    let (amira, joe, morgan) = (amira(), joe(), morgan());
    book.entry(&amira, day(7, 3), EntryKind::StatutoryVisitCp, |it| {
        it.present = vec![person(kelly())];
        it.children = vec![
            seen(
                ruby(),
                SeenAlone::Yes,
                Some("Craig pushed Mum on the stairs"),
            ),
            seen(tyler(), SeenAlone::TooYoung, None),
        ];
        it.significant_event = Some(event(
            SignificantEventKind::Disclosure,
            "Ruby said that Craig pushed Kelly on the stairs",
            Some("Ruby is afraid to go upstairs"),
        ));
    });
    book.entry(&joe, day(7, 6), EntryKind::SpecialistSession, |it| {
        it.present = vec![person(craig())];
        it.views = vec![view(
            craig(),
            Agreement::SeesDifferently,
            Some("it's the stress"),
        )];
        it.significant_event = Some(event(
            SignificantEventKind::OverdoseOrRelapse,
            "Craig drank for three days",
            None,
        ));
    });
    let decision = ManagementDecision {
        question: "Is a strategy discussion needed after the disclosure?".into(),
        options: vec![
            "go on as planned".into(),
            "hold a strategy discussion".into(),
        ],
        decision: "A strategy discussion is held on 8 July".into(),
        rationale: "an injury to Kelly was possible".into(),
        on: day(7, 7),
        by: morgan.professional,
        at: evening(day(7, 7)),
    };
    book.add::<RecordId>(&morgan, day(7, 7), decision);
    let again = news(
        &dana(),
        day(7, 8),
        ring_school(),
        ActionStatus::Open,
        "School heard nothing",
    );
    book.add::<RecordId>(&dana(), day(7, 8), again);
    book.entry(&joe, day(7, 31), EntryKind::MonthlySummary, |it| {
        it.statements = vec![said(
            "Five of six sessions kept",
            Nature::ObservedFact,
            vec![craig()],
        )];
        it.analysis = Some(Analysis {
            changed: Some("Craig names wine as drink now".into()),
            meaning: vec![],
            uncertain: None,
        });
    });
    book.entry(&amira, day(8, 10), EntryKind::HomeVisit, |it| {
        it.present = vec![person(wayne())];
        it.children = vec![seen(
            ruby(),
            SeenAlone::ChildDeclined,
            Some("it's quiet here"),
        )];
    });
}

fn goal(book: &mut Book) -> RecordId {
    let amira = amira();
    let goal = Goal {
        text: "The children sleep through the night".into(),
        domain: Some(Domain::Stability),
        children: vec![ruby(), tyler()],
        entry: None,
        by: amira.professional,
        at: evening(day(7, 20)),
    };
    book.add(&amira, day(7, 20), goal)
}

fn supervision(book: &mut Book) {
    let (morgan, on) = (morgan(), day(8, 12));
    let mut plan = |date| {
        let plan = SupervisionPlan {
            date,
            chair: morgan.professional,
            by: morgan.professional,
            at: evening(day(8, 3)),
        };
        book.add::<RecordId>(&morgan, day(8, 3), plan)
    };
    let (august, september) = (plan(on), plan(day(9, 30)));
    for (plan, who, when, worried) in [
        (
            august,
            amira(),
            day(8, 11),
            "Ruby does not want to be seen alone",
        ),
        (august, priya(), day(8, 11), "Kelly's mood is low since May"),
        (
            september,
            joe(),
            day(9, 22),
            "two sessions missed in September",
        ),
    ] {
        let contribution = Contribution {
            plan,
            discipline: who.discipline.clone(),
            going_well: None,
            worried_about: Some(worried.into()),
            reading: ScaleValue::from_tenths(40).ok(),
            direction: None,
            because: None,
            by: who.professional,
            at: evening(when),
        };
        book.add::<RecordId>(&who, when, contribution);
    }
    let supervision = Supervision {
        plan: Some(august),
        date: on,
        chair: morgan.professional,
        attendees: vec![worker(&amira()), worker(&joe()), worker(&priya())],
        apologies: vec![],
        disagreements: vec![],
        minority_views: vec![],
        decisions: vec![
            SupervisionDecision {
                text: "Ruby spends more weekends at her father's".into(),
                rationale: "Ruby sleeps there".into(),
            },
            SupervisionDecision {
                text: "Visits stay fortnightly".into(),
                rationale: "the abuse goes on".into(),
            },
        ],
        next: Some(day(9, 30)),
        by: morgan.professional,
        at: evening(on),
    };
    book.add::<RecordId>(&morgan, on, supervision);
}

fn august(book: &mut Book, goal: RecordId) {
    let (amira, joe, dana, on) = (amira(), joe(), dana(), day(8, 20));
    let entry = book.entry(&amira, on, EntryKind::StatutoryVisitCp, |it| {
        it.present = vec![person(kelly())];
        it.children = vec![
            seen(ruby(), SeenAlone::NotAttempted, None),
            seen(tyler(), SeenAlone::TooYoung, Some("Nana came")),
        ];
        it.views = vec![view(kelly(), Agreement::SharesFully, Some("I see it now"))];
        it.readings = vec![reading(person(kelly()), 35), reading(worker(&amira), 40)];
        it.direction = vec![way(Domain::Alcohol, Way::NoChange, "bottles as before")];
    });
    let mut missed = concern(
        &amira,
        on,
        entry,
        "Ruby misses school after weekends with shouting",
    );
    missed.domain = Some(Domain::EducationAndAttendance);
    missed.children = vec![ruby()];
    book.add::<ConcernId>(&amira, on, missed);
    let mut nan = action(
        &amira,
        on,
        Some(entry),
        "Ask Pat to take Ruby to school on Mondays",
    );
    nan.owner = Some(worker(&amira));
    nan.due = Some(day(8, 24));
    book.add::<ActionId>(&amira, on, nan);
    let done = news(
        &dana,
        day(8, 21),
        ring_school(),
        ActionStatus::Done,
        "School has a quiet room",
    );
    book.add::<RecordId>(&dana, day(8, 21), done);
    book.entry(&joe, day(8, 28), EntryKind::SpecialistSession, |it| {
        it.present = vec![person(craig())];
        let mut audit = tool(Tool::Audit, craig(), 14);
        audit.previous = Some(24);
        it.tools = vec![audit];
        it.views = vec![view(
            craig(),
            Agreement::SharesPartly,
            Some("Ruby told me she hides"),
        )];
        it.direction = vec![way(Domain::Alcohol, Way::Improving, "ten days without")];
    });
    for (who, status, note) in [
        (amira, GoalStatus::Working, "Ruby still wakes"),
        (joe, GoalStatus::Reached, "Craig says that nights are calm"),
    ] {
        let update = GoalUpdate {
            goal,
            status,
            note: Some(note.into()),
            by: who.professional,
            at: evening(day(8, 29)),
        };
        book.add::<RecordId>(&who, day(8, 29), update);
    }
}

fn september(book: &mut Book) {
    let (lena, morgan) = (lena(), morgan());
    book.entry(&priya(), day(9, 2), EntryKind::SpecialistSession, |it| {
        it.present = vec![person(kelly())];
        it.tools = vec![tool(Tool::Phq9, kelly(), 12)];
    });
    let wrong: EntryId = book.entry(&lena, day(9, 4), EntryKind::HomeVisit, |it| {
        it.children = vec![seen(tyler(), SeenAlone::TooYoung, None)];
        it.significant_event = Some(event(SignificantEventKind::Birth, "A boy was born", None));
    });
    let withdrawal = Withdrawal {
        entry: wrong,
        reason: "written about another family".into(),
        by: morgan.professional,
        at: evening(day(9, 5)),
    };
    book.add::<RecordId>(&morgan, day(9, 5), withdrawal);
    book.entry(&lena, day(9, 15), EntryKind::HomeVisit, |it| {
        it.present = vec![person(kelly())];
        it.children = vec![seen(tyler(), SeenAlone::TooYoung, None)];
        it.significant_event = Some(event(
            SignificantEventKind::PositiveMilestone,
            "Tyler is back on his weight line",
            None,
        ));
    });
    book.entry(&amira(), day(9, 18), EntryKind::UnannouncedVisit, |it| {
        it.announced = Some(false);
        it.present = vec![person(craig())];
        it.children = vec![
            seen(ruby(), SeenAlone::NotAttempted, None),
            seen(tyler(), SeenAlone::TooYoung, None),
        ];
        it.significant_event = Some(event(
            SignificantEventKind::HospitalAttendance,
            "A scald was treated in hospital that morning",
            None,
        ));
    });
}
