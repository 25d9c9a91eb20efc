//! Whose something is: tags keep a sibling's and an adult's matter out of a child's own file. And
//! small things of the model that readers rely on.

use jiff::civil::date as day;
use record::{
    Document, Rule, child_file, chronology, diff,
    ids::{HouseholdId, PersonId, RecordId},
    model::{Collection, Record},
    summary::summary,
};
use serde_json::{Value, json};

use crate::{
    family::{craig, donna, id, set_up, social_worker, tyler, visit, write},
    supersede::record,
};

fn ruby() -> PersonId {
    id(14)
}

fn by_social_worker(collection: Collection, n: u8, value: Value) -> Record {
    record(&social_worker(), collection, n, value)
}

/// The family with a second child.
fn two_children() -> Document {
    use Collection::{Facts, People};
    let mut document = set_up();
    let name = json!({"person": ruby(), "field": "name", "value": "Ruby Brennan"});
    let records = [
        by_social_worker(People, 14, json!({"role": "child"})),
        by_social_worker(Facts, 54, name),
    ];
    write(&mut document, &records, &social_worker()).unwrap();
    document
}

/// A visit to both children, with an event and actions that name nobody but in their tags.
fn visited(event_about: &[PersonId]) -> Document {
    let mut document = two_children();
    let mut entry = serde_json::to_value(visit(&social_worker(), 6)).unwrap();
    entry["children"] =
        json!([{"child": tyler(), "seen": "awake"}, {"child": ruby(), "seen": "awake"}]);
    entry["significantEvent"] =
        json!({"kind": "disclosure", "text": "The child spoke of a touch", "about": event_about});
    let concern = json!({"entry": id::<RecordId>(60), "statement": "Both are afraid",
        "children": [tyler(), ruby()]});
    let action = |text: &str, about: &[PersonId]| json!({"entry": id::<RecordId>(60), "text": text, "about": about});
    let records = [
        by_social_worker(Collection::Entries, 60, entry),
        by_social_worker(Collection::Concerns, 61, concern),
        by_social_worker(
            Collection::Actions,
            62,
            action("Take to the paediatrician", &[ruby()]),
        ),
        by_social_worker(
            Collection::Actions,
            63,
            action("Book the detox", &[craig()]),
        ),
        by_social_worker(
            Collection::Actions,
            64,
            action("Tell the school", &[tyler(), ruby()]),
        ),
        by_social_worker(Collection::Actions, 65, action("Come again", &[])),
    ];
    write(&mut document, &records, &social_worker()).unwrap();
    document
}

#[test]
fn an_action_stands_in_the_file_of_the_child_that_it_is_about() {
    let workbook = visited(&[]).read();
    let actions = |child| -> Vec<String> {
        let file = child_file(&workbook, child, day(2026, 9, 30));
        file.actions.iter().map(|it| it.line.text.clone()).collect()
    };
    assert_eq!(actions(tyler()), ["Tell the school.", "Come again."]);
    assert_eq!(
        actions(ruby()),
        [
            "Take to the paediatrician.",
            "Tell the school.",
            "Come again."
        ]
    );
    let all = summary(&workbook, day(2026, 9, 30)).actions;
    assert_eq!(all.len(), 4, "the family's summary has them all");
}

#[test]
fn an_event_stands_in_the_file_of_the_child_that_it_is_about() {
    let file = |about: &[PersonId], child| {
        let file = child_file(&visited(about).read(), child, day(2026, 9, 30));
        (file.chronology.len(), file.left_out.len())
    };
    // Nobody says whose it is: a marker in both files, the words in neither.
    assert_eq!((file(&[], tyler()), file(&[], ruby())), ((0, 1), (0, 1)));
    let hers = [ruby()];
    assert_eq!(
        (file(&hers, tyler()), file(&hers, ruby())),
        ((0, 0), (1, 0))
    );
    let workbook = visited(&hers).read();
    let told = chronology(&workbook);
    assert_eq!(told.events[0].people, [ruby()]);
}

#[test]
fn tags_name_people_of_the_record() {
    let mut document = two_children();
    let stranger: PersonId = id(99);
    let action = json!({"text": "Ring", "about": [stranger]});
    let action = [by_social_worker(Collection::Actions, 62, action)];
    let refusal = write(&mut document, &action, &social_worker()).unwrap_err();
    assert_eq!(refusal.rule, Rule::UnknownReference);
    assert_eq!(refusal.field.as_deref(), Some("about/0"));
    let mut entry = serde_json::to_value(visit(&social_worker(), 6)).unwrap();
    entry["significantEvent"] = json!({"kind": "birth", "text": "Born", "about": [stranger]});
    let entry = [by_social_worker(Collection::Entries, 60, entry)];
    let refusal = write(&mut document, &entry, &social_worker()).unwrap_err();
    assert_eq!(refusal.field.as_deref(), Some("significantEvent/about/0"));
}

