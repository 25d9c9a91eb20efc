//! Plans, goals, safety plans, group supervision and management decisions.

use record::model::{Collection, Record};
use serde_json::json;

use super::Hand;

impl Hand<'_> {
    pub(super) fn plan(&mut self) -> Option<Vec<Record>> {
        let status = ["child-protection-plan", "child-in-need", "looked-after"];
        let at = usize::from(self.edit.pick) % 3;
        let child = self.child()?;
        let standing = self.held.standing_plan_changes().into_iter();
        let corrected: Vec<_> = standing
            .filter(|(_, it)| it.child == child && self.says(0))
            .map(|(id, _)| id)
            .collect();
        let value = json!({"child": child, "supersedes": corrected, "status": status[at],
            "category": (at == 0).then_some("neglect"), "from": self.day(0)});
        Some(vec![self.record(Collection::PlanStatuses, value)])
    }

    pub(super) fn goal(&mut self, entry: Option<&str>) -> Vec<Record> {
        let children: Vec<_> = self.child().into_iter().collect();
        let value = json!({"text": self.words("Goal"), "domain": "alcohol", "children": children,
            "entry": entry});
        vec![self.record(Collection::Goals, value)]
    }

    pub(super) fn goal_news(&mut self) -> Option<Vec<Record>> {
        let status = ["working", "reached", "dropped"];
        let value = json!({"goal": self.chosen(&self.held.goals)?, "note": self.words("Goal news"),
            "status": status[usize::from(self.edit.pick) % 3]});
        Some(vec![self.record(Collection::GoalUpdates, value)])
    }

    /// A safety plan beside what is in force, or in its place.
    pub(super) fn safety_plan(&mut self, entry: Option<&str>) -> Vec<Record> {
        let supersedes: Vec<_> = self.chosen(&self.held.safety_plans).into_iter().collect();
        let supersedes = if self.says(0) { supersedes } else { vec![] };
        let value = json!({"steps": [self.words("Step")], "agreedWith": [self.party()],
            "mustNotBeSharedWith": self.person_id().map(|it| json!({"person": it})).into_iter().collect::<Vec<_>>(),
            "supersedes": supersedes, "entry": entry});
        vec![self.record(Collection::SafetyPlans, value)]
    }

    pub(super) fn supervision_plan(&mut self) -> Vec<Record> {
        let value = json!({"date": self.day(0), "chair": self.writer.professional});
        vec![self.record(Collection::SupervisionPlans, value)]
    }

    pub(super) fn contribution(&mut self) -> Option<Vec<Record>> {
        let value = json!({"plan": self.chosen(&self.held.supervision_plans)?,
            "discipline": self.writer.discipline, "goingWell": self.words("Going well"),
            "worriedAbout": self.words("Worried"), "reading": self.edit.pick % 11,
            "direction": "some-improvement", "because": self.words("Because")});
        Some(vec![self.record(Collection::Contributions, value)])
    }

    pub(super) fn supervision(&mut self) -> Vec<Record> {
        let (party, me) = (
            self.party(),
            json!({"professional": self.writer.professional}),
        );
        let plan = self
            .chosen(&self.held.supervision_plans)
            .filter(|_| self.says(0));
        let value = json!({"plan": plan, "date": self.day(0), "chair": self.writer.professional,
            "attendees": [me, party], "apologies": [{"named": "the school"}],
            "disagreements": [{"between": [me, party], "text": self.words("Disagreement")}],
            "minorityViews": [{"holder": party, "text": self.words("Minority view")}],
            "decisions": [{"text": self.words("Decided"), "rationale": self.words("Rationale")}],
            "next": self.says(1).then(|| self.day(6))});
        let held = self.record(Collection::Supervisions, value);
        let action = json!({"supervision": held.id, "text": self.words("Action")});
        vec![held, self.record(Collection::Actions, action)]
    }

    pub(super) fn decision(&mut self) -> Vec<Record> {
        let value = json!({"question": self.words("Question"), "options": ["yes", "no"],
            "decision": self.words("Decision"), "rationale": self.words("Rationale"), "on": self.day(0)});
        vec![self.record(Collection::ManagementDecisions, value)]
    }
}
