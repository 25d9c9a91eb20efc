//! Erasing by an operator, on the memory engine: what goes, what stays, what the certificate proves.
#![expect(clippy::unwrap_used, reason = "a set-up that fails is a failed test")]

mod failing;
mod town;

use record::{Document, ids::EntryId, model::Collection};
use server::admin::{
    self, AdminError,
    erase::{CertificateError, What, check, survey},
};
use store::{
    audit::{Chain, Row, kind},
    server::Store,
};
use town::{
    NOW, TODAY, Town, concern, craig, device, family, health, id, order, professional, team, tyler,
    visit,
};

fn statement(index: usize) -> What {
    What::Statement {
        family: family(),
        entry: visit(),
        index,
    }
}

fn holds(document: &Document, text: &str) -> bool {
    document
        .changes()
        .iter()
        .any(|change| String::from_utf8_lossy(change.bytes()).contains(text))
        || format!("{:?}", document.read()).contains(text)
}

async fn rows(town: &Town, chain: Chain) -> Vec<Row> {
    let mut txn = town.store.begin().await.unwrap();
    txn.audit_after(chain, 0, 1_000).await.unwrap()
}

#[tokio::test]
async fn a_statement_goes_and_everything_else_stays_in_its_authors_name() {
    let town = Town::settled().await;
    let before = town.log(team()).await;
    assert!(holds(&town.stored(team()).await, "owes money"));
    let (certificate, file) = town.erase(order(statement(1))).await.unwrap();

    let document = town.stored(team()).await;
    assert!(!holds(&document, "owes money"));
    let workbook = document.read();
    assert_eq!(workbook.entries[&visit()].statements.len(), 1);
    assert_eq!(workbook.unreadable, vec![]);
    let after = town.log(team()).await;
    assert_eq!(after.len(), before.len());
    for (old, new) in before.iter().zip(&after) {
        assert_ne!(old.hash, new.hash);
        assert_eq!(
            (old.author, old.device, old.received),
            (new.author, new.device, new.received)
        );
    }
    let mut txn = town.store.begin().await.unwrap();
    let row = txn.document(team()).await.unwrap().unwrap();
    assert_ne!(row.epoch, 42);
    assert_eq!(txn.lineage(team()).await.unwrap(), Some(row.epoch));
    let heads = txn.heads(team()).await.unwrap().unwrap();
    assert_eq!((heads.seq, heads.hashes), (row.head, document.heads()));
    assert_eq!(txn.board(team()).await.unwrap().unwrap().seq, row.head);
    assert!(txn.is_retired(team(), before[1].hash).await.unwrap());
    let forgotten = txn.forgotten(team()).await.unwrap();
    assert!(forgotten.contains(visit().as_uuid()));
    drop(txn);

    let part = &certificate.documents[0];
    assert_eq!(certificate.documents.len(), 1);
    assert_eq!((part.dropped, part.altered), (0, 1));
    assert_eq!(part.new_epoch, Some(row.epoch));
    assert!(certificate.scrubbed && certificate.ended.is_some());
    let devices = &certificate.remaining.devices;
    assert_eq!(devices.len(), 1);
    assert_eq!(devices[0].device, device(10));
    let text = String::from_utf8(file.clone()).unwrap();
    assert!(
        !text.contains("Brennan") && !text.contains("money"),
        "{text}"
    );
    assert!(check(&town.store, &file).await.unwrap().finished);
}

#[tokio::test]
async fn an_entry_takes_its_concern_along_and_the_compartments_view_of_it() {
    let town = Town::settled().await;
    let what = What::Entry {
        family: family(),
        entry: visit(),
    };
    let (certificate, file) = town.erase(order(what)).await.unwrap();
    let compartments: Vec<_> = certificate
        .documents
        .iter()
        .map(|it| it.compartment.as_str())
        .collect();
    assert_eq!(compartments, ["health", "team"]);
    let document = town.stored(team()).await;
    assert_eq!(document.count(Collection::Entries), 0);
    assert_eq!(document.count(Collection::Concerns), 0);
    let noted = town.stored(health()).await.read();
    let entry = &noted.entries[&id::<EntryId>(41)];
    assert_eq!((entry.views.len(), entry.statements.len()), (0, 1));
    assert!(!holds(&town.stored(health()).await, &concern().to_string()));
    check(&town.store, &file).await.unwrap();
}

