//! The suite that every engine runs: what the contracts promise, as tests. A feature, never shipped.
//!
//! An engine's own test file says how to make a fresh, empty store, and expands the suite:
//!
//! ```
//! mod server {
//!     use store::memory::MemoryStore;
//!
//!     async fn fresh() -> MemoryStore {
//!         MemoryStore::default()
//!     }
//!     store::conformance_suite!(server: fresh);
//! }
//! ```
//!
//! and likewise `device: fresh`, in a module of its own. The crate that expands it needs `tokio` with
//! its macros. A store that owns a temporary folder is a small wrapper whose `begin` passes on. Every
//! contract method has at least one test; a promise that is added to a contract gets its test here,
//! not in an engine.

#![expect(
    clippy::missing_panics_doc,
    clippy::missing_errors_doc,
    reason = "these functions are tests: they fail by panicking or by returning the engine's error"
)]

pub mod device;
mod samples;
pub mod server;
pub mod traces;

/// Expands the suite of one contract into `#[tokio::test]` functions. See [`crate::conformance`].
#[macro_export]
macro_rules! conformance_suite {
    (server: $make:expr) => {
        $crate::conformance_suite! { @tests server, $crate::server::Store, $make;
            transactions::a_dropped_transaction_leaves_nothing,
            transactions::a_cancelled_call_leaves_nothing,
            transactions::a_committed_transaction_is_seen_by_the_next,
            transactions::a_transaction_sees_its_own_writes,
            transactions::after_a_refusal_the_transaction_goes_on,
            transactions::writers_queue_and_none_is_lost,
            families::a_family_comes_back_as_it_was,
            families::a_familys_id_must_be_new,
            families::families_are_listed_by_name,
            families::odd_names_come_back_as_they_were,
            documents::a_document_starts_empty,
            documents::a_documents_id_and_compartment_must_be_new,
            documents::a_document_needs_its_family,
            documents::every_epoch_comes_back,
            documents::the_teams_document_is_listed_first,
            documents::a_locked_document_shows_its_head,
            documents::an_authors_own_document_has_its_owner,
            changes::changes_are_numbered_from_one_without_gaps,
            changes::two_writers_leave_no_gap,
            changes::a_hash_is_refused_twice_in_one_document_only,
            changes::a_change_needs_its_document,
            changes::a_hash_is_found_by_its_document,
            changes::changes_come_in_order_and_within_limits,
            changes::a_large_change_comes_back,
            changes::extreme_times_and_empty_bytes_come_back,
            changes::only_a_newer_snapshot_replaces,
            changes::a_snapshot_needs_its_document,
            changes::an_actor_stays_with_the_first_device,
            accounts::an_account_is_found_by_id_and_name,
            accounts::an_accounts_id_and_name_must_be_new,
            accounts::a_device_is_enrolled_once_and_revoked_once,
            accounts::a_device_and_a_session_need_their_account,
            accounts::accounts_are_listed_by_sign_in_name,
            accounts::devices_are_listed_by_their_owner,
            accounts::a_device_is_seen_and_never_earlier,
            accounts::a_session_expires,
            accounts::a_session_ends,
            allocations::an_allocation_opens_ends_and_reopens,
            allocations::only_open_allocations_list_a_family,
            allocations::an_allocation_needs_family_and_account,
            allocations::a_team_is_who_is_allocated_now,
            members::a_membership_opens_ends_and_reopens,
            members::members_are_listed_by_id,
            members::a_membership_needs_document_and_account,
            reach::families_come_near_in_three_ways_and_go_again,
            reach::all_documents_of_near_families_come_near,
            teams::a_teams_id_and_name_must_be_new,
            teams::a_place_opens_changes_its_role_ends_and_reopens,
            teams::a_place_needs_team_and_account_and_a_known_role,
            teams::a_family_has_one_team_at_a_time,
            teams::assigned_families_are_listed_by_name,
            teams::an_assignment_needs_team_and_family,
            teams::a_restriction_begins_and_ends,
            teams::a_closing_is_due_until_everything_has_ended,
            teams::a_leaver_reaches_nothing_and_others_keep_theirs,
            break_glass::a_breaking_comes_back_as_it_was,
            break_glass::a_breaking_ends_by_itself,
            break_glass::a_breaking_is_seen_once,
            break_glass::a_breaking_needs_family_and_account,
            identities::an_identity_is_linked_once_and_unlinked,
            identities::identities_are_listed_by_issuer_and_subject,
            identities::an_identity_needs_its_account,
            identities::a_sessions_use_never_goes_back,
            identities::a_sessions_use_ends_with_it,
            identities::expired_sessions_are_dropped,
            audit::rows_are_numbered_and_chained,
            audit::a_row_stands_and_falls_with_its_transaction,
            audit::chains_are_listed_by_id_and_family,
            audit::an_anchor_is_kept,
            audit::two_writers_leave_one_chain,
            boards::a_board_is_kept_and_replaced,
            boards::a_board_needs_its_document,
            boards::a_workload_counts_families_and_their_children,
            marks::a_mark_is_new_once,
            marks::a_mark_is_kept_as_long_as_it_counts,
            news::every_listener_is_told_of_a_commit,
            news::only_what_is_committed_is_told,
            news::what_is_told_is_there,
            news::a_lagging_listener_is_told_to_catch_up,
            restoring::there_is_one_key_for_ever,
            restoring::heads_are_noted_and_replaced,
            restoring::a_lineage_outlives_new_epochs,
            restoring::who_gave_back_is_noted,
            forgetting::a_hold_is_open_once,
            forgetting::holds_are_listed_by_beginning,
            forgetting::a_log_is_written_anew,
            forgetting::what_was_written_anew_is_retired,
            forgetting::what_was_forgotten_is_listed_in_order,
            forgetting::only_a_sound_log_takes_its_place,
            forgetting::a_rewriting_is_told,
            forgetting::a_family_is_erased,
            forgetting::erasing_a_family_leaves_the_others,
            forgetting::an_erasure_stands_and_falls_with_its_transaction,
            forgetting::scrubbing_keeps_the_rest,
        }
    };
    (device: $make:expr) => {
        $crate::conformance_suite! { @tests device, $crate::device::DeviceStore, $make;
            transactions::a_dropped_transaction_leaves_nothing,
            transactions::a_committed_transaction_is_seen_by_the_next,
            transactions::writers_queue_and_none_is_lost,
            replicas::there_is_one_profile,
            replicas::a_replica_is_added_and_replaced,
            replicas::replicas_are_listed_by_id,
            replicas::dropping_a_replica_keeps_what_the_user_wrote,
            replicas::extreme_cursors_and_large_documents_come_back,
            outbox::the_outbox_keeps_its_order,
            outbox::pushing_again_changes_nothing,
            outbox::a_change_is_taken_out_once,
            quarantine::refused_changes_come_oldest_first,
            quarantine::a_refused_change_is_replaced_by_id,
            quarantine::a_refused_change_is_dropped_once,
            drafts::drafts_come_oldest_first,
            drafts::a_draft_is_added_and_replaced,
            drafts::a_draft_is_dropped_once,
            drafts::odd_texts_come_back_as_they_were,
        }
    };
    (@tests $contract:ident, $store:path, $make:expr; $($subject:ident::$test:ident,)+) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $test() -> ::std::result::Result<(), $crate::StoreError> {
            let store: ::std::sync::Arc<dyn $store> = ::std::sync::Arc::new($make().await);
            $crate::conformance::$contract::$subject::$test(store).await
        }
    )+};
}

