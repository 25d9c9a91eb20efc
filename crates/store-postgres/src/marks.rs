//! Marks of requests that were made once: in a table, because the next copy of a request may come to
//! another process.

use sqlx::PgPool;
use store::StoreError;

use crate::{open, values::driver};

const DOING: &str = "noting a request";

/// One request in so many also takes away what has run out. A mark is a hash, so its first bytes are as
/// good as dice.
const SWEEP_IN: u16 = 4_096;

pub(crate) async fn is_first(
    pool: &PgPool,
    mark: [u8; 32],
    until: i64,
    now: i64,
) -> Result<bool, StoreError> {
    let mut txn = open::begin(pool).await?;
    if u16::from_be_bytes([mark[0], mark[1]]).is_multiple_of(SWEEP_IN) {
        sqlx::query!("DELETE FROM request_marks WHERE until < $1", now)
            .execute(&mut *txn)
            .await
            .map_err(driver(DOING))?;
    }
    // Whoever brings the same mark at the same moment waits here for the other's end. Nobody waits for
    // the disk: a power cut may forget the marks of its last moment.
    let noted = sqlx::query!(
        "INSERT INTO request_marks (mark, until)
         SELECT $1, $2 FROM set_config('synchronous_commit', 'off', true)
         ON CONFLICT DO NOTHING",
        mark.as_slice(),
        until,
    )
    .execute(&mut *txn)
    .await
    .map_err(driver(DOING))?;
    txn.commit().await.map_err(driver(DOING))?;
    Ok(noted.rows_affected() == 1)
}
