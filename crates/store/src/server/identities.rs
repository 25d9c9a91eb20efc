//! Who someone is at an identity provider, and when a session was last used.

use async_trait::async_trait;
use record::ids::ProfessionalId;

use crate::StoreError;

/// An account's name at an identity provider. An administrator has set it; nobody's own claim does.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider's issuer, exactly as in its tokens.
    pub issuer: String,
    /// The value of the claim that the provider never gives to another person.
    pub subject: String,
    /// The account.
    pub professional: ProfessionalId,
    /// When it was set, in milliseconds since 1970.
    pub linked: i64,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A subject names a person and stays out of logs.
        f.debug_struct("Identity")
            .field("professional", &self.professional)
            .finish_non_exhaustive()
    }
}

/// What the contract says about identities and the use of sessions.
#[async_trait]
pub trait IdentityTxn: Send {
    /// Links an identity to an account. Issuer and subject together must be new; needs the account.
    async fn link_identity(&mut self, identity: &Identity) -> Result<(), StoreError>;
    /// Whose identity this is.
    async fn identity(
        &mut self,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<ProfessionalId>, StoreError>;
    /// The identities of an account, by issuer and subject.
    async fn identities_of(
        &mut self,
        professional: ProfessionalId,
    ) -> Result<Vec<Identity>, StoreError>;
    /// Unlinks an identity. Returns whether it was linked.
    async fn unlink_identity(&mut self, issuer: &str, subject: &str) -> Result<bool, StoreError>;

    /// Notes that a session was used at `at` (milliseconds since 1970). An earlier time than the one
    /// noted changes nothing. Needs the session.
    async fn session_used(&mut self, token_sha256: [u8; 32], at: i64) -> Result<(), StoreError>;
    /// When a session was last used; none for one that was not used or has ended.
    async fn session_last_used(
        &mut self,
        token_sha256: [u8; 32],
    ) -> Result<Option<i64>, StoreError>;
    /// Forgets the sessions that had expired at `now`. Returns how many.
    async fn drop_expired_sessions(&mut self, now: i64) -> Result<u64, StoreError>;
}
