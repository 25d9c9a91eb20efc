//! What kind of contact an entry records, and what came of it.

use super::terms;

terms! {
    /// The kind of an entry.
    EntryKind {
        StatutoryVisitCp = "statutory-visit-cp", "statutory visit (CP)";
        StatutoryVisitLookedAfter = "statutory-visit-looked-after", "statutory visit (looked after)";
        CinVisit = "cin-visit", "CIN visit";
        HomeVisit = "home-visit", "home visit";
        UnannouncedVisit = "unannounced-visit", "unannounced visit";
        AttemptedVisit = "attempted-visit", "attempted visit";
        SpecialistSession = "specialist-session", "specialist session";
        JointVisit = "joint-visit", "joint visit";
        DirectWork = "direct-work-with-child", "direct work with child";
        GroupSession = "group-session", "group session";
        Phone = "phone", "phone";
        Video = "video", "video";
        Message = "message", "message";
        SchoolContact = "school-contact", "school contact";
        ProfessionalContact = "professional-contact", "professional contact";
        CoreGroup = "core-group", "core group";
        CinMeeting = "cin-meeting", "CIN meeting";
        FamilyTime = "family-time", "family time";
        MonthlySummary = "monthly-summary", "monthly summary";
        Other = "other", "other";
    }

    /// What came of a visit.
    Outcome {
        TookPlace = "took-place", "took place";
        NoReply = "no-reply", "no reply";
        RefusedEntry = "refused-entry", "refused entry";
        CancelledByFamily = "cancelled-by-family", "cancelled by family";
        CancelledByService = "cancelled-by-service", "cancelled by service";
        PartlyCompleted = "partly-completed", "partly completed";
    }

    /// Whether a child was seen.
    Seen {
        Awake = "awake", "seen awake";
        Asleep = "asleep", "seen asleep";
        NotSeen = "not-seen", "not seen";
    }

    /// Whether a child was seen alone, or why not.
    SeenAlone {
        Yes = "yes", "yes";
        ChildDeclined = "child-declined", "child declined";
        ParentRefused = "parent-refused", "parent refused";
        TooYoung = "too-young", "too young";
        UnsafeTo = "unsafe-to", "unsafe to";
        NotAttempted = "not-attempted", "not attempted";
    }

    /// Why something is appended to a complete entry.
    AppendmentReason {
        Correction = "correction", "correction";
        LateInformation = "late-information", "late information";
        FamilysComment = "familys-comment", "family's comment";
        ManagersComment = "managers-comment", "manager's comment";
        RightsRequest = "response-to-a-rights-request", "response to a rights request";
    }

    /// Which of a family's documents an entry lives in.
    Compartment {
        Team = "team", "team";
        VictimSafe = "victim-safe", "victim-safe";
        PerpetratorWork = "perpetrator-work", "perpetrator work";
        Health = "health", "health";
        Probation = "probation", "probation";
        Legal = "legal", "legal";
        AuthorOnly = "author-only", "author only";
    }
}

impl EntryKind {
    /// Whether an entry of this kind can count as a visit to a child at all: an attempted visit, a
    /// core group, a meeting or a call never does (`DOMAIN` section 2).
    pub fn is_visit(&self) -> bool {
        matches!(
            self,
            Self::StatutoryVisitCp
                | Self::StatutoryVisitLookedAfter
                | Self::CinVisit
                | Self::HomeVisit
                | Self::UnannouncedVisit
                | Self::JointVisit
                | Self::DirectWork
        )
    }
}

impl Outcome {
    /// Whether somebody was met, wholly or in part.
    pub fn was_contact(&self) -> bool {
        matches!(self, Self::TookPlace | Self::PartlyCompleted)
    }
}