#[cfg(test)]
mod tests {
    /// A test that nobody expands would look like a promise that is kept.
    #[test]
    fn every_test_is_in_the_suite() {
        let suite = include_str!("conformance.rs");
        for (subject, source) in [
            (
                "transactions",
                include_str!("conformance/server/transactions.rs"),
            ),
            ("families", include_str!("conformance/server/families.rs")),
            ("documents", include_str!("conformance/server/documents.rs")),
            ("changes", include_str!("conformance/server/changes.rs")),
            ("accounts", include_str!("conformance/server/accounts.rs")),
            (
                "allocations",
                include_str!("conformance/server/allocations.rs"),
            ),
            ("members", include_str!("conformance/server/members.rs")),
            ("teams", include_str!("conformance/server/teams.rs")),
            (
                "break_glass",
                include_str!("conformance/server/break_glass.rs"),
            ),
            (
                "identities",
                include_str!("conformance/server/identities.rs"),
            ),
            ("audit", include_str!("conformance/server/audit.rs")),
            ("boards", include_str!("conformance/server/boards.rs")),
            ("marks", include_str!("conformance/server/marks.rs")),
            ("news", include_str!("conformance/server/news.rs")),
            ("restoring", include_str!("conformance/server/restoring.rs")),
            (
                "forgetting",
                include_str!("conformance/server/forgetting.rs"),
            ),
            (
                "transactions",
                include_str!("conformance/device/transactions.rs"),
            ),
            ("replicas", include_str!("conformance/device/replicas.rs")),
            ("outbox", include_str!("conformance/device/outbox.rs")),
            (
                "quarantine",
                include_str!("conformance/device/quarantine.rs"),
            ),
            ("drafts", include_str!("conformance/device/drafts.rs")),
        ] {
            let mut count = 0;
            for rest in source.split("pub async fn ").skip(1) {
                let name = rest.split('(').next().unwrap();
                assert!(
                    suite.contains(&format!("{subject}::{name},")),
                    "{subject}::{name}"
                );
                count += 1;
            }
            assert!(count > 0, "{subject} holds no test");
        }
    }
}
