//! Two rows of words laid beside each other with the fewest differences.

/// One step of an alignment: positions in the reference and in the hypothesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The same word.
    Same(usize, usize),
    /// Another word.
    Instead(usize, usize),
    /// A word that was said and not written.
    Missing(usize),
    /// A word that was written and not said.
    Extra(usize),
}

/// Steps that turn `said` into `written`, in order: the fewest substitutions, deletions and
/// insertions (Levenshtein). Memory is a byte for each pair of words.
pub fn align(said: &[&str], written: &[&str]) -> Vec<Step> {
    let width = written.len() + 1;
    // 0: both, 1: only said, 2: only written.
    let mut way = vec![0_u8; (said.len() + 1) * width];
    let mut above: Vec<usize> = (0..width).collect();
    way[1..width].fill(2);
    for (row, word) in said.iter().enumerate() {
        let mut here = vec![row + 1; width];
        let line = (row + 1) * width;
        way[line] = 1;
        for (column, other) in written.iter().enumerate() {
            let both = above[column] + usize::from(word != other);
            let missing = above[column + 1] + 1;
            let extra = here[column] + 1;
            let (cost, step) = [(both, 0), (missing, 1), (extra, 2)]
                .into_iter()
                .min_by_key(|(cost, _)| *cost)
                .unwrap_or((both, 0));
            here[column + 1] = cost;
            way[line + column + 1] = step;
        }
        above = here;
    }
    let (mut row, mut column) = (said.len(), written.len());
    let mut steps = Vec::new();
    while row > 0 || column > 0 {
        match way[row * width + column] {
            1 => {
                row -= 1;
                steps.push(Step::Missing(row));
            }
            2 => {
                column -= 1;
                steps.push(Step::Extra(column));
            }
            _ => {
                row -= 1;
                column -= 1;
                steps.push(if said[row] == written[column] {
                    Step::Same(row, column)
                } else {
                    Step::Instead(row, column)
                });
            }
        }
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use super::{Step, align};

    fn steps(said: &str, written: &str) -> Vec<Step> {
        let words = |text: &'static str| text.split_whitespace().collect::<Vec<_>>();
        let (said, written) = (said.to_owned().leak(), written.to_owned().leak());
        align(&words(said), &words(written))
    }

    #[test]
    fn each_kind_of_difference_is_found() {
        use Step::{Extra, Instead, Missing, Same};
        assert_eq!(
            steps("he did not hit her", "he did hit sir now"),
            [
                Same(0, 0),
                Same(1, 1),
                Missing(2),
                Same(3, 2),
                Instead(4, 3),
                Extra(4)
            ]
        );
        assert_eq!(steps("", "thank you"), [Extra(0), Extra(1)]);
        assert_eq!(steps("no", ""), [Missing(0)]);
        assert_eq!(steps("", ""), []);
    }
}
