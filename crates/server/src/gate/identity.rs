//! Accounts, devices and sessions: what is needed to know who asks. Nothing here is a family's.

use access::{DeviceFacts, Granted, ListDevices, RevokeDevice, Subject, decide};
use record::ids::{DeviceId, ProfessionalId};
use store::{
    StoreError,
    server::{Account, Device, Session},
};

use super::{Passage, Stopped};
use crate::auth::{LIFETIME_MILLIS, NewSession};

/// How often a session's use is noted, in milliseconds: reading stays cheap.
const NOTED_EVERY_MILLIS: i64 = 60_000;

impl Passage {
    /// The account with this id.
    pub(crate) async fn account(
        &mut self,
        id: ProfessionalId,
    ) -> Result<Option<Account>, StoreError> {
        self.txn.account(id).await
    }

    /// Whether the account's time is over, whatever else of it still stands.
    pub(crate) async fn is_closed(&mut self, id: ProfessionalId) -> Result<bool, StoreError> {
        let closing = self.txn.closing(id).await?;
        Ok(closing.is_some_and(|at| at <= self.now))
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

    /// Notes that a device signed a request at `at` (milliseconds since 1970).
    pub(crate) async fn device_seen(&mut self, id: DeviceId, at: i64) -> Result<(), StoreError> {
        self.txn.device_seen(id, at).await
    }

    /// Asks to list one's own devices.
    #[expect(
        clippy::unused_self,
        reason = "asked at the gate like every other action"
    )]
    pub(crate) fn ask_devices(
        &mut self,
        subject: &Subject,
    ) -> Result<Granted<ListDevices>, Stopped> {
        Ok(decide::<ListDevices>(subject, ())?)
    }

    /// The professional's own devices, revoked or not, in the order of enrolment.
    pub(crate) async fn devices(
        &mut self,
        granted: &Granted<ListDevices>,
    ) -> Result<Vec<Device>, StoreError> {
        let professional = ProfessionalId::from_uuid(granted.subject().professional);
        self.txn.devices_of(professional).await
    }

    /// Asks to take a device out of use. An unknown device is denied like a foreign one.
    pub(crate) async fn ask_revoke(
        &mut self,
        subject: &Subject,
        device: DeviceId,
    ) -> Result<Granted<RevokeDevice>, Stopped> {
        let Some(row) = self.txn.device(device).await? else {
            return Err(Stopped::Denied(access::Denied::NotTheirs));
        };
        let facts = DeviceFacts {
            device: *row.id.as_uuid(),
            owner: *row.professional.as_uuid(),
        };
        Ok(decide::<RevokeDevice>(subject, facts)?)
    }

    /// Takes a device out of use at `at` (milliseconds since 1970). Twice is no error: the first
    /// time stays.
    pub(crate) async fn revoke(
        &mut self,
        granted: &Granted<RevokeDevice>,
        at: i64,
    ) -> Result<(), StoreError> {
        let device = DeviceId::from_uuid(granted.resource().device);
        self.txn.revoke_device(device, at).await?;
        Ok(())
    }

    /// The account to which an administrator has linked this identity.
    pub(crate) async fn account_by_identity(
        &mut self,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<Account>, StoreError> {
        match self.txn.identity(issuer, subject).await? {
            Some(professional) => self.txn.account(professional).await,
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
        if let Some(before) = before {
            self.txn.end_session(before).await?;
        }
        self.txn.drop_expired_sessions(self.now).await?;
        self.txn
            .create_session(&Session {
                token_sha256: new.token_sha256,
                professional,
                expires: new.expires,
            })
            .await?;
        self.txn.session_used(new.token_sha256, self.now).await
    }

    /// The session whose token hashes to this, unless it has expired or was not used for
    /// `idle_millis`; and whether this use was noted, which then wants a commit.
    pub(crate) async fn live_session(
        &mut self,
        token_sha256: [u8; 32],
        idle_millis: i64,
    ) -> Result<Option<(Session, bool)>, StoreError> {
        let Some(session) = self.txn.session(token_sha256, self.now).await? else {
            return Ok(None);
        };
        let used = self.txn.session_last_used(token_sha256).await?;
        // A session without a use was not begun by `start_session`: it is nobody's.
        let Some(quiet) = used.map(|used| self.now.saturating_sub(used)) else {
            return Ok(None);
        };
        if quiet >= idle_millis {
            return Ok(None);
        }
        let noted = quiet >= NOTED_EVERY_MILLIS;
        if noted {
            self.txn.session_used(token_sha256, self.now).await?;
        }
        Ok(Some((session, noted)))
    }

    /// When a session began, in milliseconds since 1970.
    pub(crate) async fn session_began(
        &mut self,
        token_sha256: [u8; 32],
    ) -> Result<Option<i64>, StoreError> {
        let session = self.txn.session(token_sha256, self.now).await?;
        Ok(session.map(|it| it.expires.saturating_sub(LIFETIME_MILLIS)))
    }

    /// Ends a session. No error when there is none.
    pub(crate) async fn end_session(&mut self, token_sha256: [u8; 32]) -> Result<(), StoreError> {
        self.txn.end_session(token_sha256).await
    }
}
