//! Whether a configuration can be meant. Enumerations are open, so that a mistyped code would read
//! as an added term and silently match nothing: every code in a rule must be known or added.

use super::{
    Configuration, ConfigurationError, Effective, Enumeration, Interval, Origin, RecordingRule,
    Shape, Unit, VisitRule,
};
use crate::{
    retention::RetentionRule,
    terms::{Compartment, EntryKind, is_code},
};

/// The longest interval of a rule, in its unit, and the longest time-out: beyond is a slip of the
/// keyboard.
const MAX_AMOUNT: u16 = 400;

/// The longest time for which a record is kept by a rule, in years.
const MAX_YEARS: u16 = 150;

pub(super) fn check(configuration: &Shape) -> Result<(), ConfigurationError> {
    check_terms(configuration)?;
    check_modules(configuration)?;
    for rule in &configuration.visits {
        check_visit(configuration, rule).map_err(|why| bad_rule(&rule.code, why))?;
    }
    for rule in &configuration.recording {
        check_recording(configuration, rule).map_err(|why| bad_rule(&rule.code, why))?;
    }
    check_versions(
        configuration
            .visits
            .iter()
            .map(|it| (&it.code, it.effective)),
    )?;
    check_versions(
        configuration
            .recording
            .iter()
            .map(|it| (&it.code, it.effective)),
    )?;
    check_values(configuration)
}

fn bad_rule(code: &str, why: String) -> ConfigurationError {
    ConfigurationError::BadRule {
        rule: code.to_owned(),
        why,
    }
}

fn check_terms(configuration: &Shape) -> Result<(), ConfigurationError> {
    for (enumeration, terms) in &configuration.terms {
        for (index, term) in terms.iter().enumerate() {
            let why = if !is_code(&term.code) {
                "a code is lower-case words joined by hyphens: write it so"
            } else if enumeration.is_built_in(&term.code) {
                "the program has this term already: leave it out"
            } else if terms[..index].iter().any(|it| it.code == term.code) {
                "it is added twice: keep one"
            } else if term.label.trim().is_empty() {
                "it has no label: say what people are to read"
            } else {
                continue;
            };
            return Err(ConfigurationError::BadTerm {
                enumeration: enumeration.name(),
                code: term.code.clone(),
                why,
            });
        }
    }
    Ok(())
}

fn check_modules(configuration: &Shape) -> Result<(), ConfigurationError> {
    let modules = &configuration.modules;
    for (index, module) in modules.iter().enumerate() {
        let why = if !is_code(&module.code) {
            "a code is lower-case words joined by hyphens: write it so"
        } else if modules[..index].iter().any(|it| it.code == module.code) {
            "it is there twice: keep one"
        } else if module.title.trim().is_empty() {
            "it has no title: say what people are to read"
        } else {
            continue;
        };
        return Err(ConfigurationError::BadModule {
            code: module.code.clone(),
            why,
        });
    }
    Ok(())
}

fn check_visit(configuration: &Shape, rule: &VisitRule) -> Result<(), String> {
    check_rule(&rule.code, &rule.origin, rule.effective)?;
    if rule.title.trim().is_empty() {
        return Err("it has no title: say what the visit is called".to_owned());
    }
    if rule.plans.is_empty() || rule.kinds.is_empty() {
        return Err("it names no plan or no kind of entry: name at least one of each".to_owned());
    }
    for plan in &rule.plans {
        known(configuration, Enumeration::PlanStatus, plan.code())?;
    }
    for event in &rule.starts_anew_on {
        known(
            configuration,
            Enumeration::SignificantEventKind,
            event.code(),
        )?;
    }
    for kind in &rule.kinds {
        known(configuration, Enumeration::EntryKind, kind.code())?;
        // An attempted visit or a core group never counts, whatever a configuration says.
        if !kind.is_visit() && !matches!(kind, EntryKind::Added(_)) {
            return Err(format!(
                "{:?} never counts as a visit: leave it out",
                kind.label()
            ));
        }
    }
    let later = rule.later.as_ref();
    if let Some(later) = later
        && !later.plans.iter().all(|plan| rule.plans.contains(plan))
    {
        return Err("its later interval names a plan that the rule does not: add it".to_owned());
    }
    let intervals = [
        Some(rule.every),
        rule.first_within,
        later.map(|it| it.every),
        later.map(|it| it.after),
    ];
    for interval in intervals.into_iter().flatten() {
        check_interval(interval, Unit::Hours)?;
    }
    Ok(())
}

