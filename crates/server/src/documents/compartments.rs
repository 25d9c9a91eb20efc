//! Stories of compartments: who gets them, what may be written there, and that nobody else learns
//! that they are there.

use axum::http::{Method, StatusCode};
use jiff::Timestamp;
use record::{
    Change, Context, Document, Rule,
    ids::{DocumentId, PersonId, ProfessionalId, mint},
    model::{Appendment, Record},
    terms::{AppendmentReason, Compartment},
};
use serde_json::json;
use sync::wire::{Cursor, PullRequest, PullResponse};

use crate::{
    admin::{self, AdminError, NewCompartment},
    scenario::{Enrolled, Pen, Scenario},
};

/// Amira, Marcus the manager and Vera, who works with the victim, are allocated; a child stands in
/// the team's document; there is a victim-safe compartment with Vera in it.
struct Story {
    scenario: Scenario,
    amira: Enrolled,
    vera: Enrolled,
    team: Pen,
    child: PersonId,
    compartment: DocumentId,
}

const VERA: u8 = 6;

async fn story() -> Story {
    let scenario = Scenario::new().await;
    let new = admin::NewAccount {
        id: professional(VERA),
        sign_in: "vera".into(),
        name: "Vera Novak".into(),
        discipline: record::terms::Discipline::ChildrensSocialWorker,
        password_hash: admin::hash_password(crate::scenario::PASSWORD, [7; 16]).unwrap(),
    };
    admin::create_account(&*scenario.store, new).await.unwrap();
    for sign_in in ["vera", "marcus"] {
        admin::allocate(&*scenario.store, sign_in, scenario.family, 1)
            .await
            .unwrap();
    }
    let (amira, mut team) = scenario.worker_with_pen().await;
    let (child, added) = team.add_child();
    scenario.push(&amira, &[&added]).await;
    let compartment = open(&scenario, Compartment::VictimSafe, "marcus", 20)
        .await
        .unwrap();
    let vera = scenario.enrol("vera", 4).await;
    let story = Story {
        scenario,
        amira,
        vera,
        team,
        child,
        compartment,
    };
    story.let_in("vera").await.unwrap();
    story
}

fn professional(n: u8) -> ProfessionalId {
    ProfessionalId::from(mint(1, [n; 10]))
}

async fn open(
    scenario: &Scenario,
    compartment: Compartment,
    sign_in: &str,
    n: u8,
) -> Result<DocumentId, AdminError> {
    let document = DocumentId::from(mint(1, [n; 10]));
    let new = NewCompartment {
        family: scenario.family,
        compartment,
        sign_in: sign_in.into(),
        document,
        epoch: 42,
        actor: [n; 16],
        at: scenario.now(),
    };
    admin::open_compartment(&*scenario.store, new).await?;
    Ok(document)
}

impl Story {
    async fn let_in(&self, sign_in: &str) -> Result<(), AdminError> {
        let (engine, family) = (&*self.scenario.store, self.scenario.family);
        admin::add_member(engine, sign_in, family, &Compartment::VictimSafe, 2).await
    }

    async fn pull(&self, device: &Enrolled, held: &[DocumentId]) -> PullResponse {
        let cursor = |document: &DocumentId| Cursor {
            document: *document,
            epoch: 42,
            seq: 0,
        };
        let documents = held.iter().map(cursor).collect();
        self.scenario.pull(device, &PullRequest { documents }).await
    }

    async fn seen_by(&self, device: &Enrolled) -> Vec<String> {
        let pulled = self.pull(device, &[]).await;
        pulled
            .documents
            .into_iter()
            .map(|it| it.compartment)
            .collect()
    }

    /// A visit to `child` that Vera writes into her copy of the compartment, whatever it may say.
    async fn visit(&self, child: PersonId) -> (String, Vec<u8>) {
        let mut pen = Pen::new(professional(VERA), self.vera.id);
        let (id, record) = pen.visit_record(child);
        let copy = self.copy().await;
        (id.to_string(), self.written(copy, &pen, &[record]))
    }

