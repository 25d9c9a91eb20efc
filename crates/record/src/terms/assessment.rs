//! What is said about the family: domains, agreement, direction, tools, safety, actions.

use super::terms;

terms! {
    /// What part of family life something is about.
    Domain {
        DomesticAbuse = "domestic-abuse", "domestic abuse";
        Drugs = "drugs", "drugs";
        Alcohol = "alcohol", "alcohol";
        ParentalMentalHealth = "parental-mental-health", "parental mental health";
        ParentalLearningNeed = "parental-learning-need", "parental learning need";
        BasicCare = "basic-care", "basic care";
        EmotionalWarmth = "emotional-warmth", "emotional warmth";
        SupervisionAndSafety = "supervision-and-safety", "supervision and safety";
        Stimulation = "stimulation", "stimulation";
        Boundaries = "boundaries", "boundaries";
        Stability = "stability", "stability";
        ChildsHealth = "childs-health", "child's health";
        Development = "development", "development";
        EducationAndAttendance = "education-and-attendance", "education and attendance";
        ChildsMentalHealth = "childs-mental-health", "child's mental health";
        Exploitation = "exploitation", "exploitation";
        Offending = "offending", "offending";
        Housing = "housing", "housing";
        Money = "money", "money";
        SupportNetwork = "support-network", "support network";
        ParentsRelationship = "parents-relationship", "parents' relationship";
        FamilyTime = "family-time", "family time";
    }

    /// Whether the holder of a view shares a concern.
    Agreement {
        SharesFully = "shares-fully", "shares fully";
        SharesPartly = "shares-partly", "shares partly";
        SeesDifferently = "sees-it-differently", "sees it differently";
        DoesNotShare = "does-not-share", "does not share";
        NotYetDiscussed = "not-yet-discussed", "not yet discussed";
        UnsafeToDiscuss = "unsafe-to-discuss", "unsafe to discuss";
        UnableToSay = "unable-to-say", "unable to say";
    }

    /// Whether things are getting better.
    Direction {
        Improving = "improving", "improving";
        SomeImprovement = "some-improvement", "some improvement";
        NoChange = "no-change", "no change";
        Mixed = "mixed", "mixed";
        Worsening = "worsening", "worsening";
        TooEarly = "too-early", "too early";
        NotAssessed = "not-assessed", "not assessed";
    }

    /// Where somebody stands in the cycle of change (Prochaska and DiClemente).
    StageOfChange {
        PreContemplation = "pre-contemplation", "pre-contemplation";
        Contemplation = "contemplation", "contemplation";
        Preparation = "preparation", "preparation";
        Action = "action", "action";
        Maintenance = "maintenance", "maintenance";
        Relapse = "relapse", "relapse";
        NotAssessed = "not-assessed", "not assessed";
    }

    /// A tool of direct work or assessment. Only names: several tools' wording is copyrighted.
    Tool {
        ScalingQuestion = "scaling-question", "scaling question";
        ImportanceRuler = "importance-ruler", "importance ruler";
        ConfidenceRuler = "confidence-ruler", "confidence ruler";
        DecisionalBalance = "decisional-balance", "decisional balance";
        CycleOfChange = "cycle-of-change", "cycle of change";
        Genogram = "genogram", "genogram";
        Ecomap = "ecomap", "ecomap";
        ThreeHouses = "three-houses", "three houses";
        WordsAndPictures = "words-and-pictures", "words and pictures";
        SafetyHouse = "safety-house", "safety house";
        DangerStatement = "danger-statement", "danger statement";
        OutcomesStar = "outcomes-star", "outcomes star";
        Dash = "dash", "DASH";
        SeverityOfAbuseGrid = "severity-of-abuse-grid", "severity of abuse grid";
        PowerAndControlWheel = "power-and-control-wheel", "power and control wheel";
        Audit = "audit", "AUDIT";
        AuditC = "audit-c", "AUDIT-C";
        DrugDiary = "drug-diary", "drug diary";
        Phq9 = "phq-9", "PHQ-9";
        Gad7 = "gad-7", "GAD-7";
        Sdq = "sdq", "SDQ";
        Gcp2 = "gcp2", "GCP2";
        HomeConditions = "home-conditions", "home conditions";
        DayInTheLife = "day-in-the-life", "day in the life";
        FamilyTimeline = "family-timeline", "family timeline";
        ModuleWorksheet = "module-worksheet", "module worksheet";
        Other = "other", "other";
    }

    /// What was done about safety there and then.
    ImmediateSafety {
        NoConcern = "no-concern", "no concern";
        ManagedInVisit = "managed-in-the-visit", "managed in the visit";
        ManagerInformed = "manager-informed", "manager informed";
        StrategyDiscussion = "strategy-discussion-asked-for", "strategy discussion asked for";
        EmergencyServices = "emergency-services", "emergency services";
    }

    /// What kind of statement a sentence is: fact and judgement must be distinguishable.
    Nature {
        ObservedFact = "observed-fact", "observed fact";
        Reported = "reported", "reported by";
        Document = "document", "document";
        ProfessionalOpinion = "professional-opinion", "professional opinion";
        Analysis = "analysis", "analysis";
        Hypothesis = "hypothesis", "hypothesis";
        FamilysView = "familys-view", "family's view";
    }

    /// How an action stands.
    ActionStatus {
        Open = "open", "open";
        InProgress = "in-progress", "in progress";
        Done = "done", "done";
        NotDone = "not-done", "not done";
        Superseded = "superseded", "superseded";
    }
}

impl ActionStatus {
    /// Whether the action still waits for somebody.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open | Self::InProgress | Self::Added(_))
    }
}
