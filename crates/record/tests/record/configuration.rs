//! Configuration: what is accepted, and what each refusal tells its reader to do.

use record::{
    Configuration, ConfigurationError,
    configuration::{Enumeration, OriginKind},
    terms::Compartment,
};
use serde_json::{Value, json};

fn built_in() -> Value {
    serde_json::to_value(Configuration::built_in().unwrap()).unwrap()
}

/// The refusal of the built-in configuration after one change.
fn refusal(change: impl FnOnce(&mut Value)) -> String {
    let mut value = built_in();
    change(&mut value);
    Configuration::from_json(&value.to_string())
        .unwrap_err()
        .to_string()
}

#[test]
fn the_built_in_configuration_names_each_rules_origin_and_reads_back_as_itself() {
    let configuration = Configuration::built_in().unwrap();
    let origins: Vec<_> = configuration
        .visits()
        .iter()
        .map(|it| (it.code.as_str(), it.every.in_words(), it.origin.kind))
        .collect();
    assert_eq!(
        origins,
        [
            ("looked-after-visit", "42 days".into(), OriginKind::Law),
            (
                "child-protection-visit",
                "10 working days".into(),
                OriginKind::Local
            ),
            (
                "child-in-need-visit",
                "20 working days".into(),
                OriginKind::Local
            ),
        ]
    );
    assert_eq!(
        configuration.label(Enumeration::PlanStatus, "looked-after-until-18"),
        Some("looked after, placement intended to last until 18")
    );
    assert!(configuration.team_may_know_of(&Compartment::Team));
    assert!(!configuration.team_may_know_of(&Compartment::VictimSafe));
    let again = Configuration::from_json(&built_in().to_string()).unwrap();
    assert_eq!(again, configuration);
}

#[test]
fn another_version_is_named_before_anything_else_is_read() {
    let newer = r#"{"version": 2, "somethingNew": []}"#;
    let error = Configuration::from_json(newer).unwrap_err();
    assert!(matches!(
        error,
        ConfigurationError::UnknownVersion { found: 2 }
    ));
    assert!(error.to_string().contains("update the program"), "{error}");
    let none = Configuration::from_json("{}").unwrap_err();
    assert!(matches!(
        none,
        ConfigurationError::UnknownVersion { found: 0 }
    ));
    let broken = Configuration::from_json("{").unwrap_err();
    assert!(matches!(broken, ConfigurationError::NoJson(_)));
    assert!(refusal(|it| it["draftTimeOut"] = json!(3)).contains("unknown field"));
}

#[test]
fn a_rule_that_cannot_be_meant_is_refused_and_named() {
    type Break = fn(&mut Value);
    let cases: [(&str, Break); 12] = [
        ("not among the entry kinds", |it| {
            it["visits"][1]["kinds"] = json!(["statutory-visit-pc"]);
        }),
        ("not among the plan statuses", |it| {
            it["visits"][1]["plans"] = json!(["child-protection"]);
        }),
        ("never counts as a visit", |it| {
            it["visits"][1]["kinds"] = json!(["attempted-visit"]);
        }),
        ("never counts as a visit", |it| {
            it["visits"][1]["kinds"] = json!(["core-group"]);
        }),
        ("name at least one", |it| {
            it["visits"][1]["plans"] = json!([]);
        }),
        ("1 to 400", |it| {
            it["visits"][1]["every"]["amount"] = json!(0);
        }),
        ("use days", |it| {
            it["visits"][1]["every"]["unit"] = json!("hours");
        }),
        ("use days", |it| {
            it["recording"][0]["within"]["unit"] = json!("months");
        }),
        ("no citation", |it| {
            it["visits"][1]["origin"]["citation"] = json!(" ");
        }),
        ("ends before it begins", |it| {
            it["visits"][1]["effective"]["until"] = json!("2010-01-01");
        }),
        ("in force at once", |it| {
            let rule = it["visits"][1].clone();
            it["visits"].as_array_mut().unwrap().push(rule);
        }),
        ("a plan that the rule does not", |it| {
            it["visits"][0]["later"]["plans"] = json!(["child-in-need"]);
        }),
    ];
    for (expected, change) in cases {
        let message = refusal(change);
        assert!(message.contains(expected), "{expected}: {message}");
        assert!(message.starts_with("the rule "), "{message}");
    }
}

#[test]
fn terms_modules_and_numbers_are_checked() {
    let term = |code: &str, label: &str| json!({"tool": [{"code": code, "label": label}]});
    for (expected, terms) in [
        ("write it so", term("Signs of Safety", "Signs of Safety")),
        ("has this term already", term("genogram", "Genogram")),
        ("no label", term("signs-of-safety", "")),
    ] {
        let message = refusal(|it| {
            it["terms"]["tool"] = terms["tool"].clone();
        });
        assert!(message.contains(expected), "{expected}: {message}");
    }
    let twice = json!([{"code": "one", "title": "One"}, {"code": "one", "title": "Two"}]);
    assert!(refusal(|it| it["modules"] = twice).contains("keep one"));
    assert!(refusal(|it| it["draftTimeOutDays"] = json!(0)).contains("draftTimeOutDays"));
    assert!(refusal(|it| it["teamMayKnowOf"] = json!(["secret"])).contains("no such compartment"));
}

#[test]
fn two_versions_of_a_rule_may_follow_each_other() {
    let mut value = built_in();
    let mut stricter = value["visits"][2].clone();
    value["visits"][2]["effective"]["until"] = json!("2026-08-31");
    stricter["effective"]["from"] = json!("2026-09-01");
    stricter["every"]["amount"] = json!(15);
    value["visits"].as_array_mut().unwrap().push(stricter);
    let configuration = Configuration::from_json(&value.to_string()).unwrap();
    assert_eq!(configuration.visits().len(), 4);
}