#[test]
fn goals_stand_in_the_childs_file_and_among_what_changed() {
    let before = two_children();
    let mut after = before.clone();
    let goal = |text: &str, children: &[PersonId]| json!({"text": text, "children": children});
    let records = [
        by_social_worker(
            Collection::Goals,
            70,
            goal("Quiet nights", &[tyler(), ruby()]),
        ),
        by_social_worker(Collection::Goals, 71, goal("A place at nursery", &[ruby()])),
        by_social_worker(Collection::Goals, 72, goal("The rent is paid", &[])),
        by_social_worker(
            Collection::GoalUpdates,
            73,
            json!({"goal": id::<RecordId>(70), "status": "reached", "note": "four weeks"}),
        ),
    ];
    write(&mut after, &records, &social_worker()).unwrap();
    let workbook = after.read();
    let file = child_file(&workbook, tyler(), day(2026, 9, 30));
    let goals: Vec<_> = file.goals.iter().map(|it| it.line.text.as_str()).collect();
    assert_eq!(
        goals,
        [
            "Quiet nights. For Tyler Brennan. It stands as reached.",
            "The rent is paid. No news of it yet."
        ]
    );
    assert!(file.lines().contains(&&file.goals[0].news[0]));
    let news: Vec<_> = diff(&before.read(), &workbook)
        .goals
        .into_iter()
        .map(|it| it.text)
        .collect();
    assert_eq!(
        news,
        [
            "New goal: Quiet nights.",
            "New goal: A place at nursery.",
            "New goal: The rent is paid.",
            "Quiet nights. Amira Khan: reached: four weeks."
        ]
    );
}

#[test]
fn somebody_who_left_a_household_and_came_back_is_a_member_again() {
    let household: HouseholdId = id(80);
    let stay = |n, who: PersonId, from: Option<&str>, until: Option<&str>| {
        let mut value = json!({"household": household, "person": who});
        value["from"] = json!(from);
        value["until"] = json!(until);
        value.as_object_mut().unwrap().retain(|_, it| !it.is_null());
        by_social_worker(Collection::Memberships, n, value)
    };
    let mut document = two_children();
    let records = [
        by_social_worker(
            Collection::Households,
            80,
            json!({"name": "Donna's household"}),
        ),
        stay(81, donna(), None, None),
        stay(82, craig(), Some("2020-01-01"), None),
        stay(83, craig(), None, Some("2026-05-04")),
    ];
    write(&mut document, &records, &social_worker()).unwrap();
    assert_eq!(document.read().household_members(household), [donna()]);
    let back = [stay(84, craig(), Some("2026-08-01"), None)];
    write(&mut document, &back, &social_worker()).unwrap();
    assert_eq!(
        document.read().household_members(household),
        [craig(), donna()]
    );
    let gone = [stay(85, craig(), None, Some("2026-09-01"))];
    write(&mut document, &gone, &social_worker()).unwrap();
    assert_eq!(document.read().household_members(household), [donna()]);
    // A child who comes back has both stays in the file.
    let child = [
        stay(86, tyler(), Some("2020-01-01"), Some("2026-05-04")),
        stay(87, tyler(), Some("2026-08-01"), None),
    ];
    write(&mut document, &child, &social_worker()).unwrap();
    let file = child_file(&document.read(), tyler(), day(2026, 9, 30));
    let told: Vec<_> = file.households.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(
        told,
        [
            "Tyler Brennan lived in Donna's household from 1 January 2020 to 4 May 2026.",
            "Tyler Brennan has lived in Donna's household since 1 August 2026."
        ]
    );
}

#[test]
fn what_is_written_after_midnight_in_summer_is_cited_by_the_day_on_the_wall() {
    let mut document = set_up();
    let goal = json!({"text": "Quiet nights", "at": "2026-09-20T23:30:00Z"});
    let goal = [by_social_worker(Collection::Goals, 70, goal)];
    write(&mut document, &goal, &social_worker()).unwrap();
    let summary = summary(&document.read(), day(2026, 9, 30));
    assert_eq!(summary.goals[0].line.citations[0].date, day(2026, 9, 21));
}
