//! Identities and the use of sessions in memory.

use async_trait::async_trait;
use record::ids::ProfessionalId;

use super::{MemoryTxn, state::insert_new};
use crate::{
    StoreError,
    server::{Identity, IdentityTxn},
};

#[async_trait]
impl IdentityTxn for MemoryTxn {
    async fn link_identity(&mut self, identity: &Identity) -> Result<(), StoreError> {
        self.state.must_have_account(identity.professional)?;
        let key = (identity.issuer.clone(), identity.subject.clone());
        insert_new(
            &mut self.state.identities,
            key,
            identity.clone(),
            "identity",
        )
    }

    async fn identity(
        &mut self,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<ProfessionalId>, StoreError> {
        let key = (issuer.to_owned(), subject.to_owned());
        let found = self.state.identities.get(&key);
        Ok(found.map(|identity| identity.professional))
    }

    async fn identities_of(
        &mut self,
        professional: ProfessionalId,
    ) -> Result<Vec<Identity>, StoreError> {
        let all = self.state.identities.values();
        Ok(all
            .filter(|it| it.professional == professional)
            .cloned()
            .collect())
    }

    async fn unlink_identity(&mut self, issuer: &str, subject: &str) -> Result<bool, StoreError> {
        let key = (issuer.to_owned(), subject.to_owned());
        Ok(self.state.identities.remove(&key).is_some())
    }

    async fn session_used(&mut self, token_sha256: [u8; 32], at: i64) -> Result<(), StoreError> {
        if !self.state.sessions.contains_key(&token_sha256) {
            return Err(StoreError::Missing { what: "session" });
        }
        let used = self.state.session_use.entry(token_sha256).or_insert(at);
        *used = at.max(*used);
        Ok(())
    }

    async fn session_last_used(
        &mut self,
        token_sha256: [u8; 32],
    ) -> Result<Option<i64>, StoreError> {
        Ok(self.state.session_use.get(&token_sha256).copied())
    }

    async fn drop_expired_sessions(&mut self, now: i64) -> Result<u64, StoreError> {
        let sessions = &mut self.state.sessions;
        let before = sessions.len();
        sessions.retain(|_, session| session.expires > now);
        let after = sessions.len();
        self.state
            .session_use
            .retain(|token, _| sessions.contains_key(token));
        Ok(u64::try_from(before - after).unwrap_or(u64::MAX))
    }
}
