//! Between PostgreSQL's values and ours, and between its errors and ours.
//!
//! PostgreSQL knows signed integers and byte strings; the contract knows unsigned numbers and hashes.
//! A stored value that doesn't fit is an [`StoreError::Inconsistent`] row, never a silent default.

use store::StoreError;

/// A hash or key from its 32 stored bytes.
pub(crate) fn bytes32(table: &'static str, bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Inconsistent {
        table,
        row: format!("a hash or key of {} bytes instead of 32", bytes.len()),
    })
}

/// A sequence number from storage, where it can't be negative.
pub(crate) fn seq(table: &'static str, value: i64) -> Result<u64, StoreError> {
    u64::try_from(value).map_err(|_| StoreError::Inconsistent {
        table,
        row: format!("the sequence number {value}"),
    })
}

/// A sequence number to compare with stored ones: none is above PostgreSQL's largest integer, so a
/// larger one means "after everything" and must not wrap round to a negative.
pub(crate) fn seq_bound(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Turns a driver's error into ours, with what was being done.
pub(crate) fn driver(doing: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |source| StoreError::Driver {
        doing,
        source: Box::new(source),
    }
}

/// As [`driver`], for an insert that names a row of another table: when that row isn't there, says
/// so as [`StoreError::Missing`].
pub(crate) fn driver_or_missing(
    doing: &'static str,
    what: &'static str,
) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |error| match &error {
        sqlx::Error::Database(inner) if inner.is_foreign_key_violation() => {
            StoreError::Missing { what }
        }
        _ => driver(doing)(error),
    }
}

/// An insert with `ON CONFLICT DO NOTHING` that changed no row met one that was there already. (A
/// unique violation as an error would end the whole transaction.)
pub(crate) fn must_be_new(rows_affected: u64, what: &'static str) -> Result<(), StoreError> {
    if rows_affected == 0 {
        Err(StoreError::Exists { what })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_does_not_fit_is_named() {
        assert!(bytes32("changes", &[0; 33]).is_err());
        let error = seq("changes", -1).unwrap_err();
        assert!(error.to_string().contains("changes"), "{error}");
    }

    #[test]
    fn a_bound_above_the_largest_integer_stays_above_every_stored_number() {
        assert_eq!(seq_bound(u64::MAX), i64::MAX);
        assert_eq!(seq_bound(7), 7);
    }
}
