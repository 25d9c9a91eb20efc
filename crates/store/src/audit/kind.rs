//! What happened, by stable codes. A reader takes codes that it does not know: a later version may
//! write more.

use super::Code;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)+) => {
        $($(#[$doc])* pub const $name: Code = Code::known($code);)+

        /// Every kind that this version writes.
        pub const ALL: &[Code] = &[$($name),+];
    };
}

kinds! {
    /// Changes or a snapshot of a document went to a device: `first` to `last`.
    PULLED = "pulled";
    /// A summary was read.
    SUMMARY_READ = "summary-read";
    /// One entry was read: `about`.
    ENTRY_READ = "entry-read";
    /// Somebody's list of families was read: `count`.
    FAMILIES_LISTED = "families-listed";
    /// Somebody's board was read: `count` families.
    BOARD_READ = "board-read";
    /// Families were looked for by a part of their name, which is not kept: `count` found.
    FAMILIES_SEARCHED = "families-searched";
    /// Somebody broke the glass on the family: `about` is the breaking, which holds the reason.
    GLASS_BROKEN = "glass-broken";
    /// Somebody was told of broken glass: `count`.
    NOTICES_READ = "notices-read";
    /// Somebody confirmed to have seen a notice: `about`.
    NOTICE_SEEN = "notice-seen";
    /// Changes were accepted: `count`, numbered `first` to `last`.
    PUSHED = "pushed";
    /// Changes were refused: `count`, by the rule `why`.
    PUSH_REFUSED = "push-refused";
    /// Somebody was not let through: `why`.
    DENIED = "denied";
    /// Somebody signed in with a browser.
    SIGNED_IN = "signed-in";
    /// A browser signed out.
    SIGNED_OUT = "signed-out";
    /// A name and password did not fit. The name is not kept.
    SIGN_IN_FAILED = "sign-in-failed";
    /// A device that is out of use knocked: `device`.
    REVOKED_DEVICE = "revoked-device";
    /// A device was enrolled: `device`.
    DEVICE_ENROLLED = "device-enrolled";
    /// A device was taken out of use: `about`.
    DEVICE_REVOKED = "device-revoked";
    /// An account was added: `about`.
    ACCOUNT_ADDED = "account-added";
    /// A family was added.
    FAMILY_ADDED = "family-added";
    /// A professional was allocated to the family: `about`.
    ALLOCATED = "allocated";
    /// An allocation ended: `about`.
    DEALLOCATED = "deallocated";
    /// A compartment was opened in the name of `about`.
    COMPARTMENT_OPENED = "compartment-opened";
    /// A professional was named a member of a compartment: `about`.
    MEMBER_ADDED = "member-added";
    /// A membership ended: `about`.
    MEMBER_REMOVED = "member-removed";
    /// The audit log was exported: `count` rows of `family`, or of all.
    AUDIT_EXPORTED = "audit-exported";
    /// The chain `about` had `last` rows and the head `head`.
    ANCHOR = "anchor";
    /// The boards' rows were made anew: `count`.
    REBUILT = "rebuilt";
    /// A legal hold on the family was set. Its reference is not kept here.
    HOLD_SET = "hold-set";
    /// A legal hold was lifted.
    HOLD_LIFTED = "hold-lifted";
    /// The document was written anew without something (`why`: of which kind), which took `count` records
    /// away: `about` is the certificate, `head` the SHA-256 of its part about this document.
    DOCUMENT_REWRITTEN = "document-rewritten";
    /// The document went with its family: `about` and `head` as before.
    DOCUMENT_ERASED = "document-erased";
    /// An erasure in `count` documents ended: `about` is the certificate, `head` the SHA-256 of its file.
    ERASURE_CERTIFIED = "erasure-certified";
    /// It was made sure once more that nothing erased stands in the database's files.
    SCRUBBED = "scrubbed";
}
