//! March to June: the first visits, what people see differently, the first group supervision.

use record::{
    ids::{ActionId, ConcernId, RecordId},
    model::{
        Analysis, Contribution, Disagreement, FactField, Meaning, MinorityView, SafetyPlan,
        ScaleValue, Statement, Strength, Supervision, SupervisionDecision, SupervisionPlan,
    },
    terms::{
        ActionStatus, Agreement, Direction as Way, Domain, EntryKind, Nature, Outcome, SeenAlone,
        StageOfChange, Tool,
    },
};

use super::{
    book::{Book, action, concern, evening, number},
    family::{
        amira, craig, dana, day, fact, joe, kelly, lena, morgan, person, priya, ruby, tyler, worker,
    },
    words::{drinking, news, reading, ring_school, said, seen, tool, view, way},
};

/// The first group supervision, as planned.
fn june_plan() -> RecordId {
    number(302)
}

pub(super) fn tell(book: &mut Book) {
    first_visit(book);
    specialists(book);
    supervision(book);
    let (amira, on) = (amira(), day(6, 18));
    book.entry(&amira, on, EntryKind::AttemptedVisit, |it| {
        it.outcome = Outcome::NoReply;
    });
    let done = news(
        &amira,
        day(6, 20),
        ring_school(),
        ActionStatus::Done,
        "School told",
    );
    book.add::<RecordId>(&amira, day(6, 20), done);
}

fn first_visit(book: &mut Book) {
    let (amira, on) = (amira(), day(3, 23));
    let entry = book.entry(&amira, on, EntryKind::StatutoryVisitCp, |it| {
        it.present = vec![person(kelly()), person(ruby()), person(tyler())];
        it.children = vec![
            seen(ruby(), SeenAlone::Yes, Some("I put my pillow over my head")),
            seen(tyler(), SeenAlone::TooYoung, Some("Craig loud")),
        ];
        it.statements = vec![
            said(
                "Bottles stood by the back door",
                Nature::ObservedFact,
                vec![craig()],
            ),
            said(
                "Ruby keeps her bag packed for her dad's",
                Nature::ObservedFact,
                vec![ruby()],
            ),
            said("She has wet the bed again", Nature::Reported, vec![]),
        ];
        it.analysis = Some(Analysis {
            changed: None,
            meaning: vec![
                Meaning {
                    child: ruby(),
                    text: "she keeps watch at night".into(),
                },
                Meaning {
                    child: tyler(),
                    text: "he copies the shouting".into(),
                },
            ],
            uncertain: Some("whether Craig drinks on weekdays".into()),
        });
        it.strengths = vec![Strength {
            text: "Kelly gets Ruby to school every day".into(),
            about: vec![kelly(), ruby()],
        }];
        it.readings = vec![reading(person(kelly()), 50), reading(worker(&amira), 30)];
    });
    let mut worry = concern(
        &amira,
        on,
        entry,
        "Craig drinks in the evening and shouts; the children lie awake",
    );
    worry.domain = Some(Domain::Alcohol);
    worry.children = vec![ruby(), tyler()];
    worry.adults = vec![craig()];
    book.put(&amira, on, drinking(), worry);
    let mut ring = action(
        &amira,
        on,
        Some(entry),
        "Ring the school about Ruby's sleep",
    );
    ring.owner = Some(worker(&amira));
    ring.due = Some(day(3, 27));
    ring.effect = Some("Ruby can sleep in at school's quiet room".into());
    book.put(&amira, on, ring_school(), ring);
    let second = book.entry(&amira, day(4, 8), EntryKind::StatutoryVisitCp, |it| {
        it.present = vec![person(kelly()), person(craig())];
        it.children = vec![seen(tyler(), SeenAlone::TooYoung, None)];
        it.views = vec![
            view(
                kelly(),
                Agreement::SharesPartly,
                Some("only when he's had a bad day"),
            ),
            view(
                craig(),
                Agreement::DoesNotShare,
                Some("I have a beer, that's all"),
            ),
        ];
    });
    let clinic = action(
        &amira,
        day(4, 8),
        Some(second),
        "Register Tyler with the dentist",
    );
    book.add::<ActionId>(&amira, day(4, 8), clinic);
}