fn check_recording(configuration: &Shape, rule: &RecordingRule) -> Result<(), String> {
    check_rule(&rule.code, &rule.origin, rule.effective)?;
    for kind in &rule.kinds {
        known(configuration, Enumeration::EntryKind, kind.code())?;
    }
    for safety in &rule.immediate_safety {
        known(configuration, Enumeration::ImmediateSafety, safety.code())?;
    }
    check_interval(rule.within, Unit::Months)
}

/// Whether these rules about keeping can be meant. The configuration says which plans there are.
pub(crate) fn check_retention(
    configuration: &Configuration,
    rules: &[RetentionRule],
) -> Result<(), ConfigurationError> {
    for rule in rules {
        check_keeping(&configuration.0, rule).map_err(|why| bad_rule(&rule.code, why))?;
    }
    check_versions(rules.iter().map(|it| (&it.code, it.effective)))
}

fn check_keeping(configuration: &Shape, rule: &RetentionRule) -> Result<(), String> {
    check_rule(&rule.code, &rule.origin, rule.effective)?;
    if rule.title.trim().is_empty() {
        return Err("it has no title: say for whom it is".to_owned());
    }
    for plan in &rule.plans {
        known(configuration, Enumeration::PlanStatus, plan.code())?;
    }
    if rule.until_age.is_none() && rule.years_after_closure.is_none() {
        return Err("it names no end: give untilAge, yearsAfterClosure or both".to_owned());
    }
    if rule.died_young.is_some() && rule.until_age.is_none() {
        return Err("its diedYoung stands in the place of no birthday: give untilAge".to_owned());
    }
    let years = [
        rule.until_age,
        rule.years_after_closure,
        rule.died_young.map(|it| it.before_age),
        rule.died_young.map(|it| it.years_after),
    ];
    for years in years.into_iter().flatten() {
        if !(1..=MAX_YEARS).contains(&years) {
            return Err(format!("a number of years is 1 to {MAX_YEARS}: correct it"));
        }
    }
    Ok(())
}

fn check_rule(code: &str, origin: &Origin, effective: Effective) -> Result<(), String> {
    if !is_code(code) {
        return Err("a code is lower-case words joined by hyphens: write it so".to_owned());
    }
    if origin.citation.trim().is_empty() {
        return Err("its origin has no citation: say where the rule can be read".to_owned());
    }
    if effective.until.is_some_and(|until| until < effective.from) {
        return Err("it ends before it begins: correct its dates".to_owned());
    }
    Ok(())
}

fn check_interval(interval: Interval, not: Unit) -> Result<(), String> {
    if interval.unit == not {
        return Err("this unit is not for such a rule: use days".to_owned());
    }
    if interval.amount == 0 || interval.amount > MAX_AMOUNT {
        return Err(format!("an interval is 1 to {MAX_AMOUNT}: correct it"));
    }
    Ok(())
}

fn known(configuration: &Shape, enumeration: Enumeration, code: &str) -> Result<(), String> {
    if enumeration.is_built_in(code)
        || configuration
            .added(enumeration)
            .iter()
            .any(|it| it.code == code)
    {
        return Ok(());
    }
    Err(format!(
        "{code:?} is not among the {}: correct it or add it to the terms",
        enumeration.name()
    ))
}

/// Two versions of one rule are never in force at once.
fn check_versions<'a>(
    rules: impl Iterator<Item = (&'a String, Effective)>,
) -> Result<(), ConfigurationError> {
    let rules: Vec<_> = rules.collect();
    for (index, (code, effective)) in rules.iter().enumerate() {
        let twice =
            |(other, when): &(&String, Effective)| other == code && when.overlaps(*effective);
        if rules[..index].iter().any(twice) {
            return Err(bad_rule(
                code,
                "two versions of it are in force at once: end the first the day before the second \
                 begins"
                    .to_owned(),
            ));
        }
    }
    Ok(())
}

fn check_values(configuration: &Shape) -> Result<(), ConfigurationError> {
    let days = 1..=u32::from(MAX_AMOUNT);
    let (field, why) = if !days.contains(&configuration.draft_time_out_days) {
        (
            "draftTimeOutDays",
            "a draft times out after 1 to 400 days: correct it",
        )
    } else if !days.contains(&configuration.father_absent_days) {
        (
            "fatherAbsentDays",
            "quality asks after 1 to 400 days: correct it",
        )
    } else if configuration
        .team_may_know_of
        .iter()
        .any(|it| matches!(it, Compartment::Added(_)))
    {
        (
            "teamMayKnowOf",
            "there is no such compartment: correct its code",
        )
    } else {
        return Ok(());
    };
    Err(ConfigurationError::BadValue { field, why })
}
