//! Accounts, devices and sessions: what is needed to know who asks. Nothing here is a family's.

use access::{DeviceFacts, Granted, ListDevices, RevokeDevice, Subject};
use record::ids::{DeviceId, ProfessionalId};
use store::{
    StoreError,
    server::{Account, Device, Session},
};

use super::{Passage, Stopped, audit::Asked};
use crate::auth::{LIFETIME_MILLIS, NewSession};

/// How often a session's use is noted, in milliseconds: reading stays cheap.
const NOTED_EVERY_MILLIS: i64 = 60_000;

impl Passage {
    /// The account with this id.
    pub(crate) async fn account(
        &mut self,
        id: ProfessionalId,
    ) -> Result<Option<Account>, StoreError> {
        self.txn().await?.account(id).await
    }

    /// Whether the account's time is over, whatever else of it still stands.
    pub(crate) async fn is_closed(&mut self, id: ProfessionalId) -> Result<bool, StoreError> {
        let closing = self.txn().await?.closing(id).await?;
        Ok(closing.is_some_and(|at| at <= self.now))
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

    /// The account to which an administrator has linked this identity.
    pub(crate) async fn account_by_identity(
        &mut self,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<Account>, StoreError> {
        match self.txn().await?.identity(issuer, subject).await? {
            Some(professional) => self.txn().await?.account(professional).await,
            None => Ok(None),
        }
    }

    /// Begins a browser's session and ends the one that it had (`before`), so that a token which
    /// somebody else may know is worth nothing after signing in. Forgets sessions that have expired.
    pub(crate) async fn start_session(
        &mut self,
        new: &NewSession,
        professional: ProfessionalId,
        before: Option<[u8; 32]>,
    ) -> Result<(), StoreError> {
        let now = self.now;
        if let Some(before) = before {
            self.txn().await?.end_session(before).await?;
        }
        self.txn().await?.drop_expired_sessions(now).await?;
        self.txn()
            .await?
            .create_session(&Session {
                token_sha256: new.token_sha256,
                professional,
                expires: new.expires,
            })
            .await?;
        self.txn().await?.session_used(new.token_sha256, now).await
    }

    /// The session whose token hashes to this, unless it has expired or was not used for
    /// `idle_millis`; and whether this use was noted, which then wants a commit.
    pub(crate) async fn live_session(
        &mut self,
        token_sha256: [u8; 32],
        idle_millis: i64,
    ) -> Result<Option<(Session, bool)>, StoreError> {
        let now = self.now;
        let Some(session) = self.txn().await?.session(token_sha256, now).await? else {
            return Ok(None);
        };
        let used = self.txn().await?.session_last_used(token_sha256).await?;
        // A session without a use was not begun by `start_session`: it is nobody's.
        let Some(quiet) = used.map(|used| self.now.saturating_sub(used)) else {
            return Ok(None);
        };
        if quiet >= idle_millis {
            return Ok(None);
        }
        let noted = quiet >= NOTED_EVERY_MILLIS;
        if noted {
            self.txn().await?.session_used(token_sha256, now).await?;
        }
        Ok(Some((session, noted)))
    }

    /// When a session began, in milliseconds since 1970.
    pub(crate) async fn session_began(
        &mut self,
        token_sha256: [u8; 32],
    ) -> Result<Option<i64>, StoreError> {
        let now = self.now;
        let session = self.txn().await?.session(token_sha256, now).await?;
        Ok(session.map(|it| it.expires.saturating_sub(LIFETIME_MILLIS)))
    }

    /// Whose session it is, unless it has expired.
    pub(crate) async fn session_of(
        &mut self,
        token_sha256: [u8; 32],
    ) -> Result<Option<Session>, StoreError> {
        let now = self.now;
        self.txn().await?.session(token_sha256, now).await
    }

    /// Ends a session. No error when there is none.
    pub(crate) async fn end_session(&mut self, token_sha256: [u8; 32]) -> Result<(), StoreError> {
        self.txn().await?.end_session(token_sha256).await
    }
}
