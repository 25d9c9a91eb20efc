//! Accepts or refuses the pushed changes of one document, in one transaction.
//!
//! **Invariants.** Nothing is answered as accepted before the commit. A change that is refused, and
//! a push of which nothing is accepted, leave nothing in the store but their row in the audit log.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use access::{Granted, Subject};
use record::{Change, Document, Page, Refusal, Rule, Writer};
use store::{
    StoreError,
    server::{Heads, NewChange, Snapshot},
};
use sync::{
    receive::{Receiver, Verdict},
    wire::{Answer, Known, PushDocument},
};

use super::{
    LoadFailure, NoRules, load,
    place::Place,
    project::{carry_on, row},
    returned,
};
use crate::{
    AppState,
    gate::{Locked, Passage, Stopped},
    problem::Problem,
    state::KeyError,
    today,
};

/// Whether a snapshot is due between these two heads: whenever the head passes a multiple of 64 changes, and
/// of more in an old record, since saving one takes longer the longer it is. So what saving costs each push
/// stays the same, and what lies after the newest snapshot is never more than an eighth of the record (or 64).
fn snapshot_due(before: u64, after: u64) -> bool {
    let interval = (after.next_power_of_two() / 16).max(64);
    after / interval > before / interval
}

/// Why a document's push could not be dealt with at all.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AcceptError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The document could not be loaded.
    #[error(transparent)]
    Load(#[from] LoadFailure),
    /// The board could not be drawn up.
    #[error(transparent)]
    Rules(#[from] NoRules),
    /// The checking task failed.
    #[error(transparent)]
    Task(#[from] tokio::task::JoinError),
}

impl From<AcceptError> for Problem {
    fn from(error: AcceptError) -> Self {
        Self::internal(&error)
    }
}

/// What is to be done with one change, before the record's rules are asked.
enum Step {
    /// The answer is known already.
    Answered(Answer),
    /// The same change stood earlier in this push, at this index.
    Again(usize),
    /// Its actor belongs to another device.
    Foreign(Change),
    /// It had been accepted, and was erased or written anew since.
    Retired(Change),
    /// The rules are to be asked.
    Ask(Change),
    /// A restored server had accepted it before: every rule but authorship is to be asked.
    AskAgain(Change),
}

/// What came out: the answer, or the change to append.
enum Outcome {
    Answered(Answer),
    Again(usize),
    Append(Box<Change>),
    /// Given back by this device; the change and where it came from.
    AppendAgain(Box<Change>, returned::Origin),
}

/// The answers to `changes`, in order; durable when this returns.
pub(crate) async fn accept(
    state: &AppState,
    subject: &Subject,
    writer: &Writer,
    part: PushDocument,
) -> Result<Vec<Answer>, AcceptError> {
    let PushDocument {
        document, changes, ..
    } = part;
    // Before the transaction: making the key takes one of its own.
    let key = state.proof_key().await?;
    let mut passage = state.gate().enter().await?;
    let granted = match passage.ask_push(subject, document).await {
        Ok(granted) => granted,
        Err(Stopped::Denied(_)) => return Ok(changes.iter().map(|_| not_allocated()).collect()),
        Err(Stopped::Store(error)) => return Err(error.into()),
    };
    let locked = passage.lock(&granted).await?;
    let decoded = tokio::task::spawn_blocking(move || {
        changes
            .iter()
            .map(|bytes| Change::decode(&bytes.0))
            .collect::<Vec<_>>()
    })
    .await?;
    let restored = |known: Known| !known.is_of(locked.opened().epoch(), locked.opened().head());
    if part.known.is_some_and(restored) {
        return Ok(unlooked_at(&mut passage, &locked, &decoded).await?);
    }
    let (decoded, proven) = if part.proofs.is_empty() {
        (decoded, HashSet::new())
    } else {
        returned::proven(state, &mut passage, &locked, &key, part.proofs, decoded).await?
    };
    let steps = plan(&mut passage, &locked, writer, decoded, &proven).await?;
    if !steps.iter().any(Step::asks) {
        let outcomes: Vec<_> = steps.into_iter().map(Outcome::unasked).collect();
        only_refused(passage, &granted, &locked, &outcomes).await?;
        return Ok(settle(outcomes, &HashMap::new()));
    }
    let place = Place::of(state, &mut passage, &locked).await?;
    let kept = load(state, &mut passage, locked.opened()).await?;
    state.cache().let_go(locked.opened().id());
    let heads_before = kept.heads();
    let judge = writer.clone();
    let (place, document, outcomes) = tokio::task::spawn_blocking(move || {
        let (document, outcomes) = judge_all(kept, &place, &judge, steps);
        (place, document, outcomes)
    })
    .await?;
    let seqs = append(state, &mut passage, &locked, writer, &outcomes).await?;
    let document = Arc::new(document);
    let Some(head) = seqs.values().copied().max() else {
        // Refused changes left the document as it was.
        state
            .cache()
            .keep(locked.opened(), locked.opened().head(), document);
        only_refused(passage, &granted, &locked, &outcomes).await?;
        return Ok(settle(outcomes, &seqs));
    };
    let heads = Heads {
        seq: head,
        hashes: document.heads(),
    };
    passage.put_heads(&locked, &heads).await?;
    if snapshot_due(locked.opened().head(), head) {
        let saved = Arc::clone(&document);
        let bytes = tokio::task::spawn_blocking(move || saved.save()).await?;
        passage
            .put_snapshot(&locked, &Snapshot { seq: head, bytes })
            .await?;
    }
    if place.is_team() {
        let before = state.pages().take(locked.opened().id(), &heads_before);
        project(state, &mut passage, &locked, before, &outcomes, &document).await?;
    }
    let numbers: Vec<u64> = seqs.values().copied().collect();
    passage.record_push(&granted, &locked, &numbers).await?;
    record_refused(&mut passage, &granted, &locked, &outcomes).await?;
    passage.commit().await?;
    state.cache().keep(locked.opened(), head, document);
    Ok(settle(outcomes, &seqs))
}

/// The answers to a device that has to pull first: it is told at once what it must not keep.
async fn unlooked_at(
    passage: &mut Passage,
    locked: &Locked,
    decoded: &[Result<Change, Refusal>],
) -> Result<Vec<Answer>, StoreError> {
    let mut answers = Vec::with_capacity(decoded.len());
    for decoded in decoded {
        answers.push(match decoded {
            Ok(change) if passage.is_retired(locked, change.hash()).await? => Answer::Forgotten,
            _ => Answer::Blocked,
        });
    }
    Ok(answers)
}

/// Draws up the board anew, in the same transaction as the changes that it comes from.
async fn project(
    state: &AppState,
    passage: &mut Passage,
    locked: &Locked,
    before: Option<Arc<Page>>,
    outcomes: &[Outcome],
    document: &Arc<Document>,
) -> Result<(), AcceptError> {
    let accepted: Vec<Change> = outcomes
        .iter()
        .filter_map(|outcome| match outcome {
            Outcome::Append(change) | Outcome::AppendAgain(change, _) => {
                Some(change.as_ref().clone())
            }
            Outcome::Answered(_) | Outcome::Again(_) => None,
        })
        .collect();
    let head = locked.opened().head() + accepted.len() as u64;
    let today = today::in_london(state.ambient().now());
    let after = Arc::clone(document);
    let (page, row) = tokio::task::spawn_blocking(move || {
        let accepted: Vec<_> = accepted.iter().collect();
        let page = carry_on(before, &accepted, &after, today);
        let row = row(&page, &after, head, today);
        (page, row)
    })
    .await?;
    passage.put_board(locked, &row?).await?;
    state.pages().keep(locked.opened().id(), Arc::new(page));
    Ok(())
}

/// Takes the transaction back, and with it the actors that refused changes bound; what stays is that
/// they were refused.
async fn only_refused(
    mut passage: Passage,
    granted: &Granted<access::PushDocument>,
    locked: &Locked,
    outcomes: &[Outcome],
) -> Result<(), StoreError> {
    passage.roll_back();
    if record_refused(&mut passage, granted, locked, outcomes).await? {
        passage.commit().await?;
    }
    Ok(())
}

/// Writes down how many changes were refused by which rule. Returns whether there were any.
async fn record_refused(
    passage: &mut Passage,
    granted: &Granted<access::PushDocument>,
    locked: &Locked,
    outcomes: &[Outcome],
) -> Result<bool, StoreError> {
    let mut by_rule: BTreeMap<String, (Rule, u64)> = BTreeMap::new();
    for outcome in outcomes {
        if let Outcome::Answered(Answer::Refused { refusal }) = outcome {
            let counted = by_rule.entry(refusal.rule.code());
            counted.or_insert((refusal.rule, 0)).1 += 1;
        }
    }
    for (rule, count) in by_rule.values() {
        passage
            .record_refused(granted, locked, *rule, *count)
            .await?;
    }
    Ok(!by_rule.is_empty())
}

async fn plan(
    passage: &mut Passage,
    locked: &Locked,
    writer: &Writer,
    decoded: Vec<Result<Change, Refusal>>,
    proven: &HashSet<[u8; 32]>,
) -> Result<Vec<Step>, StoreError> {
    let mut first_at: HashMap<[u8; 32], usize> = HashMap::new();
    let mut steps = Vec::with_capacity(decoded.len());
    for (at, decoded) in decoded.into_iter().enumerate() {
        let change = match decoded {
            Ok(change) => change,
            Err(refusal) => {
                steps.push(Step::Answered(Answer::Refused { refusal }));
                continue;
            }
        };
        if let Some(&earlier) = first_at.get(&change.hash()) {
            steps.push(Step::Again(earlier));
            continue;
        }
        first_at.insert(change.hash(), at);
        if let Some(seq) = passage.change_seq(locked, change.hash()).await? {
            steps.push(Step::Answered(Answer::Accepted { seq }));
            continue;
        }
        // Before any proof is heeded: what was erased comes back in no way.
        if passage.is_retired(locked, change.hash()).await? {
            steps.push(Step::Retired(change));
            continue;
        }
        if proven.contains(&change.hash()) {
            steps.push(Step::AskAgain(change));
            continue;
        }
        let owner = passage
            .bind_actor(locked, change.actor(), writer.device)
            .await?;
        steps.push(if owner == writer.device {
            Step::Ask(change)
        } else {
            Step::Foreign(change)
        });
    }
    Ok(steps)
}

impl Step {
    fn asks(&self) -> bool {
        matches!(self, Self::Ask(_) | Self::AskAgain(_))
    }
}

impl Outcome {
    /// The outcome of a step that needs no rules asked.
    fn unasked(step: Step) -> Self {
        match step {
            Step::Answered(answer) => Self::Answered(answer),
            Step::Again(earlier) => Self::Again(earlier),
            Step::Foreign(_) => Self::foreign(),
            Step::Retired(_) => Self::Answered(Answer::Forgotten),
            // Not reached: the caller has made sure that no step asks.
            Step::Ask(_) | Step::AskAgain(_) => Self::Answered(Answer::Blocked),
        }
    }

    /// The outcome of what the rules did not let in.
    fn not(verdict: Verdict) -> Self {
        Self::Answered(match verdict {
            Verdict::Refused(refusal) => Answer::Refused { refusal },
            // A change that says nothing has no origin; the rules refuse it before.
            Verdict::Blocked | Verdict::New => Answer::Blocked,
        })
    }

    fn foreign() -> Self {
        Self::Answered(Answer::Refused {
            refusal: Receiver::foreign_actor(),
        })
    }
}

fn judge_all(
    kept: Arc<Document>,
    place: &Place,
    writer: &Writer,
    steps: Vec<Step>,
) -> (Document, Vec<Outcome>) {
    let mut document = Arc::unwrap_or_clone(kept);
    let mut receiver = Receiver::new(&mut document, writer, place.context());
    let outcomes = steps
        .into_iter()
        .map(|step| match step {
            Step::Ask(change) => match receiver.offer(&change) {
                Verdict::New => Outcome::Append(Box::new(change)),
                not => Outcome::not(not),
            },
            Step::AskAgain(change) => {
                match (receiver.offer_again(&change), returned::origin(&change)) {
                    (Verdict::New, Some(origin)) => Outcome::AppendAgain(Box::new(change), origin),
                    (not, _) => Outcome::not(not),
                }
            }
            Step::Foreign(change) => {
                receiver.refused_before(&change);
                Outcome::foreign()
            }
            Step::Retired(change) => {
                // What builds on it is written anew by its device, on what stands now.
                receiver.refused_before(&change);
                Outcome::Answered(Answer::Forgotten)
            }
            settled => Outcome::unasked(settled),
        })
        .collect();
    (document, outcomes)
}

/// Appends what is to be appended; sequence numbers by index in the push.
async fn append(
    state: &AppState,
    passage: &mut Passage,
    locked: &Locked,
    writer: &Writer,
    outcomes: &[Outcome],
) -> Result<HashMap<usize, u64>, StoreError> {
    let received = state.ambient().now();
    let mut seqs = HashMap::new();
    for (at, outcome) in outcomes.iter().enumerate() {
        let (change, author, device) = match outcome {
            Outcome::Append(change) => (change, writer.professional, writer.device),
            Outcome::AppendAgain(change, origin) => (
                change,
                origin.author,
                origin.device.unwrap_or(writer.device),
            ),
            Outcome::Answered(_) | Outcome::Again(_) => continue,
        };
        let new = NewChange {
            hash: change.hash(),
            bytes: change.bytes().to_vec(),
            author,
            device,
            received,
        };
        let seq = passage.append(locked, &new).await?;
        if let Outcome::AppendAgain(change, origin) = outcome {
            passage
                .note_returned(locked, seq, writer.device, received)
                .await?;
            if let Some(device) = origin.device {
                passage.bind_actor(locked, change.actor(), device).await?;
            }
        }
        seqs.insert(at, seq);
    }
    Ok(seqs)
}

/// Turns outcomes into answers, now that sequence numbers are known and durable.
fn settle(outcomes: Vec<Outcome>, seqs: &HashMap<usize, u64>) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::with_capacity(outcomes.len());
    for (at, outcome) in outcomes.into_iter().enumerate() {
        let answer = match outcome {
            Outcome::Answered(answer) => answer,
            Outcome::Again(earlier) => answers.get(earlier).cloned().unwrap_or(Answer::Blocked),
            Outcome::Append(_) | Outcome::AppendAgain(..) => seqs
                .get(&at)
                .map_or(Answer::Blocked, |seq| Answer::Accepted { seq: *seq }),
        };
        answers.push(answer);
    }
    answers
}

fn not_allocated() -> Answer {
    Answer::Refused {
        refusal: Refusal::new(
            Rule::NotAllocated,
            "you are not allocated to this family or have no place in this part of its record, so \
             this entry stays on your device: ask the family's team manager, then send it again",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::snapshot_due;

    #[test]
    fn snapshots_are_seldom_in_an_old_record_and_never_too_late() {
        let (mut last, mut taken) = (0, 0);
        for head in 1..=10_000 {
            if snapshot_due(head - 1, head) {
                (last, taken) = (head, taken + 1);
            }
            assert!(head - last < (head / 8).max(64), "{head} after {last}");
        }
        assert_eq!(taken, 41);
        // A push of many changes passes it in one step.
        assert!(snapshot_due(60, 200) && !snapshot_due(64, 127));
    }
}
