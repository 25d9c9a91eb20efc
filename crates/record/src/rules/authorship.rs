//! Whether the writer may write this: as themselves, on their device, within their role.

use super::{Context, Writer, entry_of};
use crate::{
    Refusal, Rule,
    model::{Collection, Content, Record},
    terms::AppendmentReason,
};

pub(super) fn check(
    record: &Record,
    writer: &Writer,
    context: &Context<'_>,
) -> Result<(), Refusal> {
    check_author(record, writer)
        .and_then(|()| check_role(record, writer, context))
        .map_err(|refusal| refusal.on(record.path()))
}

fn check_author(record: &Record, writer: &Writer) -> Result<(), Refusal> {
    let not_you = |field: &str| {
        Err(Refusal::new(
            Rule::AuthorIsNotYou,
            "everybody writes under their own name: sign in as yourself and write it again",
        )
        .at(field))
    };
    if record.content.by() != writer.professional {
        return not_you("by");
    }
    if let Content::Contributions(contribution) = &record.content
        && contribution.discipline != writer.discipline
    {
        return not_you("discipline");
    }
    if let Content::Supervisions(supervision) = &record.content
        && supervision.chair != writer.professional
    {
        return not_you("chair");
    }
    if let Some(entry) = entry_of(record) {
        if entry.discipline != writer.discipline {
            return not_you("discipline");
        }
        if entry.device != writer.device {
            return not_you("device");
        }
    }
    Ok(())
}

fn check_role(record: &Record, writer: &Writer, context: &Context<'_>) -> Result<(), Refusal> {
    let needs_manager = match &record.content {
        Content::Appendments(appendment) => appendment.reason == AppendmentReason::ManagersComment,
        // Who owns an author-only document sets it up; the context has checked that they do.
        Content::Covers(_) => !context.is_author_only(),
        other => matches!(
            other.collection(),
            Collection::Professionals
                | Collection::Withdrawals
                | Collection::SupervisionPlans
                | Collection::Supervisions
                | Collection::ManagementDecisions
        ),
    };
    if needs_manager && !writer.is_manager() {
        return Err(Refusal::new(
            Rule::ManagerOnly,
            "only a manager may do this: ask the team manager",
        ));
    }
    Ok(())
}
