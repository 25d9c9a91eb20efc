//! Identities at providers, and when sessions were last used.

use async_trait::async_trait;
use record::ids::ProfessionalId;
use store::{
    StoreError,
    server::{Identity, IdentityTxn},
};

use super::PostgresTxn;
use crate::values::{driver, driver_or_missing, must_be_new};

/// PostgreSQL's text can't hold a NUL, so nobody has such an identity; asking would be an error that
/// ends the transaction.
fn can_be_stored(issuer: &str, subject: &str) -> bool {
    !issuer.contains('\0') && !subject.contains('\0')
}

#[async_trait]
impl IdentityTxn for PostgresTxn {
    async fn link_identity(&mut self, identity: &Identity) -> Result<(), StoreError> {
        let done = sqlx::query!(
            "INSERT INTO identities (issuer, subject, professional, linked)
             VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            identity.issuer,
            identity.subject,
            identity.professional.as_uuid(),
            identity.linked,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver_or_missing("linking an identity", "account"))?;
        must_be_new(done.rows_affected(), "identity")
    }

    async fn identity(
        &mut self,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<ProfessionalId>, StoreError> {
        if !can_be_stored(issuer, subject) {
            return Ok(None);
        }
        let found = sqlx::query_scalar!(
            "SELECT professional FROM identities WHERE issuer = $1 AND subject = $2",
            issuer,
            subject,
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading an identity"))?;
        Ok(found.map(ProfessionalId::from))
    }

    async fn identities_of(
        &mut self,
        professional: ProfessionalId,
    ) -> Result<Vec<Identity>, StoreError> {
        let rows = sqlx::query!(
            "SELECT issuer, subject, linked FROM identities WHERE professional = $1
             ORDER BY issuer, subject",
            professional.as_uuid(),
        )
        .fetch_all(&mut *self.db)
        .await
        .map_err(driver("listing an account's identities"))?;
        Ok(rows
            .into_iter()
            .map(|row| Identity {
                issuer: row.issuer,
                subject: row.subject,
                professional,
                linked: row.linked,
            })
            .collect())
    }

    async fn unlink_identity(&mut self, issuer: &str, subject: &str) -> Result<bool, StoreError> {
        if !can_be_stored(issuer, subject) {
            return Ok(false);
        }
        let done = sqlx::query!(
            "DELETE FROM identities WHERE issuer = $1 AND subject = $2",
            issuer,
            subject,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("unlinking an identity"))?;
        Ok(done.rows_affected() > 0)
    }

    async fn session_used(&mut self, token_sha256: [u8; 32], at: i64) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO session_use (token_sha256, used) VALUES ($1, $2)
             ON CONFLICT (token_sha256) DO UPDATE SET used = excluded.used
             WHERE session_use.used < excluded.used",
            token_sha256.as_slice(),
            at,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver_or_missing("noting a session's use", "session"))?;
        Ok(())
    }

    async fn session_last_used(
        &mut self,
        token_sha256: [u8; 32],
    ) -> Result<Option<i64>, StoreError> {
        sqlx::query_scalar!(
            "SELECT used FROM session_use WHERE token_sha256 = $1",
            token_sha256.as_slice(),
        )
        .fetch_optional(&mut *self.db)
        .await
        .map_err(driver("reading a session's use"))
    }

    /// Passes over sessions that somebody else holds (who ends or forgets the same ones, or uses one):
    /// each sign-in does this, and two that waited for each other's rows would deadlock.
    async fn drop_expired_sessions(&mut self, now: i64) -> Result<u64, StoreError> {
        let done = sqlx::query!(
            "DELETE FROM sessions WHERE token_sha256 IN (
                 SELECT token_sha256 FROM sessions WHERE expires <= $1 FOR UPDATE SKIP LOCKED
             )",
            now,
        )
        .execute(&mut *self.db)
        .await
        .map_err(driver("forgetting expired sessions"))?;
        Ok(done.rows_affected())
    }
}
