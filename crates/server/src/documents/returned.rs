//! Changes that a device gives back to a server that was restored from an older backup.
//!
//! Any device that holds them may: the proof says that this server had accepted them, so that their
//! author had been found out then. They are appended under that author's name, and who brought them
//! is noted beside.

use std::collections::HashSet;

use record::{
    Change, Refusal, contents,
    ids::{DeviceId, ProfessionalId},
    model::Content,
};
use sync::proof::{self, Proof};

use super::{accept::AcceptError, load};
use crate::{
    AppState,
    gate::{Locked, Passage},
};

/// The most proofs that are looked at in one push to one document.
const MAX_PROOFS: usize = 4;

type Decoded = Vec<Result<Change, Refusal>>;

/// Where a change came from when it was first accepted.
pub(super) struct Origin {
    /// Under whose name it is written: the server had compared it with who was signed in.
    pub(super) author: ProfessionalId,
    /// The device, where the change names one (an entry does): compared likewise.
    pub(super) device: Option<DeviceId>,
}

/// What a proven change says about its origin; none when it holds nothing.
pub(super) fn origin(change: &Change) -> Option<Origin> {
    let records = contents(change).ok()?;
    let device = records.iter().find_map(|record| match &record.content {
        Content::Entries(entry) => Some(entry.device),
        _ => None,
    });
    Some(Origin {
        author: records.first()?.content.by(),
        device,
    })
}

/// The hashes of those changes that this server had accepted before, by the proofs that came along.
pub(super) async fn proven(
    state: &AppState,
    passage: &mut Passage,
    locked: &Locked,
    key: &[u8; 32],
    mut proofs: Vec<Proof>,
    decoded: Decoded,
) -> Result<(Decoded, HashSet<[u8; 32]>), AcceptError> {
    let document = locked.opened().id();
    let lineage = passage.lineage(locked.opened()).await?;
    proofs.truncate(MAX_PROOFS);
    proofs.retain(|it| it.is_genuine(key, document, lineage));
    if proofs.is_empty() {
        return Ok((decoded, HashSet::new()));
    }
    let held = load(state, passage, locked.opened()).await?;
    Ok(tokio::task::spawn_blocking(move || {
        let changes: Vec<_> = decoded
            .iter()
            .filter_map(|it| it.as_ref().ok())
            .cloned()
            .collect();
        let proven = proofs
            .iter()
            .flat_map(|it| proof::covered(it.heads(), &changes, &held))
            .collect();
        (decoded, proven)
    })
    .await?)
}
