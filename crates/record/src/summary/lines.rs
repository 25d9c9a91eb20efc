//! All sentences of a summary in reading order: to be read, and to be marked. Both lists name the same
//! parts in the same order.

use super::{Line, Summary};

impl Summary {
    /// Every sentence of the summary, in reading order.
    pub fn lines(&self) -> Vec<&Line> {
        let mut lines: Vec<&Line> = self.contacts.iter().collect();
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
        lines.extend(self.actions.iter().map(|it| &it.line));
        lines.extend(&self.gaps);
        lines
    }

    /// As [`Summary::lines`], in the same order, to be marked.
    pub(super) fn lines_mut(&mut self) -> Vec<&mut Line> {
        let mut lines: Vec<&mut Line> = self.contacts.iter_mut().collect();
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
        lines.extend(self.actions.iter_mut().map(|it| &mut it.line));
        lines.extend(&mut self.gaps);
        lines
    }
}