    /// The compartment as Vera pulls it.
    async fn copy(&self) -> Document {
        let pulled = self.pull(&self.vera, &[]).await;
        let part = pulled
            .documents
            .into_iter()
            .find(|part| part.document == self.compartment)
            .unwrap();
        let mut copy = Document::genesis();
        for change in part.changes {
            copy.apply(&Change::decode(&change.bytes.0).unwrap())
                .unwrap();
        }
        copy
    }

    /// Records as a change, with a team that knows everybody: what a tampered device could send.
    fn written(&self, mut copy: Document, pen: &Pen, records: &[Record]) -> Vec<u8> {
        let mut everybody = self.team.copy.clone();
        let stranger = record::model::Person {
            role: record::terms::PersonRole::Child,
            by: self.team.writer.professional,
            at: at(),
        };
        let known = [Record::new(unknown_child(), stranger)];
        record::propose(&mut everybody, &known, &self.team.writer, &[99; 16], at()).unwrap();
        let context = Context::compartment(Compartment::VictimSafe, &everybody);
        let change =
            record::propose_in(&context, &mut copy, records, &pen.writer, &[77; 16], at()).unwrap();
        change.bytes().to_vec()
    }
}

fn at() -> Timestamp {
    Timestamp::from_second(1_772_000_000).unwrap()
}

fn unknown_child() -> PersonId {
    mint(7, [7; 10]).into()
}

#[tokio::test]
async fn only_members_get_it_and_only_while_they_are() {
    let story = story().await;
    assert_eq!(story.seen_by(&story.vera).await, ["team", "victim-safe"]);
    assert_eq!(story.seen_by(&story.amira).await, ["team"]);
    let manager = story.scenario.manager_device().await;
    assert_eq!(
        story.seen_by(&manager).await,
        ["team"],
        "rank opens nothing"
    );

    let (engine, family) = (&*story.scenario.store, story.scenario.family);
    let ended = admin::end_membership(engine, "vera", family, &Compartment::VictimSafe, 3).await;
    assert!(ended.unwrap());
    let after = story.pull(&story.vera, &[story.compartment]).await;
    assert_eq!(after.gone, [story.compartment]);
    assert_eq!(after.documents.len(), 1);

    story.let_in("vera").await.unwrap();
    assert_eq!(story.seen_by(&story.vera).await, ["team", "victim-safe"]);
    admin::deallocate(engine, "vera", family, 4).await.unwrap();
    let after = story.pull(&story.vera, &[story.compartment]).await;
    assert_eq!(after.gone, [story.compartment]);
    assert!(after.documents.is_empty());
    // Who comes back to the family comes back to the team alone.
    admin::allocate(engine, "vera", family, 5).await.unwrap();
    assert_eq!(story.seen_by(&story.vera).await, ["team"]);
}

#[tokio::test]
async fn who_is_no_member_cannot_tell_that_it_is_there() {
    let story = story().await;
    let unknown = DocumentId::from(mint(9, [9; 10]));
    let (_, change) = story.visit(story.child).await;
    for device in [&story.amira, &story.scenario.manager_device().await] {
        let push = async |document| {
            story
                .scenario
                .push_to(device, document, vec![change.clone()])
                .await
        };
        let refused = push(story.compartment).await;
        assert_eq!(refused[0]["refusal"]["rule"], json!(Rule::NotAllocated));
        assert_eq!(refused, push(unknown).await);
        let both = story.pull(device, &[story.compartment, unknown]).await;
        assert_eq!(both.gone, [story.compartment, unknown]);
    }
    // The server holds nothing of it.
    assert_eq!(story.copy().await.changes().len(), 1);
}

