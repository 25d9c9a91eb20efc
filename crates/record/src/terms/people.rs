//! Who is who: disciplines of professionals, roles and relationships of family members.

use super::terms;

terms! {
    /// What a professional does in the team.
    Discipline {
        ChildrensSocialWorker = "childrens-social-worker", "children's social worker";
        SeniorSocialWorker = "senior-social-worker", "senior social worker";
        FamilySupportWorker = "family-support-worker", "family support worker";
        DomesticAbuseVictimWorker = "domestic-abuse-victim-worker", "domestic abuse victim worker";
        DomesticAbusePerpetratorWorker = "domestic-abuse-perpetrator-worker", "domestic abuse perpetrator worker";
        RecoveryWorker = "recovery-worker", "recovery worker";
        AdultMentalHealthPractitioner = "adult-mental-health-practitioner", "adult mental health practitioner";
        Psychologist = "psychologist", "psychologist";
        ProbationOfficer = "probation-officer", "probation officer";
        HealthVisitor = "health-visitor", "health visitor";
        SchoolSafeguardingLead = "school-safeguarding-lead", "school safeguarding lead";
        TeamManager = "team-manager", "team manager";
        ServiceManager = "service-manager", "service manager";
        IndependentReviewingOfficer = "independent-reviewing-officer", "independent reviewing officer";
        ConferenceChair = "conference-chair", "conference chair";
        BusinessSupport = "business-support", "business support";
    }

    /// What a person is to the children of the workbook.
    PersonRole {
        Child = "child", "child";
        UnbornChild = "unborn-child", "unborn child";
        Mother = "mother", "mother";
        Father = "father", "father";
        StepParent = "step-parent", "step-parent";
        ParentsPartner = "parents-partner", "parent's partner";
        ExPartner = "ex-partner", "ex-partner";
        Carer = "carer", "carer";
        KinshipCarer = "kinship-carer", "kinship carer";
        Grandparent = "grandparent", "grandparent";
        Sibling = "sibling", "sibling";
        HalfSibling = "half-sibling", "half-sibling";
        OtherRelative = "other-relative", "other relative";
        HouseholdMember = "household-member", "household member";
        NetworkMember = "network-member", "network member";
    }

    /// What one person is to another: "A is the … of B".
    RelationshipKind {
        ParentOf = "parent-of", "parent of";
        StepParentOf = "step-parent-of", "step-parent of";
        CarerOf = "carer-of", "carer of";
        GrandparentOf = "grandparent-of", "grandparent of";
        SiblingOf = "sibling-of", "sibling of";
        HalfSiblingOf = "half-sibling-of", "half-sibling of";
        PartnerOf = "partner-of", "partner of";
        ExPartnerOf = "ex-partner-of", "ex-partner of";
        OtherRelativeOf = "other-relative-of", "other relative of";
        FriendOf = "friend-of", "friend of";
    }
}

impl Discipline {
    /// Whether this discipline takes management decisions on the record (withdrawals, set-up).
    pub fn is_manager(&self) -> bool {
        matches!(self, Self::TeamManager | Self::ServiceManager)
    }
}

impl PersonRole {
    /// Whether the person is one of the workbook's children.
    pub fn is_child(&self) -> bool {
        matches!(
            self,
            Self::Child | Self::UnbornChild | Self::Sibling | Self::HalfSibling
        )
    }
}
