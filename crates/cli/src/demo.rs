//! The main job from end to end: two spoken visits and a typed one, written without network, become
//! one workbook and one summary.
//!
//! Every part is the real one: recordings, model, devices with stores of their own, a server in a
//! process of its own that is killed and started again. No step here reaches past what users have.

mod folder;
mod process;
mod spoken;
mod verdict;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use jiff::civil::Date;
use record::{ids::FamilyId, model::Provenance, summary};
use store_sqlite::SqliteStore;

use crate::{
    ambient,
    device::Device,
    ear::Ear,
    sample::{self, Prepared, Said, Text},
    terminal,
};

pub use process::Server;
pub use spoken::recording;

/// What the demo is to do.
pub struct Plan {
    /// Where its databases go.
    pub folder: PathBuf,
    /// Whether the summary is printed as JSON.
    pub json: bool,
    /// The day on whose evening everybody writes.
    pub on: Date,
    /// The social worker's recording.
    pub social_worker: Vec<u8>,
    /// The recovery worker's recording.
    pub recovery_worker: Vec<u8>,
    /// The speech model by name or path.
    pub model: Option<String>,
}

/// Who takes part, by sign-in name of the sample family.
const SOCIAL_WORKER: &str = "amira";
const RECOVERY_WORKER: &str = "joe";
const SUPPORT_WORKER: &str = "sam";
const SECONDED: &str = "pat";
const MANAGER: &str = "morgan";

/// The typed note of the third professional.
const ATTEMPTED_VISIT: &str = "Attempted visit to the Brennan family on Friday the 8th of \
    September at nine in the morning. No reply. I knocked twice and waited ten minutes. The \
    curtains were closed. Nobody was seen. Actions. I will try again on Monday the 11th of \
    September.";
/// The note of somebody whose allocation ends while they are without signal.
const AFTER_THE_END: &str = "Phone call with Craig Brennan on Friday the 8th of September at ten \
    in the morning. Craig said that he has kept all his probation appointments.";

/// Runs the demo.
pub async fn run(plan: &Plan) -> Result<()> {
    // Without a model there is nothing to show: say so before anything is made.
    let mut ear = Ear::open(plan.model.as_deref(), None)?;
    let folder = folder::fresh(&plan.folder)?;
    let database = folder.join("server.db");
    let password = sample::password()?;

    say("setting up the sample family Brennan and its team");
    let store = SqliteStore::open(&database).await?;
    let prepared = sample::prepare(&store, vec![sample::brennan()?], &password).await?;
    let prepared = prepared
        .into_iter()
        .next()
        .context("the sample has a family")?;
    let server = Server::start(&database).await?;
    let mut devices = BTreeMap::new();
    for member in prepared.team() {
        let device = prepared
            .enrol(&folder, &server.address, member, &password)
            .await?;
        devices.insert(member.to_owned(), device);
    }
    prepared.write_all(&mut devices).await?;
    for device in devices.values_mut() {
        device.sync().await?;
    }

    say("the server is killed: from here on nobody has a network");
    server.kill().await?;
    offline(plan, &mut ear, &mut devices, prepared.family).await?;
    server::admin::deallocate(
        &store,
        SECONDED,
        prepared.family,
        ambient::now().as_millisecond(),
    )
    .await?;
    store.close().await;
    for device in std::mem::take(&mut devices).into_values() {
        device.close().await;
    }

    let other = folder.join("other-order");
    folder::copy(&folder, &other)?;
    let order = [
        SOCIAL_WORKER,
        RECOVERY_WORKER,
        SUPPORT_WORKER,
        SECONDED,
        MANAGER,
    ];
    let reversed = [
        SUPPORT_WORKER,
        RECOVERY_WORKER,
        SOCIAL_WORKER,
        SECONDED,
        MANAGER,
    ];
    let heads = reconnect(&folder, &prepared, &order).await?;
    let other_heads = reconnect(&other, &prepared, &reversed).await?;
    ensure!(
        heads == other_heads,
        "the two orders of sync ended differently: report this as a fault"
    );
    say("both orders of sync end with the same heads on every device and the server");

    print_summary(plan, &folder, prepared.family).await?;
    say(&format!(
        "to look around: workbook serve --db {}   (sign in as {MANAGER}, password {password})",
        database.display()
    ));
    Ok(())
}