#[tokio::test]
async fn what_a_member_writes_names_the_team_and_the_team_never_names_it() {
    let mut story = story().await;
    let (entry, change) = story.visit(story.child).await;
    let push = async |story: &Story, changes: Vec<Vec<u8>>| {
        let answers = story
            .scenario
            .push_to(&story.vera, story.compartment, changes);
        answers.await
    };
    let accepted = json!([{"answer": "accepted", "seq": 2}]);
    assert_eq!(push(&story, vec![change.clone()]).await, accepted);
    assert_eq!(
        push(&story, vec![change]).await,
        accepted,
        "sending again is harmless"
    );
    let held = story.copy().await.read();
    assert!(held.entries.contains_key(&entry.parse().unwrap()));

    // Neither the summary nor the entry's address knows it, even for Vera: they read the team's.
    let cookie = story.scenario.sign_in("vera").await;
    let path = format!("/api/families/{}/entries/{entry}", story.scenario.family);
    let answer = story.scenario.send(Method::GET, &path, &cookie, b"").await;
    assert_eq!(answer.problem(), "urn:workbook:problem:no-such-entry");
    let path = format!("/api/families/{}/summary", story.scenario.family);
    let answer = story.scenario.send(Method::GET, &path, &cookie, b"").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(!answer.text().contains(&entry));

    // An appendment in the team's document to an entry that only the compartment holds.
    let appendment = Appendment {
        entry: entry.parse().unwrap(),
        reason: AppendmentReason::LateInformation,
        text: "from the compartment".into(),
        by: story.team.writer.professional,
        at: at(),
    };
    let id = story.team.fresh();
    let mut tampered = story.team.copy.clone();
    let (twin_id, mut twin) = story.team.visit_record(story.child);
    twin.id.clone_from(&entry);
    assert_ne!(twin_id.to_string(), entry);
    let actor = [55; 16];
    record::propose(&mut tampered, &[twin], &story.team.writer, &actor, at()).unwrap();
    let records = [Record::new(id, appendment)];
    let forged =
        record::propose(&mut tampered, &records, &story.team.writer, &actor, at()).unwrap();
    let answers = story.scenario.push(&story.amira, &[&forged]).await;
    assert_eq!(answers[0]["answer"], "refused");
}

#[tokio::test]
async fn what_breaks_the_compartments_rules_is_refused() {
    let story = story().await;
    let rule = async |change: Vec<u8>| {
        let answers = story
            .scenario
            .push_to(&story.vera, story.compartment, vec![change]);
        answers.await[0]["refusal"]["rule"].clone()
    };
    let (_, nobody) = story.visit(unknown_child()).await;
    assert_eq!(rule(nobody).await, json!(Rule::UnknownReference));

    // What was written for the team's document, in the compartment.
    let mut pen = Pen::new(professional(VERA), story.vera.id);
    let (_, child) = pen.add_child();
    let mut elsewhere = pen.copy.clone();
    let cover = record::model::Cover {
        family: story.scenario.family,
        compartment: Compartment::Team,
        schema: 1,
        by: professional(4),
        at: at(),
    };
    assert_eq!(
        rule(child.bytes().to_vec()).await,
        json!(null),
        "people may stand there"
    );
    let marcus = record::Writer {
        professional: professional(4),
        discipline: record::terms::Discipline::TeamManager,
        device: story.vera.id,
    };
    let cover = [Record::new("cover", cover)];
    let change = record::propose(&mut elsewhere, &cover, &marcus, &[3; 16], at()).unwrap();
    // The cover that the operator wrote stays.
    assert_eq!(rule(change.bytes().to_vec()).await, json!(Rule::AppendOnly));
    assert_eq!(rule(vec![1, 2, 3]).await, json!(Rule::MalformedChange));
}

