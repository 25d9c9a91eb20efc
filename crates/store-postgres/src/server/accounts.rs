//! Accounts, their devices and their browser sessions.

use record::ids::{DeviceId, ProfessionalId};
use sqlx::PgConnection;
use store::{
    StoreError,
    server::{Account, Device, Session},
};
use uuid::Uuid;

use crate::values::{bytes32, driver, driver_or_missing, must_be_new};

/// A row as stored; shared with the allocations' list of a team.
pub(super) struct AccountRow {
    pub(super) id: Uuid,
    pub(super) sign_in: String,
    pub(super) name: String,
    pub(super) discipline: String,
    pub(super) password_hash: String,
}

impl From<AccountRow> for Account {
    fn from(row: AccountRow) -> Self {
        Self {
            id: row.id.into(),
            sign_in: row.sign_in,
            name: row.name,
            discipline: row.discipline,
            password_hash: row.password_hash,
        }
    }
}

struct DeviceRow {
    id: Uuid,
    professional: Uuid,
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
            id: row.id.into(),
            professional: row.professional.into(),
            public_key: bytes32("devices", &row.public_key)?,
            label: row.label,
            enrolled: row.enrolled,
            seen: row.seen,
            revoked: row.revoked,
        })
    }
}

pub(super) async fn create(db: &mut PgConnection, account: &Account) -> Result<(), StoreError> {
    let done = sqlx::query!(
        "INSERT INTO accounts (id, sign_in, name, discipline, password_hash)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        account.id.as_uuid(),
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
    db: &mut PgConnection,
    professional: ProfessionalId,
) -> Result<Option<Account>, StoreError> {
    let row = sqlx::query_as!(
        AccountRow,
        "SELECT id, sign_in, name, discipline, password_hash FROM accounts WHERE id = $1",
        professional.as_uuid(),
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading an account"))?;
    Ok(row.map(Account::from))
}

pub(super) async fn by_name(
    db: &mut PgConnection,
    sign_in: &str,
) -> Result<Option<Account>, StoreError> {
    // PostgreSQL's text can't hold a NUL, so nobody has such a name; asking would be an error.
    if sign_in.contains('\0') {
        return Ok(None);
    }
    let row = sqlx::query_as!(
        AccountRow,
        "SELECT id, sign_in, name, discipline, password_hash FROM accounts WHERE sign_in = $1",
        sign_in,
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading an account"))?;
    Ok(row.map(Account::from))
}

pub(super) async fn all(db: &mut PgConnection) -> Result<Vec<Account>, StoreError> {
    let rows = sqlx::query_as!(
        AccountRow,
        "SELECT id, sign_in, name, discipline, password_hash FROM accounts ORDER BY sign_in",
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing accounts"))?;
    Ok(rows.into_iter().map(Account::from).collect())
}

pub(super) async fn enrol(db: &mut PgConnection, device: &Device) -> Result<(), StoreError> {
    let done = sqlx::query!(
        "INSERT INTO devices (id, professional, public_key, label, enrolled, seen, revoked)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        device.id.as_uuid(),
        device.professional.as_uuid(),
        device.public_key.as_slice(),
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
    db: &mut PgConnection,
    device: DeviceId,
) -> Result<Option<Device>, StoreError> {
    sqlx::query_as!(
        DeviceRow,
        "SELECT id, professional, public_key, label, enrolled, seen, revoked FROM devices
         WHERE id = $1",
        device.as_uuid(),
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading a device"))?
    .map(Device::try_from)
    .transpose()
}

pub(super) async fn devices_of(
    db: &mut PgConnection,
    professional: ProfessionalId,
) -> Result<Vec<Device>, StoreError> {
    sqlx::query_as!(
        DeviceRow,
        "SELECT id, professional, public_key, label, enrolled, seen, revoked FROM devices
         WHERE professional = $1 ORDER BY enrolled, id",
        professional.as_uuid(),
    )
    .fetch_all(db)
    .await
    .map_err(driver("listing a professional's devices"))?
    .into_iter()
    .map(Device::try_from)
    .collect()
}

pub(super) async fn device_seen(
    db: &mut PgConnection,
    device: DeviceId,
    at: i64,
) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE devices SET seen = $2 WHERE id = $1 AND (seen IS NULL OR seen < $2)",
        device.as_uuid(),
        at,
    )
    .execute(db)
    .await
    .map_err(driver("noting that a device was seen"))?;
    Ok(())
}

pub(super) async fn revoke(
    db: &mut PgConnection,
    device: DeviceId,
    at: i64,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE devices SET revoked = $2 WHERE id = $1 AND revoked IS NULL",
        device.as_uuid(),
        at,
    )
    .execute(db)
    .await
    .map_err(driver("revoking a device"))?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn create_session(
    db: &mut PgConnection,
    session: &Session,
) -> Result<(), StoreError> {
    let done = sqlx::query!(
        "INSERT INTO sessions (token_sha256, professional, expires) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING",
        session.token_sha256.as_slice(),
        session.professional.as_uuid(),
        session.expires,
    )
    .execute(db)
    .await
    .map_err(driver_or_missing("adding a session", "account"))?;
    must_be_new(done.rows_affected(), "session")
}

pub(super) async fn session(
    db: &mut PgConnection,
    token_sha256: [u8; 32],
    now: i64,
) -> Result<Option<Session>, StoreError> {
    let row = sqlx::query!(
        "SELECT professional, expires FROM sessions WHERE token_sha256 = $1 AND expires > $2",
        token_sha256.as_slice(),
        now,
    )
    .fetch_optional(db)
    .await
    .map_err(driver("reading a session"))?;
    Ok(row.map(|row| Session {
        token_sha256,
        professional: row.professional.into(),
        expires: row.expires,
    }))
}

pub(super) async fn end_session(
    db: &mut PgConnection,
    token_sha256: [u8; 32],
) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM sessions WHERE token_sha256 = $1",
        token_sha256.as_slice(),
    )
    .execute(db)
    .await
    .map_err(driver("ending a session"))?;
    Ok(())
}
