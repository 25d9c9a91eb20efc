//! Accounts, devices and sessions: what is needed to know who asks. Nothing here is a family's.

use access::{DeviceFacts, Granted, ListDevices, RevokeDevice, Subject};
use record::ids::{DeviceId, ProfessionalId};
use store::{
    StoreError,
    server::{Account, Device, Session},
};

use super::{Passage, Stopped, audit::Asked};

impl Passage {
    /// The account with this id.
    pub(crate) async fn account(
        &mut self,
        id: ProfessionalId,
    ) -> Result<Option<Account>, StoreError> {
        self.txn().await?.account(id).await
    }

    /// The account with this sign-in name, as [`crate::admin::sign_in_name`] writes it.
    pub(crate) async fn account_by_name(
        &mut self,
        sign_in: &str,
    ) -> Result<Option<Account>, StoreError> {
        self.txn().await?.account_by_name(sign_in).await
    }

    /// Adds a device.
    pub(crate) async fn enrol_device(&mut self, device: &Device) -> Result<(), StoreError> {
        self.txn().await?.enrol_device(device).await
    }

    /// The device with this id, revoked or not.
    pub(crate) async fn device(&mut self, id: DeviceId) -> Result<Option<Device>, StoreError> {
        self.txn().await?.device(id).await
    }

    /// Notes that a device signed a request at `at` (milliseconds since 1970).
    pub(crate) async fn device_seen(&mut self, id: DeviceId, at: i64) -> Result<(), StoreError> {
        self.txn().await?.device_seen(id, at).await
    }

    /// Asks to list one's own devices.
    pub(crate) async fn ask_devices(
        &mut self,
        subject: &Subject,
    ) -> Result<Granted<ListDevices>, Stopped> {
        self.decide::<ListDevices>(subject, (), Asked::default())
            .await
    }

    /// The professional's own devices, revoked or not, in the order of enrolment.
    pub(crate) async fn devices(
        &mut self,
        granted: &Granted<ListDevices>,
    ) -> Result<Vec<Device>, StoreError> {
        let professional = ProfessionalId::from_uuid(granted.subject().professional);
        self.txn().await?.devices_of(professional).await
    }

    /// Asks to take a device out of use. An unknown device is denied like a foreign one.
    pub(crate) async fn ask_revoke(
        &mut self,
        subject: &Subject,
        device: DeviceId,
    ) -> Result<Granted<RevokeDevice>, Stopped> {
        let asked = Asked {
            about: Some(*device.as_uuid()),
            family: None,
        };
        let Some(row) = self.txn().await?.device(device).await? else {
            let denied = access::Denied::NotTheirs;
            return Err(self.deny(subject, denied, asked).await?);
        };
        let facts = DeviceFacts {
            device: *row.id.as_uuid(),
            owner: *row.professional.as_uuid(),
        };
        self.decide::<RevokeDevice>(subject, facts, asked).await
    }

    /// Takes a device out of use at `at` (milliseconds since 1970). Twice is no error: the first
    /// time stays.
    pub(crate) async fn revoke(
        &mut self,
        granted: &Granted<RevokeDevice>,
        at: i64,
    ) -> Result<(), StoreError> {
        let device = DeviceId::from_uuid(granted.resource().device);
        self.txn().await?.revoke_device(device, at).await?;
        let owner = ProfessionalId::from_uuid(granted.resource().owner);
        self.record_revoked(granted.subject(), owner, device).await
    }

    /// Adds a browser session.
    pub(crate) async fn create_session(&mut self, session: &Session) -> Result<(), StoreError> {
        self.txn().await?.create_session(session).await
    }

    /// The session whose token hashes to this, unless it has expired at `now` (milliseconds).
    pub(crate) async fn session(
        &mut self,
        token_sha256: [u8; 32],
        now: i64,
    ) -> Result<Option<Session>, StoreError> {
        self.txn().await?.session(token_sha256, now).await
    }

    /// Ends a session. No error when there is none.
    pub(crate) async fn end_session(&mut self, token_sha256: [u8; 32]) -> Result<(), StoreError> {
        self.txn().await?.end_session(token_sha256).await
    }
}