#[tokio::test]
async fn an_authors_own_is_nobody_elses_whatever_the_lists_say() {
    let story = story().await;
    let engine = &*story.scenario.store;
    let own = open(&story.scenario, Compartment::AuthorOnly, "vera", 30)
        .await
        .unwrap();
    open(&story.scenario, Compartment::AuthorOnly, "amira", 31)
        .await
        .unwrap();
    // A row that no function of ours would write.
    let mut txn = store::server::Store::begin(engine).await.unwrap();
    let forged = store::server::Membership {
        document: own,
        professional: story.scenario.worker,
        from: 1,
    };
    txn.add_member(&forged).await.unwrap();
    txn.commit().await.unwrap();
    let vera = story.pull(&story.vera, &[]).await;
    let held: Vec<_> = vera.documents.iter().map(|it| it.document).collect();
    assert_eq!(held, [story.scenario.document, own, story.compartment]);
    assert_eq!(story.seen_by(&story.amira).await, ["team", "author-only"]);
    let amira = story.pull(&story.amira, &[own]).await;
    assert_eq!(amira.gone, [own]);

    let mut pen = Pen::new(professional(VERA), story.vera.id);
    let (_, note) = pen.visit_record(story.child);
    let mut copy = Document::genesis();
    for change in &vera.documents[1].changes {
        copy.apply(&Change::decode(&change.bytes.0).unwrap())
            .unwrap();
    }
    let context = Context::author_only(professional(VERA), &story.team.copy);
    let change =
        record::propose_in(&context, &mut copy, &[note], &pen.writer, &[8; 16], at()).unwrap();
    let bytes = vec![change.bytes().to_vec()];
    let refused = story
        .scenario
        .push_to(&story.amira, own, bytes.clone())
        .await;
    assert_eq!(refused[0]["refusal"]["rule"], json!(Rule::NotAllocated));
    let taken = story.scenario.push_to(&story.vera, own, bytes).await;
    assert_eq!(taken, json!([{"answer": "accepted", "seq": 2}]));
}

#[tokio::test]
async fn an_operator_is_told_what_can_not_be() {
    let story = story().await;
    let (scenario, engine, family) = (
        &story.scenario,
        &*story.scenario.store,
        story.scenario.family,
    );
    let opened =
        async |compartment, by: &str| open(scenario, compartment, by, 40).await.unwrap_err();
    assert!(matches!(
        opened(Compartment::VictimSafe, "marcus").await,
        AdminError::CompartmentExists(_)
    ));
    assert!(matches!(
        opened(Compartment::Team, "marcus").await,
        AdminError::CompartmentExists(_)
    ));
    assert!(matches!(
        opened(Compartment::Health, "amira").await,
        AdminError::NotAManager(_)
    ));
    let added = Compartment::Added("secret".into());
    assert!(matches!(
        opened(added, "marcus").await,
        AdminError::NoCompartment(_)
    ));
    assert!(matches!(
        opened(Compartment::Health, "nobody").await,
        AdminError::NoAccount(_)
    ));
    scenario.add_service_manager().await;
    assert!(matches!(
        opened(Compartment::AuthorOnly, "sofia").await,
        AdminError::NotAllocated(_)
    ));

    let add = async |who: &str, compartment: Compartment| {
        admin::add_member(engine, who, family, &compartment, 1).await
    };
    let wrong = add("sofia", Compartment::VictimSafe).await.unwrap_err();
    assert!(matches!(wrong, AdminError::NotAllocated(_)));
    let wrong = add("amira", Compartment::PerpetratorWork)
        .await
        .unwrap_err();
    assert!(matches!(wrong, AdminError::NoCompartment(_)));
    for compartment in [Compartment::Team, Compartment::AuthorOnly] {
        let wrong = add("amira", compartment).await.unwrap_err();
        assert!(matches!(wrong, AdminError::NoMembers(_)));
    }
    open(scenario, Compartment::PerpetratorWork, "marcus", 41)
        .await
        .unwrap();
    let wrong = add("vera", Compartment::PerpetratorWork).await.unwrap_err();
    assert!(matches!(wrong, AdminError::OtherSide { .. }), "{wrong}");
    add("amira", Compartment::PerpetratorWork).await.unwrap();
    let wrong = add("amira", Compartment::VictimSafe).await.unwrap_err();
    assert!(matches!(wrong, AdminError::OtherSide { .. }), "{wrong}");

    let listed: Vec<_> = admin::compartments(engine, family)
        .await
        .unwrap()
        .into_iter()
        .map(|it| {
            (
                it.compartment.code().to_owned(),
                it.members.len(),
                it.owner.is_some(),
            )
        })
        .collect();
    assert_eq!(
        listed,
        [
            ("perpetrator-work".to_owned(), 1, false),
            ("victim-safe".to_owned(), 1, false)
        ]
    );
}
