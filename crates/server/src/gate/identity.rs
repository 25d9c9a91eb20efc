//! Accounts, devices and sessions: what is needed to know who asks. Nothing here is a family's.

use record::ids::{DeviceId, ProfessionalId};
use store::{
    StoreError,
    server::{Account, Device, Session},
};

use super::Passage;

impl Passage {
    /// The account with this id.
    pub(crate) async fn account(
        &mut self,
        id: ProfessionalId,
    ) -> Result<Option<Account>, StoreError> {
        self.txn.account(id).await
    }

    /// The account with this sign-in name, as [`crate::admin::sign_in_name`] writes it.
    pub(crate) async fn account_by_name(
        &mut self,
        sign_in: &str,
    ) -> Result<Option<Account>, StoreError> {
        self.txn.account_by_name(sign_in).await
    }

    /// Adds a device.
    pub(crate) async fn enrol_device(&mut self, device: &Device) -> Result<(), StoreError> {
        self.txn.enrol_device(device).await
    }

    /// The device with this id, revoked or not.
    pub(crate) async fn device(&mut self, id: DeviceId) -> Result<Option<Device>, StoreError> {
        self.txn.device(id).await
    }

    /// Adds a browser session.
    pub(crate) async fn create_session(&mut self, session: &Session) -> Result<(), StoreError> {
        self.txn.create_session(session).await
    }

    /// The session whose token hashes to this, unless it has expired at `now` (milliseconds).
    pub(crate) async fn session(
        &mut self,
        token_sha256: [u8; 32],
        now: i64,
    ) -> Result<Option<Session>, StoreError> {
        self.txn.session(token_sha256, now).await
    }

    /// Ends a session. No error when there is none.
    pub(crate) async fn end_session(&mut self, token_sha256: [u8; 32]) -> Result<(), StoreError> {
        self.txn.end_session(token_sha256).await
    }
}
