//! The server's storage contract: documents as ordered change logs, and who may touch them.
//!
//! **Isolation.** A [`Txn`] sees its own writes and nothing that is not committed. A document's log
//! stays as of the head that it was first shown, whatever others append; where another writes it anew
//! meanwhile ([`ForgetTxn::rewrite_log`]), reading on is an error and the transaction is to be begun
//! again; what is known of people and families is as of each call, or as of the beginning, as the
//! engine has it. After [`Txn::lock_document`], which shows the newest head, no other transaction can
//! write to that document until this one ends, so "read the head, check the rule, append" is safe with
//! any number of server processes. Whoever waited for the lock goes on; it never has to begin again. A
//! transaction that is dropped without [`Txn::commit`] leaves nothing behind.
//!
//! **Durability.** When [`Txn::commit`] has returned, a killed process or a power cut loses nothing
//! of it. The server acknowledges a change only after that.
//!
//! **Refusals.** [`StoreError::Exists`] is an answer: the transaction has written nothing for that
//! call and goes on. After any other error drop it. Rows that name others need them: a document its
//! family; a change, snapshot or actor its document; a device or session its account; an allocation
//! its family and account; a membership its document and account. Without them the answer is [`StoreError::Missing`]. (A change's author and device are evidence
//! that outlives accounts; they need no row.)
//!
//! **Keys.** Everything but what is about people and families themselves (accounts, devices, sessions,
//! teams, allocations, broken glass, identities) is keyed by document first, and no transaction writes
//! to two documents: one schema serves one machine or many. A leaver's places
//! ([`TeamTxn::end_everything_of`]) and the erasure of a family ([`ForgetTxn::erase_family`]) are the
//! exceptions.

mod audit;
mod boards;
mod break_glass;
mod forgetting;
mod identities;
mod marks;
mod news;
mod reach;
mod restoring;
mod rows;
mod teams;

use async_trait::async_trait;
use record::ids::{DeviceId, DocumentId, FamilyId, ProfessionalId};

use crate::StoreError;
pub use audit::{AuditChain, AuditTxn};
pub use boards::{BoardRow, BoardTxn};
pub use break_glass::{BreakGlassTxn, BrokenGlass};
pub use forgetting::{ErasedFamily, ForgetTxn, Hold, Rewriting};
pub use identities::{Identity, IdentityTxn};
pub use marks::Marks;
pub use news::{Feed, LAG, News, Promise, Told};
pub use reach::{NearFamily, ReachTxn};
pub use restoring::{Heads, RestoreTxn};
pub use rows::{
    Account, Allocation, Device, Document, Family, Membership, NewChange, Session, Snapshot,
    StoredChange,
};
pub use teams::{Team, TeamPlace, TeamTxn};

/// One database of the server.
#[async_trait]
pub trait Store: Send + Sync {
    /// Starts a transaction that may write. On SQLite it takes the write lock at once, so that two
    /// writers queue instead of failing half-way. So a task must end one before it begins the next,
    /// or it waits for itself.
    async fn begin(&self) -> Result<Box<dyn Txn>, StoreError>;

    /// Listens for news of accepted changes. Whatever is committed after this has returned is told,
    /// by any process of an engine that several processes share; where that can't be kept,
    /// [`Told::CatchUp`] is. News of what was committed shortly before may come too.
    async fn listen(&self) -> Result<Box<dyn News>, StoreError>;

    /// Whether this mark of a request is shown for the first time, to any process of this database; from
    /// now on it is known, at least until the request counts no more (`until`, like `now` in milliseconds
    /// since 1970). By itself, outside of every transaction. An engine that one process serves may forget
    /// with the process, and any engine what a power cut takes of its last moment.
    async fn is_first(&self, mark: [u8; 32], until: i64, now: i64) -> Result<bool, StoreError>;

    /// Makes sure that what was deleted stands in no file of this database any more: no free page, no
    /// journal. Takes long and holds writers up; done after an erasure. What can't be reached (another
    /// process reads, a setting keeps old journals) is an error that says what to do; doing it again is
    /// harmless.
    async fn scrub(&self) -> Result<(), StoreError>;
}

