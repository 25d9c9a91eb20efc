//! The whole decision as a page that a person can read: `docs/access-table.md`, drawn up from
//! [`decide`] and compared with the committed one.

use uuid::Uuid;

use crate::{
    Action, Allocated, BreakGlass, Compartment, DocumentFacts, FamilyFacts, FindFamily, Glass,
    ListFamilies, PullDocument, PushDocument, ReadFamily, Restricted, Standing, Subject, TeamRole,
    Way, decide,
};

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/access-table.md");

const HEAD: &str = "\
# Who may do what

Drawn up by a test from the server's one decision (`crates/access`), never written by hand:
`UPDATE=1 cargo test -p access` writes it anew. Each table is one person on one way in; each row is
how they stand to a family at that moment; a column is what they ask for. A no to anything about a
family is answered exactly like a question about a family that does not exist.

- **list**: the list of one's own families. **find**: to learn that the family exists, by name.
- **break glass**: emergency reading, with a reason, for a limited time; the manager is told.
- **read**: the family's page (summary and entries of the team's document), online.
- **team**, **other part**, **named part**, **own notes**: to hold a copy of that document and write in
  it: the team's; a compartment of which they are no named member; one of which they are; an author's own.

";

fn says<A: Action>(subject: &Subject, resource: A::Resource) -> &'static str {
    if decide::<A>(subject, resource).is_ok() {
        "yes"
    } else {
        "-"
    }
}

/// Copies and writing go together; a page that showed one word for two answers would lie.
fn holds(
    subject: &Subject,
    standing: Standing,
    compartment: Compartment,
    named: bool,
) -> &'static str {
    let facts = DocumentFacts {
        document: Uuid::from_u128(3),
        family: Uuid::from_u128(4),
        compartment,
        standing,
        members: if named {
            vec![subject.professional]
        } else {
            vec![]
        },
        owner: named.then_some(subject.professional),
    };
    let pulls = says::<PullDocument>(subject, facts.clone());
    assert_eq!(pulls, says::<PushDocument>(subject, facts));
    pulls
}

fn rows(subject: &Subject) -> String {
    let mut rows = String::new();
    for restricted in [Restricted::No, Restricted::Yes] {
        for allocated in [Allocated::No, Allocated::Yes] {
            for team in TeamRole::ALL {
                for glass in [Glass::Whole, Glass::Broken] {
                    let standing = Standing {
                        allocated,
                        team,
                        restricted,
                        glass,
                    };
                    rows.push_str(&row(subject, standing));
                }
            }
        }
    }
    rows
}

fn row(subject: &Subject, standing: Standing) -> String {
    let family = FamilyFacts {
        family: Uuid::from_u128(4),
        standing,
    };
    let named = [
        Compartment::VictimSafe,
        Compartment::PerpetratorWork,
        Compartment::Health,
        Compartment::Probation,
        Compartment::Legal,
    ];
    let part = |named_in: bool| {
        let mut answers: Vec<_> = named
            .iter()
            .map(|it| holds(subject, standing, *it, named_in))
            .collect();
        answers.dedup();
        assert_eq!(
            answers.len(),
            1,
            "the compartments differ: give each a column"
        );
        answers[0]
    };
    let unknown = holds(subject, standing, Compartment::Unknown, true);
    assert_eq!(unknown, "-", "an unknown compartment opens to nobody");
    let cells = [
        if standing.restricted == Restricted::Yes {
            "restricted"
        } else {
            "ordinary"
        },
        if standing.allocated == Allocated::Yes {
            "allocated"
        } else {
            ""
        },
        standing.team.code().unwrap_or(""),
        if standing.glass == Glass::Broken {
            "broken"
        } else {
            ""
        },
        says::<ListFamilies>(subject, ()),
        says::<FindFamily>(subject, family.clone()),
        says::<BreakGlass>(subject, family.clone()),
        says::<ReadFamily>(subject, family),
        holds(subject, standing, Compartment::Team, false),
        part(false),
        part(true),
        holds(subject, standing, Compartment::AuthorOnly, true),
    ];
    format!("| {} |\n", cells.join(" | "))
}

fn page() -> String {
    let device = |revoked| Way::Device {
        id: Uuid::from_u128(2),
        revoked,
    };
    let people = [
        ("Anybody but a service manager", Some("recovery-worker")),
        ("A team manager by discipline", Some("team-manager")),
        ("A service manager", Some("service-manager")),
        ("An account without a known discipline", None),
    ];
    let ways = [
        ("on an enrolled device", device(false)),
        ("in a browser", Way::Browser),
        ("on a device that was taken out of use", device(true)),
    ];
    let mut page = HEAD.to_owned();
    let mut drawn: Vec<(String, String)> = Vec::new();
    for (who, discipline) in people {
        for (on, way) in ways {
            let subject = Subject {
                professional: Uuid::from_u128(1),
                discipline: discipline.map(String::from),
                way,
            };
            let title = format!("{who}, {on}");
            let rows = rows(&subject);
            page.push_str(&format!("## {title}\n\n"));
            if !rows.contains("yes") {
                page.push_str("Nothing at all.\n\n");
            } else if let Some((same, _)) = drawn.iter().find(|(_, other)| *other == rows) {
                page.push_str(&format!("The same as: {same}.\n\n"));
            } else {
                page.push_str("| family | allocated | in its team | glass | list | find | break glass | read | team | other part | named part | own notes |\n");
                page.push_str(
                    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
                );
                page.push_str(&rows);
                page.push('\n');
                drawn.push((title, rows));
            }
        }
    }
    page.push_str(
        "## Beyond families\n\nOne's own devices are listed and taken out of use by oneself; \
         anybody's are taken out of use by a service manager. A notice that the glass was broken goes \
         to the manager of the family's team; where there is none but the one who broke it, or the \
         family is restricted, to the service managers; never to the one who broke it.\n",
    );
    page
}

#[test]
fn the_table_as_committed_is_what_is_decided() {
    let page = page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(COMMITTED, &page).unwrap();
    }
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    assert!(
        committed == page,
        "docs/access-table.md is stale: run `UPDATE=1 cargo test -p access`, read the difference and commit it"
    );
}
