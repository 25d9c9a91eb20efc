//! Whether a certificate is the one that was written: its parts stand in the chains of their documents,
//! the whole in the house's.

use sha2::{Digest as _, Sha256};
use store::{
    StoreError,
    audit::{Chain, Code, Row, kind},
    server::{Store, Txn},
};
use uuid::Uuid;

use super::{AdminError, Certificate, CertificateError, What};

/// How many rows are read at once.
const PAGE: u32 = 1_000;

/// What a certificate proves.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The certificate.
    pub certificate: Certificate,
    /// Whether all of it was done when it was written. Otherwise its documents alone are proven.
    pub finished: bool,
}

/// Compares a certificate's file with the audit log.
pub async fn check(store: &dyn Store, file: &[u8]) -> Result<Checked, AdminError> {
    let certificate = Certificate::from_bytes(file)?;
    if certificate.to_bytes() != file {
        let how = "it is not written as this program writes it".to_owned();
        return Err(CertificateError::Altered(how).into());
    }
    let kind = match certificate.what {
        What::Family { .. } => kind::DOCUMENT_ERASED,
        _ => kind::DOCUMENT_REWRITTEN,
    };
    let mut txn = store.begin().await?;
    for part in &certificate.documents {
        let chain = Chain::of_document(part.document);
        let row = noted(&mut *txn, chain, &kind, certificate.id).await?;
        same(row.as_ref(), part.sha256(), || {
            format!("document {}", part.document)
        })?;
    }
    let finished = certificate.ended.is_some();
    if finished {
        let whole = kind::ERASURE_CERTIFIED;
        let row = noted(&mut *txn, Chain::HOUSE, &whole, certificate.id).await?;
        same(row.as_ref(), Sha256::digest(file).into(), || {
            "the whole".to_owned()
        })?;
    }
    Ok(Checked {
        certificate,
        finished,
    })
}

fn same(
    row: Option<&Row>,
    hash: [u8; 32],
    what: impl Fn() -> String,
) -> Result<(), CertificateError> {
    match row {
        None => Err(CertificateError::Unknown(what())),
        Some(row) if row.event.head == Some(hash) => Ok(()),
        Some(_) => Err(CertificateError::Altered(what())),
    }
}

/// The last row of a kind in a chain that is about a certificate.
async fn noted(
    txn: &mut dyn Txn,
    chain: Chain,
    kind: &Code,
    certificate: Uuid,
) -> Result<Option<Row>, StoreError> {
    let mut after = 0;
    let mut found = None;
    loop {
        let page = txn.audit_after(chain, after, PAGE).await?;
        let Some(last) = page.last().map(|row| row.seq) else {
            return Ok(found);
        };
        after = last;
        let about = |row: &Row| row.event.kind == *kind && row.event.about == Some(certificate);
        found = page.into_iter().rfind(about).or(found);
    }
}
