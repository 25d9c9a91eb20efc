//! All sentences of a summary in reading order: to be read, and to be marked. Both lists name the same
//! parts in the same order.

use super::{Line, Summary};

impl Summary {
    /// Every sentence of the summary, in reading order.
    pub fn lines(&self) -> Vec<&Line> {
        let mut lines: Vec<&Line> = Vec::new();
        for plan in &self.safety_plans {
            lines.extend(&plan.warning);
            lines.extend(&plan.lines);
        }
        lines.extend(&self.workers_safety);
        lines.extend(&self.prompts);
        lines.extend(self.periods.iter().map(|it| &it.line));
        lines.extend(&self.contacts);
        lines.extend(self.children.iter().flat_map(|child| &child.lines));
        lines.extend(&self.strengths);
        for concern in &self.concerns {
            lines.push(&concern.line);
            lines.extend(concern.views.iter().map(|view| &view.line));
            lines.extend(&concern.closed);
        }
        lines.extend(self.readings.iter().map(|it| &it.line));
        lines.extend(self.tools.iter().map(|it| &it.line));
        lines.extend(self.direction.iter().map(|it| &it.line));
        for supervision in &self.supervisions {
            lines.push(&supervision.line);
            lines.extend(&supervision.contributions);
            lines.extend(&supervision.disagreements);
            lines.extend(&supervision.minority_views);
            lines.extend(&supervision.decisions);
        }
        lines.extend(&self.decisions);
        for goal in &self.goals {
            lines.push(&goal.line);
            lines.extend(&goal.news);
        }
        lines.extend(self.actions.iter().map(|it| &it.line));
        for chapter in &self.chapters {
            lines.extend(&chapter.monthly_summary);
            lines.extend(&chapter.this_period);
            lines.extend(&chapter.earlier);
        }
        lines.extend(&self.gaps);
        lines
    }

    /// As [`Summary::lines`], in the same order, to be marked.
    pub(super) fn lines_mut(&mut self) -> Vec<&mut Line> {
        let mut lines: Vec<&mut Line> = Vec::new();
        for plan in &mut self.safety_plans {
            lines.extend(&mut plan.warning);
            lines.extend(&mut plan.lines);
        }
        lines.extend(&mut self.workers_safety);
        lines.extend(&mut self.prompts);
        lines.extend(self.periods.iter_mut().map(|it| &mut it.line));
        lines.extend(&mut self.contacts);
        lines.extend(self.children.iter_mut().flat_map(|child| &mut child.lines));
        lines.extend(&mut self.strengths);
        for concern in &mut self.concerns {
            lines.push(&mut concern.line);
            lines.extend(concern.views.iter_mut().map(|view| &mut view.line));
            lines.extend(&mut concern.closed);
        }
        lines.extend(self.readings.iter_mut().map(|it| &mut it.line));
        lines.extend(self.tools.iter_mut().map(|it| &mut it.line));
        lines.extend(self.direction.iter_mut().map(|it| &mut it.line));
        for supervision in &mut self.supervisions {
            lines.push(&mut supervision.line);
            lines.extend(&mut supervision.contributions);
            lines.extend(&mut supervision.disagreements);
            lines.extend(&mut supervision.minority_views);
            lines.extend(&mut supervision.decisions);
        }
        lines.extend(&mut self.decisions);
        for goal in &mut self.goals {
            lines.push(&mut goal.line);
            lines.extend(&mut goal.news);
        }
        lines.extend(self.actions.iter_mut().map(|it| &mut it.line));
        for chapter in &mut self.chapters {
            lines.extend(&mut chapter.monthly_summary);
            lines.extend(&mut chapter.this_period);
            lines.extend(&mut chapter.earlier);
        }
        lines.extend(&mut self.gaps);
        lines
    }
}
