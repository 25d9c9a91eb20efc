//! Three devices that write numbered visits, and what must hold of them in the end.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, bail};
use cli::{
    device::Device,
    sample::{self, Said, Text},
};
use record::model::Provenance;
use store::server::{Store as _, StoredChange};
use tests::{Servers, Town};

/// How often a device tries one sync before the story gives up. Each try is a request at least, so
/// this many in a row never fail on a network that passes any.
const TRIES: usize = 200;

/// One device, and the visits that its owner has completed.
pub(crate) struct Member {
    pub(crate) device: Device,
    name: &'static str,
    written: usize,
}

/// The devices of three of the sample's team, spread over the server's processes.
pub(crate) async fn team(town: &Town, servers: &Servers) -> Result<[Member; 3]> {
    let mut devices = town.settle_over(servers).await?;
    let mut members = Vec::new();
    for name in ["amira", "joe", "sam"] {
        let device = devices.remove(name).context("a device of the sample")?;
        members.push(Member {
            device,
            name,
            written: 0,
        });
    }
    let members: Result<[Member; 3], _> = members.try_into();
    members.map_err(|_| anyhow::anyhow!("three members"))
}

impl Member {
    /// Writes down and completes one visit.
    pub(crate) async fn visit(&mut self, town: &Town) -> Result<()> {
        self.written += 1;
        let text = format!(
            "Visit {} of {}. Donna Brennan was at home.",
            self.written, self.name
        );
        let note = Text {
            text: &text,
            on: jiff::civil::date(2023, 9, 4),
            provenance: Provenance::Typed,
        };
        let said = Said::took_place_at_some_time();
        sample::write_note(&mut self.device, town.prepared.family, note, &said).await
    }

    /// Syncs until it works.
    pub(crate) async fn sync(&mut self) -> Result<()> {
        let mut last = None;
        for _ in 0..TRIES {
            match self.device.sync().await {
                Ok(_) => return Ok(()),
                Err(error) => last = Some(error),
            }
        }
        bail!("{} never got through: {last:?}", self.name)
    }

    /// The newest changes of the family's record here, when the server has acknowledged all of it: these
    /// and what they follow from must never be missing from its log.
    pub(crate) fn acknowledged(&self, town: &Town) -> Result<Vec<[u8; 32]>> {
        if self.device.waiting() > 0 {
            return Ok(vec![]);
        }
        Ok(self.device.document(town.prepared.family)?.heads())
    }
}

/// Every visit by its text, as a device has them.
fn visits(device: &Device, town: &Town) -> Result<BTreeMap<String, usize>> {
    let mut counted = BTreeMap::new();
    let workbook = device.workbook(town.prepared.family)?;
    for statement in workbook.entries.values().flat_map(|it| &it.statements) {
        if statement.text.starts_with("Visit ") {
            *counted.entry(statement.text.clone()).or_default() += 1;
        }
    }
    Ok(counted)
}

/// How many visits all of them have completed.
pub(crate) fn written(members: &[Member; 3]) -> usize {
    members.iter().map(|it| it.written).sum()
}

/// The log of the family's team, in order, read beside the server.
pub(crate) async fn log(town: &Town) -> Result<Vec<StoredChange>> {
    let store = town.open().await?;
    let mut txn = store.begin().await?;
    let documents = txn.documents_of(town.prepared.family).await?;
    let team = documents.first().context("the team's document")?;
    let log = txn.changes_after(team.id, 0, u32::MAX).await?;
    drop(txn);
    store.close().await;
    Ok(log)
}

/// What the server itself holds, whatever devices have: it is sound, each change stands in its log once,
/// and a device that was not there before gets each visit once.
pub(crate) async fn the_server_has_everything(
    town: &Town,
    address: &str,
    written: usize,
) -> Result<()> {
    let log = log(town).await?;
    let different: BTreeSet<_> = log.iter().map(|it| it.change.hash).collect();
    assert_eq!(different.len(), log.len(), "a change stands there twice");
    let store = town.open().await?;
    let findings = store.verify().await?;
    assert!(findings.is_empty(), "{findings:?}");
    store.close().await;
    let folder = tempfile::tempdir()?;
    let mut newcomer = town
        .prepared
        .enrol(folder.path(), address, "joe", &town.password)
        .await?;
    newcomer.sync().await?;
    let visits = visits(&newcomer, town)?;
    assert_eq!(visits.len(), written, "a new device's");
    assert!(visits.values().all(|times| *times == 1), "{visits:?}");
    Ok(())
}

/// Everybody has everything, each visit once, and nothing waits or was refused.
pub(crate) async fn everything_is_there_once(town: &Town, members: &mut [Member; 3]) -> Result<()> {
    // Twice round: the first to sync learns from the last.
    for _ in 0..2 {
        for member in &mut *members {
            member.sync().await?;
        }
    }
    let family = town.prepared.family;
    let written = written(members);
    let heads = members[0].device.document(family)?.heads();
    for member in &*members {
        assert_eq!(member.device.waiting(), 0, "{}", member.name);
        assert_eq!(member.device.document(family)?.heads(), heads);
        let refused = member.device.quarantine().await?;
        assert!(
            refused.is_empty(),
            "{}: {:?}",
            member.name,
            refused[0].refusal
        );
        let visits = visits(&member.device, town)?;
        assert_eq!(visits.len(), written, "{}", member.name);
        assert!(visits.values().all(|times| *times == 1), "{visits:?}");
    }
    Ok(())
}
