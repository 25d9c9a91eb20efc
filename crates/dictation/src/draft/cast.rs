//! Everyone who is spoken of in one note.
//!
//! Invariant: nobody enters the cast unless the text names them, by name or by role; the author is
//! always person 0. Finding them in the text belongs to `names.rs` and `mention.rs`.

/// What pronoun may stand for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Female,
    Male,
}

/// What is known of one person from the note and the family's file.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, any of which may hold"
)]
pub(super) struct Person {
    /// The fullest name spoken (or the family's, once heard).
    pub(super) full: String,
    /// What the draft calls them after a pronoun: the given name, or the role word.
    pub(super) short: String,
    pub(super) gender: Option<Gender>,
    pub(super) child: bool,
    pub(super) professional: bool,
    /// Role word ("mum") that the note or the file binds to them.
    pub(super) roles: Vec<&'static str>,
    /// Known by a role word only.
    pub(super) nameless: bool,
    /// Position in the family's file.
    pub(super) known: Option<usize>,
    /// An adult by the family's file or by a role.
    pub(super) adult: bool,
}

/// The author's place in every cast.
pub(super) const AUTHOR: usize = 0;

/// The people of one note.
#[derive(Debug, Clone)]
pub(super) struct Cast {
    pub(super) people: Vec<Person>,
}

impl Cast {
    /// Only the author.
    pub(super) fn new() -> Self {
        Self {
            people: vec![Person {
                full: "author".to_owned(),
                short: "author".to_owned(),
                adult: true,
                ..Person::default()
            }],
        }
    }

    pub(super) fn add(&mut self, person: Person) -> usize {
        self.people.push(person);
        self.people.len() - 1
    }

    pub(super) fn person(&self, who: usize) -> Option<&Person> {
        self.people.get(who)
    }

    pub(super) fn is_child(&self, who: usize) -> bool {
        self.person(who).is_some_and(|person| person.child)
    }

    pub(super) fn is_professional(&self, who: usize) -> bool {
        who == AUTHOR || self.person(who).is_some_and(|person| person.professional)
    }

    /// Everyone but the author for whom `test` holds.
    pub(super) fn all(&self, test: impl Fn(&Person) -> bool) -> Vec<usize> {
        (1..self.people.len())
            .filter(|&who| self.people.get(who).is_some_and(&test))
            .collect()
    }

    /// The person with this role word, if exactly one has it.
    pub(super) fn with_role(&self, role: &str) -> Option<usize> {
        let found = self.all(|person| person.roles.contains(&role));
        if let [one] = found[..] {
            Some(one)
        } else {
            None
        }
    }

    /// Family adults with a name.
    pub(super) fn named_adults(&self) -> Vec<usize> {
        self.all(|person| !person.child && !person.professional && !person.nameless)
    }

    /// For a nameless "mum": the one named adult whom it can mean.
    pub(super) fn likely(&self, who: usize) -> Option<usize> {
        let person = self.person(who).filter(|person| person.nameless)?;
        let parent = person
            .roles
            .iter()
            .any(|role| matches!(*role, "mother" | "father"));
        let adults = self.named_adults();
        let fitting: Vec<usize> = adults
            .into_iter()
            .filter(|&one| {
                self.person(one)
                    .is_some_and(|p| p.gender == person.gender && p.roles.is_empty())
            })
            .collect();
        if let ([one], true) = (&fitting[..], parent) {
            Some(*one)
        } else {
            None
        }
    }
}
