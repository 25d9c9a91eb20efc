//! Plans, goals and significant events.

use super::terms;

terms! {
    /// The plan that a child is under.
    PlanStatus {
        EarlyHelp = "early-help", "early help";
        FamilyHelp = "family-help", "family help";
        ChildInNeed = "child-in-need", "child in need";
        S47Enquiry = "s47-enquiry", "s47 enquiry";
        ChildProtectionPlan = "child-protection-plan", "child protection plan";
        PreProceedings = "pre-proceedings", "pre-proceedings";
        CareProceedings = "care-proceedings", "care proceedings";
        LookedAfter = "looked-after", "looked after";
        SupervisionOrder = "supervision-order", "supervision order";
        PrivateFostering = "private-fostering", "private fostering";
        Closed = "closed", "closed";
    }

    /// The category of a child protection plan.
    CpCategory {
        Neglect = "neglect", "neglect";
        Physical = "physical", "physical";
        Emotional = "emotional", "emotional";
        Sexual = "sexual", "sexual";
        Multiple = "multiple", "multiple";
    }

    /// How a goal stands.
    GoalStatus {
        Working = "working", "being worked on";
        Reached = "reached", "reached";
        Changed = "changed", "changed";
        Dropped = "dropped", "dropped";
    }

    /// What kind of event stands in the chronology.
    SignificantEventKind {
        Disclosure = "disclosure", "disclosure";
        Injury = "injury", "injury";
        DomesticAbuseIncident = "domestic-abuse-incident", "domestic abuse incident";
        PoliceCallOut = "police-call-out", "police call-out";
        ArrestOrCharge = "arrest-or-charge", "arrest or charge";
        BailChange = "bail-change", "bail change";
        HospitalAttendance = "hospital-attendance", "hospital attendance";
        OverdoseOrRelapse = "overdose-or-relapse", "overdose or relapse";
        MentalHealthCrisis = "mental-health-crisis", "mental health crisis";
        Missing = "missing", "missing";
        SchoolExclusion = "school-exclusion", "school exclusion";
        HouseMove = "house-move", "house move";
        NewPartner = "new-partner", "new partner";
        Pregnancy = "pregnancy", "pregnancy";
        Birth = "birth", "birth";
        Death = "death", "death";
        S47 = "s47", "s47";
        Conference = "conference", "conference";
        PlanStartOrEnd = "plan-start-or-end", "plan start or end";
        CourtOrder = "court-order", "court order";
        PlacementChange = "placement-change", "placement change";
        ChangeOfWorker = "change-of-worker", "change of worker";
        PositiveMilestone = "positive-milestone", "positive milestone";
    }
}
