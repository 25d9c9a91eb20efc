//! Whose device this is.

use sqlx::SqliteConnection;
use store::{StoreError, device::Profile};

use crate::values::{bytes32, driver, id};

pub(super) async fn get(db: &mut SqliteConnection) -> Result<Option<Profile>, StoreError> {
    sqlx::query!("SELECT device, professional, name, discipline, server, secret_key FROM profile")
        .fetch_optional(db)
        .await
        .map_err(driver("reading the profile"))?
        .map(|row| {
            Ok(Profile {
                device: id("profile", &row.device)?,
                professional: id("profile", &row.professional)?,
                name: row.name,
                discipline: row.discipline,
                server: row.server,
                secret_key: bytes32("profile", &row.secret_key)?,
            })
        })
        .transpose()
}

pub(super) async fn put(db: &mut SqliteConnection, profile: &Profile) -> Result<(), StoreError> {
    let device = profile.device.as_uuid().as_bytes().as_slice();
    let professional = profile.professional.as_uuid().as_bytes().as_slice();
    let secret_key = profile.secret_key.as_slice();
    sqlx::query!(
        "INSERT INTO profile (only, device, professional, name, discipline, server, secret_key)
         VALUES (1, $1, $2, $3, $4, $5, $6)
         ON CONFLICT (only) DO UPDATE SET device = excluded.device,
             professional = excluded.professional, name = excluded.name,
             discipline = excluded.discipline, server = excluded.server,
             secret_key = excluded.secret_key",
        device,
        professional,
        profile.name,
        profile.discipline,
        profile.server,
        secret_key,
    )
    .execute(db)
    .await
    .map_err(driver("setting the profile"))?;
    Ok(())
}