/// What three professionals (and one whose allocation is ending) write without network.
async fn offline(
    plan: &Plan,
    ear: &mut Ear,
    devices: &mut BTreeMap<String, Device>,
    family: FamilyId,
) -> Result<()> {
    let recordings = [
        (SOCIAL_WORKER, &plan.social_worker),
        (RECOVERY_WORKER, &plan.recovery_worker),
    ];
    for (who, recording) in recordings {
        let device = devices.get_mut(who).context("the team has a device each")?;
        say(&format!(
            "{} dictates; the recording is recognised on the device",
            device.name()
        ));
        let (text, provenance) = spoken::hear(ear, recording)?;
        let note = Text {
            text: &text,
            on: plan.on,
            provenance,
        };
        sample::write_note(device, family, note, &Said::default()).await?;
    }
    // What a note does not say, its author is asked: whether the call took place.
    let typed = [
        (SUPPORT_WORKER, ATTEMPTED_VISIT, Said::default()),
        (SECONDED, AFTER_THE_END, Said::took_place()),
    ];
    for (who, text, said) in typed {
        let device = devices.get_mut(who).context("the team has a device each")?;
        say(&format!("{} types", device.name()));
        let note = Text {
            text,
            on: plan.on,
            provenance: Provenance::Typed,
        };
        sample::write_note(device, family, note, &said).await?;
    }
    for device in devices.values().filter(|device| device.waiting() > 0) {
        say(&format!(
            "{}: {} change waits on the device",
            device.name(),
            device.waiting()
        ));
    }
    Ok(())
}

/// Starts the server again, lets the devices sync in an order, and compares what everybody has.
/// Returns the heads that all of them ended with.
async fn reconnect(folder: &Path, prepared: &Prepared, order: &[&str]) -> Result<Vec<[u8; 32]>> {
    say(&format!(
        "there is signal again: sync in the order {}",
        order.join(", ")
    ));
    let server = Server::start(&folder.join("server.db")).await?;
    let mut devices = BTreeMap::new();
    for who in order {
        let mut device = Device::open(&folder.join(format!("{who}.db"))).await?;
        device.move_server(&server.address).await?;
        let synced = device.sync().await?;
        if synced.accepted > 0 {
            say(&format!("{}: accepted by the server", device.name()));
        }
        for refusal in &synced.refused {
            say(&format!("{}: refused, {refusal}", device.name()));
        }
        devices.insert(*who, device);
    }
    for device in devices.values_mut() {
        device.sync().await?;
    }
    let heads = verdict::same_heads(&devices, SECONDED, prepared.family)?;
    verdict::still_readable(&devices, SECONDED).await?;
    for device in devices.into_values() {
        device.close().await;
    }
    server.kill().await?;
    let kept = verdict::document(&folder.join("server.db"), prepared.family).await?;
    ensure!(
        kept.heads() == heads,
        "the server's record differs from the devices': report this as a fault"
    );
    Ok(heads)
}

/// Prints what the manager reads, from the manager's own device.
async fn print_summary(plan: &Plan, folder: &Path, family: FamilyId) -> Result<()> {
    let manager = Device::open(&folder.join(format!("{MANAGER}.db"))).await?;
    let summary = summary::summary(&manager.workbook(family)?, plan.on);
    manager.close().await;
    if plan.json {
        terminal::print(&serde_json::to_string_pretty(&summary)?)
    } else {
        terminal::print(&summary::to_text(&summary))
    }
}

/// One step of the demo, on stderr: stdout has the summary alone.
fn say(step: &str) {
    terminal::note(&format!("demo: {step}"));
}