#[tokio::test]
async fn a_person_goes_and_who_still_names_them_is_listed_for_a_reader() {
    let town = Town::settled().await;
    let what = What::Person {
        family: family(),
        person: craig(),
    };
    let (certificate, _) = town.erase(order(what)).await.unwrap();
    let document = town.stored(team()).await;
    assert!(!holds(&document, "Craig") && !holds(&document, &craig().to_string()));
    assert_eq!(document.count(Collection::People), 1);
    assert!(document.contains(Collection::People, &tyler().to_string()));
    // The nurse's words in a document that does not itself say what Craig is called.
    let mentions: Vec<_> = certificate
        .mentions
        .iter()
        .map(|it| (it.document, it.record.clone()))
        .collect();
    assert_eq!(
        mentions,
        [(health(), format!("entries/{}", id::<EntryId>(41)))]
    );
    assert!(holds(&town.stored(health()).await, "Craig sleeps badly"));
    assert_eq!(certificate.documents.len(), 1);
}

#[tokio::test]
async fn a_family_goes_with_every_row_and_the_audit_log_stays() {
    let town = Town::settled().await;
    let what = What::Family { family: family() };
    let (certificate, file) = town.erase(order(what)).await.unwrap();
    assert_eq!(certificate.documents.len(), 2);
    assert_eq!(certificate.rows["families"], 1);
    assert_eq!(certificate.rows["documents"], 2);
    assert_eq!(certificate.rows["changes"], 4);
    let devices: Vec<_> = certificate
        .remaining
        .devices
        .iter()
        .map(|it| it.device)
        .collect();
    assert_eq!(devices, [device(10), device(11)]);
    let mut txn = town.store.begin().await.unwrap();
    assert_eq!(txn.family(family()).await.unwrap(), None);
    assert!(txn.was_erased(team()).await.unwrap());
    assert!(txn.was_erased(health()).await.unwrap());
    drop(txn);
    let row = rows(&town, Chain::of_document(team())).await.pop().unwrap();
    assert_eq!(row.event.kind, kind::DOCUMENT_ERASED);
    assert_eq!(row.event.about, Some(certificate.id));
    assert!(check(&town.store, &file).await.unwrap().finished);
    let gone = town.erase(order(what)).await.unwrap_err();
    assert!(matches!(gone, AdminError::NoFamily(_)), "{gone}");
}

#[tokio::test]
async fn while_a_hold_is_open_nothing_is_erased() {
    let town = Town::settled().await;
    let before = town.log(team()).await;
    admin::set_hold(&town.store, family(), "LEG-3", NOW)
        .await
        .unwrap();
    let again = admin::set_hold(&town.store, family(), "LEG-4", NOW).await;
    assert!(matches!(again, Err(AdminError::HeldAlready(first)) if first == "LEG-3"));
    for what in [
        What::Family { family: family() },
        statement(0),
        What::Person {
            family: family(),
            person: craig(),
        },
    ] {
        let refused = town.erase(order(what)).await.unwrap_err();
        assert!(refused.to_string().contains("LEG-3"), "{refused}");
    }
    assert_eq!(town.log(team()).await, before);
    let listed = admin::holds(&town.store).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert!(admin::lift_hold(&town.store, family(), NOW).await.unwrap());
    assert!(!admin::lift_hold(&town.store, family(), NOW).await.unwrap());
    town.erase(order(statement(0))).await.unwrap();
    let kinds: Vec<_> = rows(&town, Chain::of_document(team()))
        .await
        .into_iter()
        .map(|row| row.event.kind)
        .collect();
    let held = [kind::HOLD_SET, kind::HOLD_LIFTED, kind::DOCUMENT_REWRITTEN];
    assert!(kinds.ends_with(&held), "{kinds:?}");
}

#[tokio::test]
async fn a_second_statement_of_an_entry_goes_only_when_it_is_meant() {
    let town = Town::settled().await;
    town.erase(order(statement(0))).await.unwrap();
    let refused = town.erase(order(statement(0))).await.unwrap_err();
    assert!(
        matches!(refused, AdminError::StatementAgain(_)),
        "{refused}"
    );
    assert!(holds(&town.stored(team()).await, "owes money"));
    let mut meant = order(statement(0));
    meant.again = true;
    town.erase(meant).await.unwrap();
    assert!(!holds(&town.stored(team()).await, "owes money"));
}

