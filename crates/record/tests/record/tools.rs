//! PHQ-9's item 9, and professional judgement above a score.

use record::{
    Rule,
    ids::EntryId,
    model::{Party, Record, ToolUse},
    summary::summary,
    terms::Tool,
};

use crate::family::{date, donna, id, recovery_worker, set_up, visit, write};

fn used(tool: Tool, score: u32, item9: Option<u32>) -> ToolUse {
    ToolUse {
        tool,
        with: vec![Party::Person(donna())],
        score: Some(score),
        previous: None,
        item9,
        judgement: None,
        reflection: None,
    }
}

fn session(day: i8, used: ToolUse) -> Record {
    let mut entry = visit(&recovery_worker(), day);
    entry.tools = vec![used];
    Record::new(id::<EntryId>(20 + day.unsigned_abs()), entry)
}

#[test]
fn item_9_is_answered_0_to_3_and_only_of_the_phq_9() {
    let writer = recovery_worker();
    for (tool, answer) in [(Tool::Phq9, 4), (Tool::Gad7, 1), (Tool::Phq9, u32::MAX)] {
        let record = session(1, used(tool, 9, Some(answer)));
        let refusal = write(&mut set_up(), &[record], &writer).unwrap_err();
        assert_eq!(refusal.rule, Rule::InvalidValue);
        assert_eq!(refusal.field.as_deref(), Some("tools/0/item9"));
    }
    for answer in 0..=3 {
        let record = session(1, used(Tool::Phq9, 9, Some(answer)));
        assert!(write(&mut set_up(), &[record], &writer).is_ok());
    }
}

#[test]
fn the_prompt_stands_until_item_9_is_answered_with_0() {
    let mut document = set_up();
    let mut prompts = Vec::new();
    for (day, answer) in [(1, Some(2)), (2, None), (3, Some(0))] {
        let record = session(day, used(Tool::Phq9, 9, answer));
        write(&mut document, &[record], &recovery_worker()).unwrap();
        prompts.push(summary(&document.read(), date(30)).prompts);
    }
    assert_eq!(prompts[0].len(), 1);
    assert!(prompts[0][0].text.contains("item 9 was answered 2 of 3"));
    assert_eq!(prompts[1], prompts[0], "no answer clears nothing");
    assert_eq!(prompts[2], vec![]);
}

#[test]
fn judgement_speaks_before_the_score() {
    let mut dash = used(Tool::Dash, 6, None);
    dash.judgement = Some("high".into());
    let mut document = set_up();
    write(&mut document, &[session(1, dash)], &recovery_worker()).unwrap();
    let summary = summary(&document.read(), date(30));
    let text = &summary.tools[0].line.text;
    assert!(
        text.find("judgement: high") < text.find("score 6"),
        "{text}"
    );
}
