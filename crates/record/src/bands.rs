//! What a tool's score means, by published rule and version.

use crate::terms::Tool;

/// The band that a score falls into, with the rule that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The band's name.
    pub label: &'static str,
    /// The rule and its version, to stand beside the band for ever.
    pub rule: &'static str,
    /// The highest score that the tool can give.
    pub out_of: u32,
}

/// One tool's rule: the lowest score of each band, ascending.
struct Bands {
    rule: &'static str,
    out_of: u32,
    from: &'static [(u32, &'static str)],
}

/// WHO, AUDIT manual, 2nd edition (2001), with the names of OHID's alcohol screening tool.
const AUDIT: Bands = Bands {
    rule: "AUDIT, OHID 2020",
    out_of: 40,
    from: &[
        (0, "low"),
        (8, "increasing"),
        (16, "higher"),
        (20, "possible dependence"),
    ],
};
/// OHID, AUDIT-C: a score of 5 or more is a positive screen.
const AUDIT_C: Bands = Bands {
    rule: "AUDIT-C, OHID 2020",
    out_of: 12,
    from: &[(0, "low"), (5, "increasing or higher")],
};
/// Kroenke, Spitzer, Williams (2001).
const PHQ_9: Bands = Bands {
    rule: "PHQ-9, Kroenke 2001",
    out_of: 27,
    from: &[
        (0, "minimal"),
        (5, "mild"),
        (10, "moderate"),
        (15, "moderately severe"),
        (20, "severe"),
    ],
};
/// Spitzer, Kroenke, Williams, Löwe (2006).
const GAD_7: Bands = Bands {
    rule: "GAD-7, Spitzer 2006",
    out_of: 21,
    from: &[
        (0, "minimal"),
        (5, "mild"),
        (10, "moderate"),
        (15, "severe"),
    ],
};
/// SafeLives, DASH risk checklist: 14 or more ticks is high; professional judgement stands above it.
/// `SafeLives`' form has 24 questions, the police's has 27.
const DASH: Bands = Bands {
    rule: "DASH, SafeLives 2009",
    out_of: 27,
    from: &[(0, "not high by score"), (14, "high")],
};

/// The band of a tool's score; `None` when the tool has no bands or can't give such a score.
///
/// ```
/// use record::{band, terms::Tool};
/// assert_eq!(band(&Tool::Audit, 22).map(|band| band.label), Some("possible dependence"));
/// assert_eq!(band(&Tool::Audit, 41), None);
/// ```
pub fn band(tool: &Tool, score: u32) -> Option<Band> {
    let bands = match tool {
        Tool::Audit => AUDIT,
        Tool::AuditC => AUDIT_C,
        Tool::Phq9 => PHQ_9,
        Tool::Gad7 => GAD_7,
        Tool::Dash => DASH,
        _ => return None,
    };
    if score > bands.out_of {
        return None;
    }
    let (_, label) = bands.from.iter().rev().find(|(from, _)| score >= *from)?;
    Some(Band {
        label,
        rule: bands.rule,
        out_of: bands.out_of,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_change_exactly_at_their_thresholds() {
        let label = |tool, score| band(&tool, score).map(|band| band.label);
        assert_eq!(label(Tool::Audit, 7), Some("low"));
        assert_eq!(label(Tool::Audit, 8), Some("increasing"));
        assert_eq!(label(Tool::Audit, 19), Some("higher"));
        assert_eq!(label(Tool::Audit, 20), Some("possible dependence"));
        assert_eq!(label(Tool::Phq9, 14), Some("moderate"));
        assert_eq!(label(Tool::Phq9, 15), Some("moderately severe"));
        assert_eq!(label(Tool::Dash, 13), Some("not high by score"));
        assert_eq!(label(Tool::Dash, 14), Some("high"));
        assert_eq!(label(Tool::Sdq, 3), None);
        assert_eq!(label(Tool::Gad7, 22), None);
    }
}