/// Each discipline sees a part; the health visitor hears something else from Kelly.
fn specialists(book: &mut Book) {
    let joe = joe();
    book.entry(&joe, day(4, 2), EntryKind::SpecialistSession, |it| {
        it.present = vec![person(craig())];
        it.tools = vec![tool(Tool::Audit, craig(), 24)];
        it.stage_of_change = Some(StageOfChange::PreContemplation);
        it.direction = vec![way(Domain::Alcohol, Way::TooEarly, "one session")];
        it.statements = vec![
            said("His own father drank", Nature::Reported, vec![craig()]),
            Statement {
                source: Some(person(craig())),
                ..said(
                    "He wants Tyler to be proud of him",
                    Nature::Reported,
                    vec![craig(), tyler()],
                )
            },
        ];
    });
    let (lena, on) = (lena(), day(4, 14));
    let entry = book.entry(&lena, on, EntryKind::HomeVisit, |it| {
        it.present = vec![person(kelly())];
        it.children = vec![seen(tyler(), SeenAlone::TooYoung, None)];
        it.views = vec![view(
            kelly(),
            Agreement::SharesFully,
            Some("I'm scared what it does to them"),
        )];
    });
    let mut weight = concern(
        &lena,
        on,
        entry,
        "Tyler has not put on weight since January",
    );
    weight.domain = Some(Domain::ChildsHealth);
    weight.children = vec![tyler()];
    book.add::<ConcernId>(&lena, on, weight);
    let mut born = fact(&lena, on, tyler(), FactField::DateOfBirth, "2020-05-04");
    born.entry = Some(entry);
    book.add::<RecordId>(&lena, on, born);
    let (dana, on) = (dana(), day(5, 5));
    let entry = book.entry(&dana, on, EntryKind::SpecialistSession, |it| {
        it.present = vec![person(kelly())];
        let mut dash = tool(Tool::Dash, kelly(), 9);
        dash.judgement = Some("high: the strangling in March is not in the score".into());
        it.tools = vec![dash];
        it.direction = vec![way(
            Domain::DomesticAbuse,
            Way::Worsening,
            "he now holds her phone",
        )];
    });
    let plan = SafetyPlan {
        steps: vec![
            "Kelly texts the word 'umbrella' to Pat".into(),
            "Pat rings 999 and fetches the children from the corner".into(),
        ],
        agreed_with: vec![person(kelly()), worker(&dana)],
        must_not_be_shared_with: vec![person(craig())],
        supersedes: vec![],
        entry: Some(entry),
        by: dana.professional,
        at: evening(on),
    };
    book.add::<RecordId>(&dana, on, plan);
    book.entry(&priya(), day(5, 20), EntryKind::SpecialistSession, |it| {
        it.present = vec![person(kelly())];
        let mut phq = tool(Tool::Phq9, kelly(), 17);
        phq.item9 = Some(1);
        it.tools = vec![phq];
    });
}

fn supervision(book: &mut Book) {
    let (morgan, on) = (morgan(), day(6, 10));
    let plan = SupervisionPlan {
        date: on,
        chair: morgan.professional,
        by: morgan.professional,
        at: evening(day(6, 1)),
    };
    book.put(&morgan, day(6, 1), june_plan(), plan);
    for (who, well, worried, tenths) in [
        (
            joe(),
            "Craig came to both sessions",
            "he counts only spirits",
            50,
        ),
        (dana(), "Kelly rings back", "the abuse goes on unseen", 20),
    ] {
        let contribution = Contribution {
            plan: june_plan(),
            discipline: who.discipline.clone(),
            going_well: Some(well.into()),
            worried_about: Some(worried.into()),
            reading: ScaleValue::from_tenths(tenths).ok(),
            direction: Some(Way::Mixed),
            because: None,
            by: who.professional,
            at: evening(day(6, 8)),
        };
        book.add::<RecordId>(&who, day(6, 8), contribution);
    }
    let supervision = Supervision {
        plan: Some(june_plan()),
        date: on,
        chair: morgan.professional,
        attendees: vec![worker(&amira()), worker(&joe()), worker(&dana())],
        apologies: vec![worker(&priya())],
        disagreements: vec![Disagreement {
            between: vec![worker(&joe()), worker(&dana())],
            text: "whether Craig's drinking explains the violence".into(),
        }],
        minority_views: vec![MinorityView {
            holder: worker(&dana()),
            text: "Craig should leave the home now".into(),
        }],
        decisions: vec![SupervisionDecision {
            text: "Craig goes on with the recovery service".into(),
            rationale: "he came twice of his own will".into(),
        }],
        next: Some(day(8, 12)),
        by: morgan.professional,
        at: evening(on),
    };
    let held: RecordId = book.add(&morgan, on, supervision);
    let mut visit = action(&morgan, on, None, "See both children alone");
    visit.supervision = Some(held);
    visit.owner = Some(worker(&amira()));
    visit.due = Some(day(7, 10));
    book.add::<ActionId>(&morgan, on, visit);
}
