//! What `erase` says: ids and numbers, no name and no text of the record.

use std::path::Path;

use server::admin::erase::{Certificate, Survey, What};

/// What would go.
pub(super) fn would_go(survey: &Survey, what: &What) -> String {
    if let Some(hold) = &survey.hold {
        return format!(
            "the family is held ({}): nothing can be erased before `workbook hold lift`",
            hold.reference
        );
    }
    let mut lines = vec![format!("would erase this {}:", what.code())];
    for document in &survey.documents {
        lines.push(match document.dropped {
            None => format!(
                "  {}  {}: all of it, {} changes",
                document.document, document.compartment, document.changes
            ),
            Some(dropped) => format!(
                "  {}  {}: {dropped} records would go, {} would lose a reference or a part",
                document.document, document.compartment, document.altered
            ),
        });
    }
    if let (Some((characters, of)), What::Statement { index, .. }) = (survey.statement, what) {
        lines.push(format!(
            "  the statement is number {index} (from 0) of {of} and has {characters} characters"
        ));
    }
    if survey.mentions > 0 {
        lines.push(format!(
            "  {} records would still have the person's name: the certificate will list them",
            survey.mentions
        ));
    }
    lines.push("nothing was changed: give --yes to do it".to_owned());
    lines.join("\n")
}

/// What went.
pub(super) fn went(certificate: &Certificate, file: &Path) -> String {
    let mut lines = vec![format!(
        "erased this {} from {} documents; certificate: {}",
        certificate.what.code(),
        certificate.documents.len(),
        file.display()
    )];
    if !certificate.mentions.is_empty() {
        lines.push(format!(
            "{} records still have the person's name and were not erased: read them, they are listed in \
             the certificate",
            certificate.mentions.len()
        ));
    }
    let waiting = certificate.remaining.devices.len();
    lines.push(format!(
        "{waiting} devices had a copy: each drops it when it next reaches the server"
    ));
    lines.push(match certificate.remaining.backups_until {
        Some(day) => format!("backups have it until {day}"),
        None => "backups of before still have it: destroy them in time".to_owned(),
    });
    lines.join("\n")
}
