//! Accounts, their devices and their browser sessions.

use record::ids::{DeviceId, ProfessionalId};
use sqlx::SqliteConnection;
use store::{
    StoreError,
    server::{Account, Device, Session},
};

use crate::values::{bytes32, driver, driver_or_missing, id, must_be_new};

/// A row as stored; shared with the allocations' list of a team.
pub(super) struct AccountRow {
    pub(super) id: Vec<u8>,
    pub(super) sign_in: String,
    pub(super) name: String,
    pub(super) discipline: String,
    pub(super) password_hash: String,
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;

    fn try_from(row: AccountRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id("accounts", &row.id)?,
            sign_in: row.sign_in,
            name: row.name,
            discipline: row.discipline,
            password_hash: row.password_hash,
        })
    }
}

struct DeviceRow {
    id: Vec<u8>,
    professional: Vec<u8>,
    public_key: Vec<u8>,
    label: String,
    enrolled: i64,
    seen: Option<i64>,
    revoked: Option<i64>,
}

impl TryFrom<DeviceRow> for Device {
    type Error = StoreError;

    fn try_from(row: DeviceRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: id("devices", &row.id)?,
            professional: id("devices", &row.professional)?,
            public_key: bytes32("devices", &row.public_key)?,
            label: row.label,
            enrolled: row.enrolled,
            seen: row.seen,
            revoked: row.revoked,
        })
    }
}

pub(super) async fn create(db: &mut SqliteConnection, account: &Account) -> Result<(), StoreError> {
    let key = account.id.as_uuid().as_bytes().as_slice();
    let done = sqlx::query!(
        "INSERT INTO accounts (id, sign_in, name, discipline, password_hash)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        key,
        account.sign_in,
        account.name,
        account.discipline,
        account.password_hash,
    )
    .execute(db)
    .await
    .map_err(driver("adding an account"))?;
    must_be_new(done.rows_affected(), "account")
}

pub(super) async fn get(
    db: &mut SqliteConnection,
    professional: ProfessionalId,
) -> Result<Option<Account>, StoreError> {
    let key = professional.as_uuid().as_bytes().as_slice();
    sqlx::query_as!(
        AccountRow,
        "SELECT id, sign_in, name, discipline, password_hash FROM accounts WHERE id = $1",
        key,
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading an account"))?
    .map(Account::try_from)
    .transpose()
}

pub(super) async fn by_name(
    db: &mut SqliteConnection,
    sign_in: &str,
) -> Result<Option<Account>, StoreError> {
    sqlx::query_as!(
        AccountRow,
        "SELECT id, sign_in, name, discipline, password_hash FROM accounts WHERE sign_in = $1",
        sign_in,
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading an account"))?
    .map(Account::try_from)
    .transpose()
}

pub(super) async fn all(db: &mut SqliteConnection) -> Result<Vec<Account>, StoreError> {
    sqlx::query_as!(
        AccountRow,
        "SELECT id, sign_in, name, discipline, password_hash FROM accounts ORDER BY sign_in",
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing accounts"))?
    .into_iter()
    .map(Account::try_from)
    .collect()
}

pub(super) async fn enrol(db: &mut SqliteConnection, device: &Device) -> Result<(), StoreError> {
    let key = device.id.as_uuid().as_bytes().as_slice();
    let professional = device.professional.as_uuid().as_bytes().as_slice();
    let public_key = device.public_key.as_slice();
    let done = sqlx::query!(
        "INSERT INTO devices (id, professional, public_key, label, enrolled, seen, revoked)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        key,
        professional,
        public_key,
        device.label,
        device.enrolled,
        device.seen,
        device.revoked,
    )
    .execute(db)
    .await
    .map_err(driver_or_missing("enrolling a device", "account"))?;
    must_be_new(done.rows_affected(), "device")
}

pub(super) async fn device(
    db: &mut SqliteConnection,
    device: DeviceId,
) -> Result<Option<Device>, StoreError> {
    let key = device.as_uuid().as_bytes().as_slice();
    sqlx::query_as!(
        DeviceRow,
        "SELECT id, professional, public_key, label, enrolled, seen, revoked FROM devices
         WHERE id = $1",
        key,
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading a device"))?
    .map(Device::try_from)
    .transpose()
}

pub(super) async fn devices_of(
    db: &mut SqliteConnection,
    professional: ProfessionalId,
) -> Result<Vec<Device>, StoreError> {
    let key = professional.as_uuid().as_bytes().as_slice();
    sqlx::query_as!(
        DeviceRow,
        "SELECT id, professional, public_key, label, enrolled, seen, revoked FROM devices
         WHERE professional = $1 ORDER BY enrolled, id",
        key,
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing a professional's devices"))?
    .into_iter()
    .map(Device::try_from)
    .collect()
}

pub(super) async fn device_seen(
    db: &mut SqliteConnection,
    device: DeviceId,
    at: i64,
) -> Result<(), StoreError> {
    let key = device.as_uuid().as_bytes().as_slice();
    sqlx::query!(
        "UPDATE devices SET seen = $2 WHERE id = $1 AND (seen IS NULL OR seen < $2)",
        key,
        at,
    )
    .execute(db)
    .await
    .map_err(driver("noting that a device was seen"))?;
    Ok(())
}

pub(super) async fn revoke(
    db: &mut SqliteConnection,
    device: DeviceId,
    at: i64,
) -> Result<bool, StoreError> {
    let key = device.as_uuid().as_bytes().as_slice();
    let done = sqlx::query!(
        "UPDATE devices SET revoked = $2 WHERE id = $1 AND revoked IS NULL",
        key,
        at
    )
    .execute(db)
    .await
    .map_err(driver("revoking a device"))?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn create_session(
    db: &mut SqliteConnection,
    session: &Session,
) -> Result<(), StoreError> {
    let key = session.token_sha256.as_slice();
    let professional = session.professional.as_uuid().as_bytes().as_slice();
    let done = sqlx::query!(
        "INSERT INTO sessions (token_sha256, professional, expires) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING",
        key,
        professional,
        session.expires,
    )
    .execute(db)
    .await
    .map_err(driver_or_missing("adding a session", "account"))?;
    must_be_new(done.rows_affected(), "session")
}

pub(super) async fn session(
    db: &mut SqliteConnection,
    token_sha256: [u8; 32],
    now: i64,
) -> Result<Option<Session>, StoreError> {
    let key = token_sha256.as_slice();
    sqlx::query!(
        "SELECT professional, expires FROM sessions WHERE token_sha256 = $1 AND expires > $2",
        key,
        now,
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading a session"))?
    .map(|row| {
        Ok(Session {
            token_sha256,
            professional: id("sessions", &row.professional)?,
            expires: row.expires,
        })
    })
    .transpose()
}

pub(super) async fn end_session(
    db: &mut SqliteConnection,
    token_sha256: [u8; 32],
) -> Result<(), StoreError> {
    let key = token_sha256.as_slice();
    sqlx::query!("DELETE FROM sessions WHERE token_sha256 = $1", key)
        .execute(db)
        .await
        .map_err(driver("ending a session"))?;
    Ok(())
}
