//! Reading: the summary and its citations.

use record::{
    ids::{EntryId, RecordId},
    model::{ActionUpdate, Party, Reading, Record, ScaleValue, ToolUse, View, Withdrawal},
    summary::{summary, to_text},
    terms::{ActionStatus, Agreement, Tool},
};

use crate::family::{
    action, at, concern, craig, date, donna, id, manager, recovery_worker, social_worker, visit,
    with_visit, write,
};

#[test]
fn the_matrix_shows_every_holder_and_both_authors_where_they_differ() {
    let (mut document, _) = with_visit();
    let writer = recovery_worker();
    let mut session = visit(&writer, 7);
    let view = |holder, agreement| View {
        concern: concern(),
        holder,
        agreement,
        words: None,
    };
    session.views = vec![
        view(Party::Person(craig()), Agreement::SeesDifferently),
        view(Party::Person(donna()), Agreement::SharesFully),
    ];
    session.readings = vec![Reading {
        scale: "safety".into(),
        holder: Party::Professional(writer.professional),
        value: ScaleValue::from_tenths(45).unwrap(),
        because: None,
    }];
    session.tools = vec![ToolUse {
        tool: Tool::Audit,
        with: vec![Party::Person(craig())],
        score: Some(22),
        previous: Some(27),
        item9: None,
        judgement: None,
        reflection: None,
    }];
    write(
        &mut document,
        &[Record::new(id::<EntryId>(22), session)],
        &writer,
    )
    .unwrap();

    let summary = summary(&document.read(), date(30));
    let views: Vec<_> = summary.concerns[0]
        .views
        .iter()
        .map(|it| (it.holder.as_str(), it.agreement.as_str()))
        .collect();
    assert_eq!(views.len(), 3, "{views:?}");
    assert!(views.contains(&("Donna Brennan", "shares partly")));
    assert!(views.contains(&("Donna Brennan", "shares fully")));
    assert!(views.contains(&("Craig Brennan", "sees it differently")));
    insta::assert_snapshot!(to_text(&summary));
}

#[test]
fn every_line_cites_a_record_that_exists() {
    let (document, _) = with_visit();
    let workbook = document.read();
    let summary = summary(&workbook, date(30));
    assert!(summary.lines().len() >= 6);
    for line in summary.lines() {
        assert!(!line.citations.is_empty(), "{line:?}");
        for citation in &line.citations {
            if let Some(entry) = citation.entry {
                assert!(workbook.entries.contains_key(&entry), "{line:?}");
            }
        }
    }
}

#[test]
fn a_withdrawn_entry_says_nothing_and_leaves_a_marker() {
    let (mut document, _) = with_visit();
    let withdrawal = Withdrawal {
        entry: id(21),
        reason: "written about the wrong family".into(),
        by: manager().professional,
        at: at(),
    };
    write(
        &mut document,
        &[Record::new(id::<RecordId>(71), withdrawal)],
        &manager(),
    )
    .unwrap();
    let summary = summary(&document.read(), date(30));
    assert_eq!(summary.contacts, vec![]);
    assert_eq!(summary.concerns, vec![]);
    assert!(
        summary
            .gaps
            .iter()
            .any(|line| line.text.contains("withdrawn by a manager"))
    );
}

#[test]
fn an_action_that_one_closes_and_another_reopens_shows_both() {
    let (mut document, _) = with_visit();
    for (n, writer, status) in [
        (72, social_worker(), ActionStatus::Done),
        (73, recovery_worker(), ActionStatus::InProgress),
    ] {
        let update = ActionUpdate {
            action: action(),
            status,
            note: None,
            by: writer.professional,
            at: at(),
        };
        write(
            &mut document,
            &[Record::new(id::<RecordId>(n), update)],
            &writer,
        )
        .unwrap();
    }
    let summary = summary(&document.read(), date(30));
    assert_eq!(summary.actions[0].status, ["in progress", "done"]);
    assert!(summary.actions[0].overdue);
}