/// A transaction. Nothing is visible to others, or durable, before [`Txn::commit`].
#[async_trait]
pub trait Txn:
    AuditTxn
    + BoardTxn
    + TeamTxn
    + ReachTxn
    + BreakGlassTxn
    + IdentityTxn
    + RestoreTxn
    + ForgetTxn
    + Send
{
    // Families and documents

    /// Adds a family. Its id must be new.
    async fn create_family(&mut self, family: &Family) -> Result<(), StoreError>;
    /// The family with this id.
    async fn family(&mut self, id: FamilyId) -> Result<Option<Family>, StoreError>;
    /// Every family, by name. For service managers and set-up; boards use allocations.
    async fn families(&mut self) -> Result<Vec<Family>, StoreError>;
    /// Adds an empty document (head 0). Its id, and its family, compartment and owner together, must
    /// be new. An `author-only` document has an owner and no other has one: anything else is
    /// [`StoreError::Driver`] or [`StoreError::Inconsistent`].
    async fn create_document(&mut self, document: &Document) -> Result<(), StoreError>;
    /// The document with this id and its current head.
    async fn document(&mut self, id: DocumentId) -> Result<Option<Document>, StoreError>;
    /// As [`Txn::document`], and holds off every other writer of this document until the end.
    async fn lock_document(&mut self, id: DocumentId) -> Result<Option<Document>, StoreError>;
    /// The documents of a family, the team's first, then by compartment and owner.
    async fn documents_of(&mut self, family: FamilyId) -> Result<Vec<Document>, StoreError>;

    // The change log

    /// Appends an accepted change and returns its sequence number: the document's head plus one.
    /// The document must exist and must not hold the hash yet.
    async fn append_change(
        &mut self,
        document: DocumentId,
        change: &NewChange,
    ) -> Result<u64, StoreError>;
    /// The sequence number under which this document holds a change of this hash.
    async fn change_seq(
        &mut self,
        document: DocumentId,
        hash: [u8; 32],
    ) -> Result<Option<u64>, StoreError>;
    /// At most `limit` changes after sequence number `after`, in order.
    async fn changes_after(
        &mut self,
        document: DocumentId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<StoredChange>, StoreError>;
    /// Keeps a saved document as of sequence number `seq`; older snapshots of it are dropped.
    async fn put_snapshot(
        &mut self,
        document: DocumentId,
        snapshot: &Snapshot,
    ) -> Result<(), StoreError>;
    /// The newest snapshot of a document.
    async fn snapshot(&mut self, document: DocumentId) -> Result<Option<Snapshot>, StoreError>;
    /// Binds an Automerge actor of this document to a device, for ever. Returns the device that the
    /// actor is bound to: `device` itself, or the other one that came first.
    async fn bind_actor(
        &mut self,
        document: DocumentId,
        actor: &[u8],
        device: DeviceId,
    ) -> Result<DeviceId, StoreError>;

    // Accounts, devices, sessions

    /// Adds an account. Its id and its sign-in name must be new.
    async fn create_account(&mut self, account: &Account) -> Result<(), StoreError>;
    /// The account with this id.
    async fn account(&mut self, id: ProfessionalId) -> Result<Option<Account>, StoreError>;
    /// The account with this sign-in name.
    async fn account_by_name(&mut self, sign_in: &str) -> Result<Option<Account>, StoreError>;
    /// Every account, by sign-in name.
    async fn accounts(&mut self) -> Result<Vec<Account>, StoreError>;
    /// Adds a device with its public key. Its id must be new.
    async fn enrol_device(&mut self, device: &Device) -> Result<(), StoreError>;
    /// The device with this id, revoked or not.
    async fn device(&mut self, id: DeviceId) -> Result<Option<Device>, StoreError>;
    /// The devices of a professional, revoked or not, in the order of enrolment.
    async fn devices_of(&mut self, professional: ProfessionalId)
    -> Result<Vec<Device>, StoreError>;
    /// Notes that a device signed a request at `at` (milliseconds since 1970). An earlier time than
    /// the one noted, and a device that isn't there, change nothing.
    async fn device_seen(&mut self, id: DeviceId, at: i64) -> Result<(), StoreError>;
    /// Marks a device revoked at `at` (milliseconds since 1970). Returns whether it was not before.
    async fn revoke_device(&mut self, id: DeviceId, at: i64) -> Result<bool, StoreError>;
    /// Adds a browser session.
    async fn create_session(&mut self, session: &Session) -> Result<(), StoreError>;
    /// The session whose token hashes to this, if it has not expired at `now` (milliseconds).
    async fn session(
        &mut self,
        token_sha256: [u8; 32],
        now: i64,
    ) -> Result<Option<Session>, StoreError>;
    /// Ends a session. No error when there is none.
    async fn end_session(&mut self, token_sha256: [u8; 32]) -> Result<(), StoreError>;

    // Allocation

    /// Allocates a professional to a family from `from` (milliseconds). Allocating again after an
    /// end opens it anew; while one is open it changes nothing.
    async fn allocate(&mut self, allocation: &Allocation) -> Result<(), StoreError>;
    /// Ends an open allocation at `at`. Returns whether there was one.
    async fn end_allocation(
        &mut self,
        family: FamilyId,
        professional: ProfessionalId,
        at: i64,
    ) -> Result<bool, StoreError>;
    /// Whether the professional is allocated to the family now.
    async fn is_allocated(
        &mut self,
        family: FamilyId,
        professional: ProfessionalId,
    ) -> Result<bool, StoreError>;
    /// The families that the professional is allocated to now, by name.
    async fn families_of(
        &mut self,
        professional: ProfessionalId,
    ) -> Result<Vec<Family>, StoreError>;

    /// The professionals who are allocated to the family now, by sign-in name.
    async fn team_of(&mut self, family: FamilyId) -> Result<Vec<Account>, StoreError>;

    // Compartments

    /// Names a professional a member of a compartment from `from` (milliseconds). As with
    /// [`Txn::allocate`], again after an end opens it anew; while one is open it changes nothing.
    async fn add_member(&mut self, membership: &Membership) -> Result<(), StoreError>;
    /// Ends an open membership at `at`. Returns whether there was one.
    async fn end_membership(
        &mut self,
        document: DocumentId,
        professional: ProfessionalId,
        at: i64,
    ) -> Result<bool, StoreError>;
    /// The members of a compartment now, by id.
    async fn members_of(&mut self, document: DocumentId)
    -> Result<Vec<ProfessionalId>, StoreError>;

    /// Makes everything of this transaction durable and visible.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;
}