#[tokio::test]
async fn an_altered_certificate_and_one_of_elsewhere_are_found_out() {
    let town = Town::settled().await;
    let (_, file) = town.erase(order(statement(0))).await.unwrap();
    let text = String::from_utf8(file.clone()).unwrap();
    for (from, to) in [
        ("DP-7", "DP-8"),
        ("\"altered\": 1", "\"altered\": 2"),
        ("\"scrubbed\": true", "\"scrubbed\": false"),
        ("  \"version\"", "   \"version\""),
    ] {
        let altered = text.replace(from, to);
        assert_ne!(altered, text, "{from}");
        let error = check(&town.store, altered.as_bytes()).await.unwrap_err();
        let found = matches!(error, AdminError::Certificate(CertificateError::Altered(_)));
        assert!(found, "{from}: {error}");
    }
    let elsewhere = Town::settled().await;
    let error = check(&elsewhere.store, &file).await.unwrap_err();
    let unknown = matches!(error, AdminError::Certificate(CertificateError::Unknown(_)));
    assert!(unknown, "{error}");
    let error = check(&town.store, b"{}").await.unwrap_err();
    assert!(error.to_string().contains("no certificate"), "{error}");
}

#[tokio::test]
async fn in_a_database_from_before_a_certificate_is_repeated_once() {
    let town = Town::settled().await;
    let (certificate, _) = town.erase(order(statement(0))).await.unwrap();
    // The same as it was before; a restore gives each document a new epoch.
    let restored = Town::settled().await;
    admin::begin_epochs(&restored.store, || Ok(77))
        .await
        .unwrap();
    let mut repeat = order(certificate.what);
    repeat.repeats = Some(certificate.clone());
    let (repeated, file) = restored.erase(repeat.clone()).await.unwrap();
    assert_eq!(repeated.repeats, Some(certificate.id));
    assert!(check(&restored.store, &file).await.unwrap().finished);
    let document = restored.stored(team()).await;
    assert!(!holds(&document, "The stairs") && holds(&document, "owes money"));
    for place in [&restored, &town] {
        repeat.id = id(77);
        let nothing = place.erase(repeat.clone()).await.unwrap_err();
        assert!(matches!(nothing, AdminError::NothingThere), "{nothing}");
        assert!(holds(&place.stored(team()).await, "owes money"));
    }
}

#[tokio::test]
async fn a_look_changes_nothing_and_tells_the_same() {
    let town = Town::settled().await;
    let (team_log, health_log) = (town.log(team()).await, town.log(health()).await);
    let what = What::Entry {
        family: family(),
        entry: visit(),
    };
    let looked = survey(&town.store, &order(what)).await.unwrap();
    let one = survey(&town.store, &order(statement(1))).await.unwrap();
    assert_eq!(one.statement, Some((35, 2)));
    let none = survey(&town.store, &order(statement(9))).await.unwrap_err();
    assert!(matches!(none, AdminError::NothingThere), "{none}");
    assert_eq!(town.log(team()).await, team_log);
    assert_eq!(town.log(health()).await, health_log);
    let (certificate, _) = town.erase(order(what)).await.unwrap();
    let told: Vec<_> = looked
        .documents
        .iter()
        .map(|it| (it.document, it.dropped.unwrap(), it.altered))
        .collect();
    let done: Vec<_> = certificate
        .documents
        .iter()
        .map(|it| (it.document, it.dropped, it.altered))
        .collect();
    assert_eq!(told, done);
}

#[tokio::test]
async fn families_are_listed_with_their_day_and_their_hold() {
    let town = Town::settled().await;
    admin::set_hold(&town.store, family(), "LEG-3", NOW)
        .await
        .unwrap();
    let configuration = record::Configuration::built_in().unwrap();
    let rules = record::RetentionRules::built_in(&configuration).unwrap();
    let listed = admin::families_retained(&town.store, &rules, TODAY)
        .await
        .unwrap();
    assert_eq!(listed.len(), 1);
    // Tyler's work goes on.
    assert_eq!(listed[0].until, None);
    assert!(!listed[0].is_ripe(TODAY));
    assert_eq!(listed[0].children[0].child, tyler());
    assert_eq!(listed[0].hold.as_ref().unwrap().reference, "LEG-3");
    assert_eq!(professional(10), town::worker().professional);
}
