// Written by `UPDATE=1 cargo test -p device --features ts types`; do not edit.

/**
 * An action: who does what by when, and what difference it makes to the child.
 */
export type Action = { 
/**
 * The entry in which it was agreed.
 */
entry?: EntryId, 
/**
 * The group supervision in which it was agreed.
 */
supervision?: RecordId, 
/**
 * What.
 */
text: string, 
/**
 * Who.
 */
owner?: Party, 
/**
 * By when.
 */
due?: string, 
/**
 * What it is to change for the child.
 */
effect?: string, 
/**
 * Whom it is about: in whose own file it belongs, and the basis of redaction. Where nobody says,
 * the names in its words decide.
 */
about?: Array<PersonId>, 
/**
 * Who wrote it down.
 */
by: ProfessionalId, 
/**
 * When, by the device's clock.
 */
at: string, };

/**
 * An open action.
 */
export type ActionCard = { 
/**
 * The action.
 */
id: ActionId, 
/**
 * In words.
 */
text: string, 
/**
 * By when.
 */
due?: string, 
/**
 * Whether that day has passed.
 */
overdue: boolean, 
/**
 * Whether it is mine.
 */
mine: boolean, 
/**
 * The compartment that it is in: not to be said outside it.
 */
compartment?: Compartment, };

/**
 * An action with its status events.
 */
export type ActionId = string;

/**
 * An action that somebody still has to do, or about which the record disagrees.
 */
export type ActionLine = { 
/**
 * The action.
 */
id: ActionId, 
/**
 * The label of its status; several when the record disagrees.
 */
status: Array<string>, 
/**
 * By when.
 */
due?: string, 
/**
 * Whether that day has passed.
 */
overdue: boolean, 
/**
 * In words, cited.
 */
line: Line, };

/**
 * News of an action, as a screen gives it.
 */
export type ActionNews = { 
/**
 * The action.
 */
action: ActionId, 
/**
 * How it stands.
 */
status: ActionStatus, 
/**
 * Why, or with what effect; required when it was not done.
 */
note?: string, };

/**
 * How an action stands.
 */
export type ActionStatus = "open" | "in-progress" | "done" | "not-done" | "superseded" | (string & {});

/**
 * News of an action. Two that contradict each other both stand.
 */
export type ActionUpdate = { 
/**
 * The action.
 */
action: ActionId, 
/**
 * How it stands.
 */
status: ActionStatus, 
/**
 * Why, or with what effect on the child. Required when it was not done.
 */
note?: string, 
/**
 * Who says so.
 */
by: ProfessionalId, 
/**
 * When, by the device's clock.
 */
at: string, };

/**
 * Whether the holder of a view shares a concern.
 */
export type Agreement = "shares-fully" | "shares-partly" | "sees-it-differently" | "does-not-share" | "not-yet-discussed" | "unsafe-to-discuss" | "unable-to-say" | (string & {});

/**
 * What the author makes of it.
 */
export type Analysis = { 
/**
 * What has changed.
 */
changed?: string, 
/**
 * What it means for each child.
 */
meaning?: Array<Meaning>, 
/**
 * What is uncertain.
 */
uncertain?: string, };

/**
 * Something appended to an entry.
 */
export type AppendmentLine = { 
/**
 * Why.
 */
reason: AppendmentReason, 
/**
 * Why, in words.
 */
label: string, 
/**
 * What.
 */
text: string, 
/**
 * Who.
 */
author: string, 
/**
 * When.
 */
at: string, 
/**
 * Whether the server has it.
 */
state: SyncState, };

/**
 * Why something is appended to a complete entry.
 */
export type AppendmentReason = "correction" | "late-information" | "familys-comment" | "managers-comment" | "response-to-a-rights-request" | (string & {});

/**
 * The author's confirmation.
 */
export type Attestation = { 
/**
 * The words that were confirmed: [`ATTESTATION`].
 */
statement: string, 
/**
 * When, by the device's clock.
 */
at: string, };

/**
 * Who and what a draft of this family can name.
 */
export type Cast = { 
/**
 * The family and its network, children first, then by name.
 */
people: Array<CastPerson>, 
/**
 * The professionals, by name.
 */
professionals: Array<CastProfessional>, 
/**
 * Concerns that nobody has closed.
 */
concerns: Array<CastConcern>, 
/**
 * Open actions.
 */
actions: Array<CastAction>, 
/**
 * The compartments that this phone holds.
 */
compartments: Array<CompartmentCard>, };

/**
 * An open action.
 */
export type CastAction = { 
/**
 * The action.
 */
id: ActionId, 
/**
 * In words.
 */
text: string, };

/**
 * A concern that nobody has closed.
 */
export type CastConcern = { 
/**
 * The concern.
 */
id: ConcernId, 
/**
 * In words.
 */
statement: string, 
/**
 * What part of family life.
 */
domain?: Domain, };

/**
 * A member of the family or its network.
 */
export type CastPerson = { 
/**
 * The person.
 */
id: PersonId, 
/**
 * Their name; several where it is disputed.
 */
name: string, 
/**
 * Names that the family uses.
 */
knownAs: Array<string>, 
/**
 * What they are to the children.
 */
role: PersonRole, 
/**
 * That in words.
 */
roleLabel: string, 
/**
 * Whether they are one of the workbook's children.
 */
child: boolean, };

/**
 * A professional.
 */
export type CastProfessional = { 
/**
 * The professional.
 */
id: ProfessionalId, 
/**
 * Their name.
 */
name: string, 
/**
 * Their discipline.
 */
discipline: Discipline, 
/**
 * That in words.
 */
disciplineLabel: string, 
/**
 * Whether it is me.
 */
me: boolean, };

/**
 * One discipline's chapter.
 */
export type Chapter = { 
/**
 * The discipline's label.
 */
discipline: string, 
/**
 * What its newest monthly summary says; of each author, where several wrote one.
 */
monthlySummary: Array<Line>, 
/**
 * Its entries of the current period, newest first.
 */
thisPeriod: Array<Line>, 
/**
 * Its entries of earlier periods, newest first.
 */
earlier: Array<Line>, };

/**
 * One child of a family.
 */
export type ChildCard = { 
/**
 * The child.
 */
child: PersonId, 
/**
 * Their name.
 */
name: string, 
/**
 * The last day on which they were seen.
 */
lastSeen?: string, 
/**
 * The last day on which they were seen alone.
 */
lastSeenAlone?: string, 
/**
 * What is due, by rule.
 */
due: Array<DueCard>, 
/**
 * The compartment without which less would be known of when they were seen: not to be said
 * outside it.
 */
compartment?: Compartment, };

/**
 * A child: when seen, when seen alone, what they said.
 */
export type ChildLines = { 
/**
 * The child.
 */
child: PersonId, 
/**
 * Their name.
 */
name: string, 
/**
 * The last day on which they were seen.
 */
lastSeen?: string, 
/**
 * The last day on which they were seen alone.
 */
lastSeenAlone?: string, 
/**
 * In words, cited, newest first.
 */
lines: Array<Line>, };

/**
 * Whether a child was seen, seen alone, and what the child said.
 */
export type ChildSeen = { 
/**
 * The child.
 */
child: PersonId, 
/**
 * Whether seen, awake or asleep.
 */
seen: Seen, 
/**
 * Whether seen alone, or why not. Absent when it was not said.
 */
alone?: SeenAlone, 
/**
 * What the child said or showed.
 */
voice?: Voice, };

/**
 * A family's chronology, oldest first.
 */
export type Chronology = { 
/**
 * The events.
 */
events: Array<ChronologyLine>, 
/**
 * Records that can't be read: one of them may have been an event.
 */
unreadable: Array<Line>, };

/**
 * One line of the chronology.
 */
export type ChronologyLine = { 
/**
 * When, as exactly as it is known.
 */
when: RoughDate, 
/**
 * What kind.
 */
category: string, 
/**
 * Who is involved.
 */
people: Array<PersonId>, 
/**
 * Their names, in the same order.
 */
names: Array<string>, 
/**
 * What it did to the child, where somebody said so.
 */
effect?: string, 
/**
 * Where it is known from, in words.
 */
source: string, 
/**
 * In words, cited.
 */
line: Line, };

/**
 * Where a sentence comes from.
 */
export type Citation = { 
/**
 * Who wrote it.
 */
author: string, 
/**
 * Their discipline.
 */
discipline?: string, 
/**
 * The date of the contact, or of the record.
 */
date: string, 
/**
 * The record, as `collection/id`.
 */
record: string, 
/**
 * The entry to open, where the record is one or belongs to one.
 */
entry?: EntryId, };

/**
 * Which of a family's documents an entry lives in.
 */
export type Compartment = "team" | "victim-safe" | "perpetrator-work" | "health" | "probation" | "legal" | "author-only" | (string & {});

/**
 * One of a family's documents on this phone.
 */
export type CompartmentCard = { 
/**
 * Which.
 */
compartment: Compartment, 
/**
 * Its label.
 */
label: string, 
/**
 * Its document.
 */
document: DocumentId, };

/**
 * That a compartment exists beside the team's document.
 */
export type CompartmentNotice = { 
/**
 * Which.
 */
compartment: Compartment, 
/**
 * Whether this reader holds it.
 */
held: boolean, };

/**
 * A new draft with its review. It is not kept yet: call `keep`.
 */
export type Composed = { 
/**
 * The draft.
 */
kept: Kept, 
/**
 * Where it stands.
 */
review: Review, };

/**
 * A concern: who is worried about what behaviour, with what effect on which child. It is raised
 * once and then gathers views over many entries.
 */
export type Concern = { 
/**
 * The entry in which it was raised.
 */
entry?: EntryId, 
/**
 * The concern in words.
 */
statement: string, 
/**
 * What part of family life.
 */
domain?: Domain, 
/**
 * The children affected.
 */
children?: Array<PersonId>, 
/**
 * The adults whose behaviour it is about.
 */
adults?: Array<PersonId>, 
/**
 * Who raised it.
 */
by: ProfessionalId, 
/**
 * When, by the device's clock.
 */
at: string, };

/**
 * A concern, kept over many entries.
 */
export type ConcernId = string;

/**
 * A concern with everybody's latest view of it.
 */
export type ConcernLine = { 
/**
 * The concern.
 */
id: ConcernId, 
/**
 * Its statement, cited.
 */
line: Line, 
/**
 * The domain's label.
 */
domain?: string, 
/**
 * Names of the children affected.
 */
children: Array<string>, 
/**
 * Names of the adults whose behaviour it is about.
 */
adults: Array<string>, 
/**
 * Who shares it: the latest view of each holder as each author recorded it.
 */
views: Array<ViewLine>, 
/**
 * Who closed it, if somebody did.
 */
closed?: Line, };

/**
 * A row that can't be read: it is never deleted, and goes into the rescue export as it is.
 */
export type Damaged = { 
/**
 * Its key.
 */
key: string, 
/**
 * What is wrong, without its content, and what to do.
 */
why: string, };

/**
 * A device enrolled by a professional.
 */
export type DeviceId = string;

/**
 * Whether things are getting better.
 */
export type Direction = "improving" | "some-improvement" | "no-change" | "mixed" | "worsening" | "too-early" | "not-assessed" | (string & {});

/**
 * Direction of travel as one author sees it.
 */
export type DirectionLine = { 
/**
 * The domain's label; absent for the family as a whole.
 */
domain?: string, 
/**
 * The direction's label.
 */
direction: string, 
/**
 * In words, cited.
 */
line: Line, };

/**
 * Direction of travel in one domain.
 */
export type DirectionOfTravel = { 
/**
 * The domain; absent when the author spoke of the family as a whole.
 */
domain?: Domain, 
/**
 * Which way.
 */
direction: Direction, 
/**
 * Why the author says so.
 */
because?: string, };

/**
 * What a professional does in the team.
 */
export type Discipline = "childrens-social-worker" | "senior-social-worker" | "family-support-worker" | "domestic-abuse-victim-worker" | "domestic-abuse-perpetrator-worker" | "recovery-worker" | "adult-mental-health-practitioner" | "psychologist" | "probation-officer" | "health-visitor" | "school-safeguarding-lead" | "team-manager" | "service-manager" | "independent-reviewing-officer" | "conference-chair" | "business-support" | (string & {});

/**
 * One Automerge document: a family's team record or one of its compartments.
 */
export type DocumentId = string;

/**
 * What part of family life something is about.
 */
export type Domain = "domestic-abuse" | "drugs" | "alcohol" | "parental-mental-health" | "parental-learning-need" | "basic-care" | "emotional-warmth" | "supervision-and-safety" | "stimulation" | "boundaries" | "stability" | "childs-health" | "development" | "education-and-attendance" | "childs-mental-health" | "exploitation" | "offending" | "housing" | "money" | "support-network" | "parents-relationship" | "family-time" | (string & {});

/**
 * A draft in a list.
 */
export type DraftCard = { 
/**
 * The draft.
 */
id: EntryId, 
/**
 * The family.
 */
family: FamilyId, 
/**
 * The family's name, while the phone holds the family.
 */
familyName?: string, 
/**
 * The label of its kind; absent while nobody has said.
 */
kind?: string, 
/**
 * The day of the contact.
 */
day: string, 
/**
 * When it was begun.
 */
begun: string, 
/**
 * The compartment that it is to go to.
 */
compartment: Compartment, 
/**
 * Where it stands.
 */
review: Review, 
/**
 * The recording, while there is one.
 */
recording?: string, };

/**
 * Where a draft stands.
 */
export type DraftState = "draft" | "ready" | "timed-out";

/**
 * A visit that is due under a rule.
 */
export type DueCard = { 
/**
 * The rule's code.
 */
rule: string, 
/**
 * The rule's name.
 */
title: string, 
/**
 * The last day on which the next visit is in time.
 */
due: string, 
/**
 * By how many days it is overdue; 0 when it is not.
 */
overdueDays: number, 
/**
 * The last visit that counts.
 */
last?: string, 
/**
 * Since when the rule applies: visits before do not count.
 */
since?: string, 
/**
 * The code of the plan that it applies under.
 */
plan: string, };

/**
 * What to store, in one transaction, before anything else happens.
 */
export type Effects = { 
/**
 * Rows to write, over those that have their key.
 */
put: Array<Row>, 
/**
 * Keys to delete; those that are not there are no error. A key that ends in `/` stands for every
 * key that begins so.
 */
delete: Array<string>, };

/**
 * A visit or contact. It never changes once it is in the record; corrections are appendments.
 */
export type Entry = { 
/**
 * What kind of contact.
 */
kind: EntryKind, 
/**
 * What came of it.
 */
outcome: Outcome, 
/**
 * When it happened, in local time.
 */
occurred: Occurred, 
/**
 * When it was completed, by the device's clock: evidence, never an order of events.
 */
at: string, 
/**
 * The author.
 */
by: ProfessionalId, 
/**
 * The author's discipline: the chapter that the entry belongs to.
 */
discipline: Discipline, 
/**
 * The device that it was written on.
 */
device: DeviceId, 
/**
 * Where, in words that name no address ("at home", "Wellington Street clinic").
 */
place?: string, 
/**
 * Whether the family knew that the visit would come.
 */
announced?: boolean, 
/**
 * What it was for.
 */
purpose?: string, 
/**
 * Who was there.
 */
present?: Array<Party>, 
/**
 * Who was expected and was not there.
 */
absent?: Array<Party>, 
/**
 * Each child: seen, seen alone, voice.
 */
children?: Array<ChildSeen>, 
/**
 * Everything said that has no field of its own, in the order in which it was said.
 */
statements?: Array<Statement>, 
/**
 * What it means.
 */
analysis?: Analysis, 
/**
 * What goes well.
 */
strengths?: Array<Strength>, 
/**
 * Who shares which concern, whether raised here or before. Concerns and actions are records of
 * their own that name this entry, and come in the same change.
 */
views?: Array<View>, 
/**
 * Readings on scales.
 */
readings?: Array<Reading>, 
/**
 * Tools used, with scores.
 */
tools?: Array<ToolUse>, 
/**
 * Where the adult stands in the cycle of change.
 */
stageOfChange?: StageOfChange, 
/**
 * Direction of travel by domain.
 */
direction?: Array<DirectionOfTravel>, 
/**
 * What was done about safety there and then.
 */
immediateSafety?: ImmediateSafety, 
/**
 * News of actions agreed before.
 */
actionUpdates?: Array<ActionUpdate>, 
/**
 * When the next contact is due.
 */
nextContact?: string, 
/**
 * What makes this entry a line of the chronology.
 */
significantEvent?: SignificantEvent, 
/**
 * How the text came about.
 */
provenance: Provenance, 
/**
 * By how many calendar days its draft was past the council's time-out when it was finished.
 * Absent when it was in time; never 0.
 */
finishedLateDays?: number, 
/**
 * The author's word. Required: without it an entry is a draft, and drafts stay on the device.
 */
attestation?: Attestation, };

/**
 * What will be written as one change when its author has attested it.
 */
export type EntryDraft = { 
/**
 * The id that the entry will have.
 */
id: EntryId, 
/**
 * The entry, not attested yet. Until then its `at` is when the draft was begun: leave it as it
 * was first set.
 */
entry: Entry, 
/**
 * Concerns that it raises.
 */
concerns: { [key in ConcernId]: Concern }, 
/**
 * Actions that it agrees.
 */
actions: { [key in ActionId]: Action }, 
/**
 * Fields that nobody has said yet: in the entry a stand-in holds their place.
 */
unsaid?: Array<Unsaid>, };

/**
 * A visit or contact.
 */
export type EntryId = string;

/**
 * The kind of an entry.
 */
export type EntryKind = "statutory-visit-cp" | "statutory-visit-looked-after" | "cin-visit" | "home-visit" | "unannounced-visit" | "attempted-visit" | "specialist-session" | "joint-visit" | "direct-work-with-child" | "group-session" | "phone" | "video" | "message" | "school-contact" | "professional-contact" | "core-group" | "cin-meeting" | "family-time" | "monthly-summary" | "other" | (string & {});

/**
 * An entry in a list, newest first.
 */
export type EntryLine = { 
/**
 * The entry.
 */
id: EntryId, 
/**
 * The document that it is in.
 */
document: DocumentId, 
/**
 * The label of its kind.
 */
kind: string, 
/**
 * The label of its outcome.
 */
outcome: string, 
/**
 * When it happened. With `timeUnknown` show the day alone.
 */
occurred: Occurred, 
/**
 * Its author's name.
 */
author: string, 
/**
 * The label of its author's discipline.
 */
discipline: string, 
/**
 * The compartment that it is in.
 */
compartment: Compartment, 
/**
 * Whether it is mine.
 */
mine: boolean, 
/**
 * Whether the server has it.
 */
state: SyncState, 
/**
 * Whether a manager withdrew it.
 */
withdrawn: boolean, 
/**
 * How many appendments it has.
 */
appendments: number, 
/**
 * Its first words.
 */
summary: string, };

/**
 * An entry with everything that belongs to it.
 */
export type EntryPage = { 
/**
 * Its line.
 */
line: EntryLine, 
/**
 * The family.
 */
family: FamilyId, 
/**
 * The entry itself.
 */
entry: Entry, 
/**
 * Concerns raised in it, or viewed.
 */
concerns: { [key in ConcernId]: Raised<Concern> }, 
/**
 * Actions agreed in it, or with news in it.
 */
actions: { [key in ActionId]: Raised<Action> }, 
/**
 * Names of the people in it.
 */
people: { [key in PersonId]: string }, 
/**
 * Names of the professionals in it.
 */
professionals: { [key in ProfessionalId]: string }, 
/**
 * What was appended, oldest first.
 */
appendments: Array<AppendmentLine>, 
/**
 * That it was withdrawn.
 */
withdrawal?: WithdrawalLine, };

/**
 * The codes of [`DeviceError`], for the screens to tell errors apart.
 */
export type ErrorCode = "bad-input" | "needs-rows" | "unknown-family" | "unknown-document" | "unknown-draft" | "unknown-entry" | "unknown-refused" | "unconfirmed" | "unsettled" | "held" | "refused" | "bad-frame" | "too-little-entropy" | "cannot-resubmit" | "broken";

/**
 * An error as it crosses to JavaScript: these fields stand on the thrown `Error` too.
 */
export type ErrorShape = { 
/**
 * Which.
 */
code: ErrorCode, 
/**
 * In plain English.
 */
message: string, 
/**
 * Of `refused`: rule, record and field.
 */
refusal?: Refusal, 
/**
 * Of `needs-rows`: the keys to hand over.
 */
keys?: Array<string>, };

/**
 * One field of one person about which the record disagrees.
 */
export type FactDispute = { 
/**
 * Whom it is about.
 */
person: PersonId, 
/**
 * Their name or names.
 */
name: string, 
/**
 * Which field.
 */
field: FactField, 
/**
 * The field in words.
 */
label: string, 
/**
 * What is said, by whom.
 */
facts: Array<FactLine>, 
/**
 * The document that the facts are in.
 */
document: DocumentId, };

/**
 * What a fact is about.
 */
export type FactField = "name" | "knownAs" | "dateOfBirth" | "addressReference" | "communication" | "joinedOn" | "leftOn" | "workersSafety";

/**
 * What one author says.
 */
export type FactLine = { 
/**
 * The fact.
 */
id: RecordId, 
/**
 * What it says.
 */
value: string, 
/**
 * Who says so.
 */
author: string, 
/**
 * When, by their device's clock.
 */
at: string, };

/**
 * One family of the list.
 */
export type FamilyCard = { 
/**
 * The family.
 */
family: FamilyId, 
/**
 * Its name.
 */
name: string, 
/**
 * Each child: last seen, and what is due.
 */
children: Array<ChildCard>, 
/**
 * Open actions: overdue first, then by day.
 */
actions: Array<ActionCard>, 
/**
 * My next contact, where my newest entry names a day.
 */
nextContact?: NextContact, 
/**
 * Sentences about the safety of whoever visits, where the record has any.
 */
workerSafety: Array<string>, 
/**
 * The names of those who must not learn of the safety plan.
 */
mustNotBeSharedWith: Array<string>, 
/**
 * The compartments that this phone holds, the team's among them.
 */
compartments: Array<CompartmentCard>, 
/**
 * How many drafts of this family wait.
 */
drafts: number, 
/**
 * How many changes are on this phone only.
 */
waiting: number, 
/**
 * How many changes the server refused.
 */
refused: number, 
/**
 * Why the family can't be opened, and what to do.
 */
problem?: string, };

/**
 * A family: the unit that a workbook, an allocation and a retention rule belong to.
 */
export type FamilyId = string;

/**
 * The family's page.
 */
export type FamilyPage = { 
/**
 * The family.
 */
family: FamilyId, 
/**
 * Its name.
 */
name: string, 
/**
 * The compartments that this phone holds.
 */
compartments: Array<CompartmentCard>, 
/**
 * The holistic summary, with the reader's own chapter first.
 */
summary: Summary, 
/**
 * The label of the reader's own discipline.
 */
discipline: string, 
/**
 * What to know before the visit.
 */
prepare: Prepare, 
/**
 * When each child is due to be seen.
 */
timescales: Array<Timescale>, 
/**
 * Children for whom no rule says when.
 */
uncovered: Array<Line>, 
/**
 * What people say differently about a person, to be settled.
 */
disagreements: Array<FactDispute>, 
/**
 * My own latest entries and whether the server has them, newest first.
 */
own: Array<OwnEntry>, };

/**
 * A goal and how it stands.
 */
export type GoalLine = { 
/**
 * The goal.
 */
id: RecordId, 
/**
 * The label of its status; several when the record disagrees, none before the first news.
 */
status: Array<string>, 
/**
 * The goal in words, cited.
 */
line: Line, 
/**
 * The latest news of each author, cited.
 */
news: Array<Line>, };

/**
 * A row that was asked for: `bytes` is absent when the vault has none under that key.
 */
export type Handed = { 
/**
 * Its key.
 */
key: string, 
/**
 * Its content, if there is any.
 */
bytes?: Uint8Array, };

/**
 * What was done about safety there and then.
 */
export type ImmediateSafety = "no-concern" | "managed-in-the-visit" | "manager-informed" | "strategy-discussion-asked-for" | "emergency-services" | (string & {});

/**
 * A draft as it is kept on the phone. A screen may change `draft`, `compartment` and each mark's
 * `settled`; everything else comes back as it was given.
 */
export type Kept = { 
/**
 * The id that the entry will have.
 */
id: EntryId, 
/**
 * The family.
 */
family: FamilyId, 
/**
 * Where it is to go. Begins as what the speaker asked for.
 */
compartment: Compartment, 
/**
 * Where the speaker asked that it go; a draft for a compartment never goes to the team.
 */
asked: Compartment, 
/**
 * Names of people who must not learn of it, as spoken.
 */
mustNotShareWith: Array<string>, 
/**
 * The entry with its concerns and actions. Statement spans are bytes of `text`.
 */
draft: EntryDraft, 
/**
 * The text that it came from; empty when it was begun without one.
 */
text: string, 
/**
 * The words of the text in time; empty when it was typed.
 */
words: Array<SpokenWord>, 
/**
 * Words to check, in the order of the text.
 */
marks: Array<Mark>, 
/**
 * Where plain values were read.
 */
sources: Array<Source>, 
/**
 * What the draft is unsure of.
 */
doubts: Array<Uncertain>, 
/**
 * The recording, while there is one.
 */
recording?: string, 
/**
 * The words of the draft as it was composed, to count what its author changed.
 */
asHeard?: EntryDraft, 
/**
 * The day on which it was spoken or typed.
 */
recordedOn: string, };

/**
 * A sentence with what it comes from.
 */
export type Line = { 
/**
 * The sentence.
 */
text: string, 
/**
 * Its sources, never empty.
 */
citations: Array<Citation>, 
/**
 * The compartments that it would not stand without: what must not be said outside them.
 */
compartments?: Array<Compartment>, };

/**
 * A word or words to check.
 */
export type Mark = { 
/**
 * Its number within this draft, from 0.
 */
id: number, 
/**
 * Why.
 */
kind: MarkKind, 
/**
 * The words.
 */
text: string, 
/**
 * Where they stand in the draft's text.
 */
place: Place, 
/**
 * When they were spoken; absent in typed text.
 */
audio?: Second, 
/**
 * Whether it must be acknowledged before the draft can be completed.
 */
must: boolean, 
/**
 * Whether the author has acknowledged it (checked, or corrected what came of it).
 */
settled: boolean, };

/**
 * Why a word stands out.
 */
export type MarkKind = "doubtful" | "name" | "number" | "date" | "negation" | "risk";

/**
 * What something means for one child.
 */
export type Meaning = { 
/**
 * The child.
 */
child: PersonId, 
/**
 * What it means.
 */
text: string, };

/**
 * Something that is missing.
 */
export type Missing = "kind" | "outcome" | "start" | "account" | "children" | { "seenAlone": PersonId } | { "voice": PersonId } | "analysis" | "immediateSafety";

/**
 * Something that is missing.
 */
export type MissingLine = { 
/**
 * What.
 */
what: Missing, 
/**
 * Of which child.
 */
child?: PersonId, 
/**
 * That child's name.
 */
name?: string, 
/**
 * What to add, in plain English.
 */
message: string, };

/**
 * Names the model exactly, so that a record says what wrote it.
 */
export type ModelStamp = { 
/**
 * The name in the catalogue, or the one given at import.
 */
name: string, 
/**
 * SHA-256 of the model file in lower-case hex.
 */
sha256: string, };

/**
 * What kind of statement a sentence is: fact and judgement must be distinguishable.
 */
export type Nature = "observed-fact" | "reported" | "document" | "professional-opinion" | "analysis" | "hypothesis" | "familys-view" | (string & {});

/**
 * When I said that I would see the family next.
 */
export type NextContact = { 
/**
 * The day.
 */
day: string, 
/**
 * Whether it has passed.
 */
overdue: boolean, 
/**
 * The compartment that says so: not to be said outside it.
 */
compartment?: Compartment, };

/**
 * When a contact happened, in local civil time.
 */
export type Occurred = { 
/**
 * Its start.
 */
start: string, 
/**
 * Its end, if known; not before the start.
 */
end?: string, 
/**
 * That its author knows the day and not the time. Then the start is midnight and there is no
 * end; readers show the day alone. Absent when the time is known.
 */
timeUnknown?: boolean, };

/**
 * Where a rule comes from.
 */
export type Origin = { 
/**
 * What gives it its force.
 */
kind: OriginKind, 
/**
 * The source, so that a reader can look it up, and what was left out of it.
 */
citation: string, };

/**
 * What gives a rule its force.
 */
export type OriginKind = "law" | "plan" | "local";

/**
 * What came of a visit.
 */
export type Outcome = "took-place" | "no-reply" | "refused-entry" | "cancelled-by-family" | "cancelled-by-service" | "partly-completed" | (string & {});

/**
 * One of my entries, and whether the server has it.
 */
export type OwnEntry = { 
/**
 * The entry.
 */
id: EntryId, 
/**
 * The label of its kind.
 */
kind: string, 
/**
 * Its day.
 */
day: string, 
/**
 * Whether the server has it.
 */
state: SyncState, };

/**
 * Somebody who takes part: a family member, a professional, or a person known only by name.
 */
export type Party = { "person": PersonId } | { "professional": ProfessionalId } | { "named": string };

/**
 * A period of the work, from one group supervision to the next.
 */
export type PeriodLine = { 
/**
 * Its number, from 1.
 */
number: number, 
/**
 * Its first day: the day after the group supervision that closed the one before.
 */
from?: string, 
/**
 * The group supervision that closed it; absent for the current period.
 */
until?: string, 
/**
 * In words, cited.
 */
line: Line, };

/**
 * A member of the family or its network.
 */
export type PersonId = string;

/**
 * What a person is to the children of the workbook.
 */
export type PersonRole = "child" | "unborn-child" | "mother" | "father" | "step-parent" | "parents-partner" | "ex-partner" | "carer" | "kinship-carer" | "grandparent" | "sibling" | "half-sibling" | "other-relative" | "household-member" | "network-member" | (string & {});

/**
 * A place in the text: UTF-16 units, as JavaScript counts, end exclusive.
 */
export type Place = { 
/**
 * The first unit.
 */
start: number, 
/**
 * One past the last unit.
 */
end: number, };

/**
 * The family's plan.
 */
export type Plan = { 
/**
 * Under which plan each child is, newest change first.
 */
statuses: Array<PlanLine>, 
/**
 * Goals and their news.
 */
goals: Array<GoalLine>, 
/**
 * Open actions.
 */
actions: Array<ActionLine>, 
/**
 * Safety plans in force.
 */
safetyPlans: Array<SafetyPlanLines>, 
/**
 * When each child is due to be seen.
 */
timescales: Array<Timescale>, };

/**
 * That a child is under a plan.
 */
export type PlanLine = { 
/**
 * The child.
 */
child: PersonId, 
/**
 * Their name.
 */
name: string, 
/**
 * The plan in words.
 */
status: string, 
/**
 * The category in words, of a child protection plan.
 */
category?: string, 
/**
 * From which day.
 */
from: string, 
/**
 * Who says so.
 */
author: string, };

/**
 * How exactly a date is known.
 */
export type Precision = "exact" | "month" | "year" | "about";

/**
 * The prepare card: what to know before the visit.
 */
export type Prepare = { 
/**
 * Sentences about the safety of whoever visits, where the record has any.
 */
workerSafety: Array<Line>, 
/**
 * Safety plans in force, with who must not learn of them first.
 */
safetyPlans: Array<SafetyPlanLines>, 
/**
 * Prompts about somebody's own safety.
 */
prompts: Array<Line>, 
/**
 * Each child: when last seen, when last seen alone, what is due.
 */
children: Array<PrepareChild>, 
/**
 * Open actions.
 */
actions: Array<ActionLine>, 
/**
 * What each person said last, newest first.
 */
said: Array<SaidLast>, };

/**
 * One child of the prepare card.
 */
export type PrepareChild = { 
/**
 * The child.
 */
child: PersonId, 
/**
 * Their name.
 */
name: string, 
/**
 * The last day on which they were seen.
 */
lastSeen?: string, 
/**
 * The last day on which they were seen alone.
 */
lastSeenAlone?: string, 
/**
 * What is due, in words, cited.
 */
due: Array<Line>, };

/**
 * A professional: social worker, adult specialist, manager. The same id is their account's.
 */
export type ProfessionalId = string;

/**
 * The profile, as `POST /api/devices` answers it. Other fields are ignored.
 */
export type Profile = { 
/**
 * The device.
 */
device: DeviceId, 
/**
 * Its owner.
 */
professional: ProfessionalId, 
/**
 * The owner's name.
 */
name: string, 
/**
 * The owner's discipline.
 */
discipline: Discipline, };

/**
 * How an entry's text came about.
 */
export type Provenance = { "how": "typed" } | { "how": "dictated", 
/**
 * Name of the speech model.
 */
model: string, 
/**
 * SHA-256 of the model file, lower-case hex.
 */
modelSha256: string, 
/**
 * Length of the audio in milliseconds.
 */
audioMs: number, 
/**
 * SHA-256 of the audio file, lower-case hex. The audio itself never leaves the device.
 */
audioSha256: string, 
/**
 * How many words the author changed before completing.
 */
wordsEdited: number, };

/**
 * A concern or action, and whether it is this entry's own.
 */
export type Raised<T> = { 
/**
 * What it says.
 */
record: T, 
/**
 * Whether it was raised or agreed in this entry.
 */
here: boolean, };

/**
 * A reading on a scale, which belongs to its holder: readings of different holders are shown side
 * by side and never averaged.
 */
export type Reading = { 
/**
 * The scale's code: `safety`, `importance`, `confidence`, or one that the council added.
 */
scale: string, 
/**
 * Whose reading it is.
 */
holder: Party, 
/**
 * 0 is the worst or unsafe, 10 safe enough to close.
 */
value: ScaleValue, 
/**
 * Why not lower, why not higher, in their words.
 */
because?: string, };

/**
 * One reading, beside those of the other holders.
 */
export type ReadingLine = { 
/**
 * The scale's code.
 */
scale: string, 
/**
 * Whose reading.
 */
holder: string, 
/**
 * The value as it is written, 0 to 10.
 */
value: string, 
/**
 * In words, cited.
 */
line: Line, };

/**
 * Any other record inside a document (an assertion, an appendment, a status event …).
 */
export type RecordId = string;

/**
 * A refusal, with everything that its reader needs. Holds no narrative of the refused change.
 */
export type Refusal = { 
/**
 * The rule that was broken.
 */
rule: Rule, 
/**
 * The record concerned, as `collection/id`.
 */
record?: string, 
/**
 * The field concerned, as a path such as `views/0/agreement`.
 */
field?: string, 
/**
 * What happened and what to do, in plain English.
 */
message: string, };

/**
 * A refused change: readable, with the reason and what to do.
 */
export type Refused = { 
/**
 * Its id in the quarantine.
 */
id: RecordId, 
/**
 * The document that it was for.
 */
document: DocumentId, 
/**
 * The family.
 */
family: FamilyId, 
/**
 * The family's name when it was refused.
 */
familyName: string, 
/**
 * The compartment that it was for.
 */
compartment: Compartment, 
/**
 * Why.
 */
refusal: Refusal, 
/**
 * When this phone learnt of it.
 */
refused: string, 
/**
 * When it was written.
 */
written: string, 
/**
 * What it says, record by record.
 */
records: Array<RefusedRecord>, 
/**
 * The entry in it, if there is one.
 */
entry?: EntryId, 
/**
 * How it can be sent again; empty when the family is not on this phone.
 */
can: Array<Resubmit>, };

/**
 * A record of a refused change.
 */
export type RefusedRecord = { 
/**
 * Its path, `collection/id`.
 */
record: string, 
/**
 * Its content.
 */
content: unknown, };

/**
 * Everything that no server has: for the encrypted export.
 */
export type Rescue = { 
/**
 * 1.
 */
version: number, 
/**
 * Whose it is.
 */
name: string, 
/**
 * Complete, not acknowledged.
 */
waiting: Array<RescuedChange>, 
/**
 * Refused.
 */
refused: Array<Refused>, 
/**
 * Drafts.
 */
drafts: Array<Kept>, 
/**
 * Rows that can't be read, as base64 by key.
 */
damaged: { [key in string]: string }, };

/**
 * A change that waits for the server's word.
 */
export type RescuedChange = { 
/**
 * The document that it is for.
 */
document: DocumentId, 
/**
 * The family's name, where it is known.
 */
familyName: string, 
/**
 * When it was written.
 */
written: string, 
/**
 * What it says.
 */
records: Array<RefusedRecord>, 
/**
 * The change itself, base64.
 */
change: string, };

/**
 * How a refused change is sent again.
 */
export type Resubmit = "draft" | "appendment" | "again";

/**
 * What a draft still lacks.
 */
export type Review = { 
/**
 * Where it stands.
 */
state: DraftState, 
/**
 * By how many days it is past the council's time-out.
 */
lateDays?: number, 
/**
 * What was not said: the author must say it before completing.
 */
unsaid: Array<UnsaidLine>, 
/**
 * What is missing: the author is asked, and may complete without.
 */
missing: Array<MissingLine>, 
/**
 * Marks that must be acknowledged and are not.
 */
unsettled: Array<number>, 
/**
 * Why it can't leave this phone, in plain English: it asks for a compartment that the phone does
 * not hold, or names people who must not learn of it.
 */
held?: string, 
/**
 * Whether `complete` would take it.
 */
canComplete: boolean, };

/**
 * A date that may be known only roughly. Where it is rough, `date` is the first day that it can be.
 */
export type RoughDate = { 
/**
 * The day.
 */
date: string, 
/**
 * How exactly it is known.
 */
precision: Precision, };

/**
 * A row as the vault has it.
 */
export type Row = { 
/**
 * Its key.
 */
key: string, 
/**
 * Its content, opened.
 */
bytes: Uint8Array, };

/**
 * The rules that a change is checked against, by their stable codes.
 */
export type Rule = "malformed-change" | "missing-dependencies" | "too-large" | "complete-entry-immutable" | "append-only" | "unknown-field" | "wrong-type" | "invalid-value" | "unknown-reference" | "not-attested" | "author-is-not-you" | "actor-is-not-yours" | "manager-only" | "wrong-compartment" | "owner-only" | "not-allocated";

/**
 * A safety plan in force.
 */
export type SafetyPlanLines = { 
/**
 * The plan.
 */
id: RecordId, 
/**
 * Who must not learn of it: shown before anything else.
 */
mustNotBeSharedWith: Array<string>, 
/**
 * That warning in words, cited.
 */
warning?: Line, 
/**
 * With whom it was agreed, and its steps.
 */
lines: Array<Line>, };

/**
 * What somebody said last.
 */
export type SaidLast = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Their name.
 */
name: string, 
/**
 * What they said, as it was recorded.
 */
words: string, 
/**
 * The day.
 */
day: string, 
/**
 * Who recorded it.
 */
author: string, 
/**
 * The entry to open.
 */
entry: EntryId, };

/**
 * A value on a 0 to 10 scale, in tenths: people do say "five and a half".
 */
export type ScaleValue = number;

/**
 * A stretch of the recording, in milliseconds from its start.
 */
export type Second = { 
/**
 * From.
 */
startMs: number, 
/**
 * To.
 */
endMs: number, };

/**
 * Whether a child was seen.
 */
export type Seen = "awake" | "asleep" | "not-seen" | (string & {});

/**
 * Whether a child was seen alone, or why not.
 */
export type SeenAlone = "yes" | "child-declined" | "parent-refused" | "too-young" | "unsafe-to" | "not-attempted" | (string & {});

/**
 * A stretch of speech.
 */
export type Segment = { 
/**
 * Start in milliseconds of the original recording.
 */
start_ms: number, 
/**
 * End in milliseconds of the original recording.
 */
end_ms: number, 
/**
 * The text with the engine's punctuation, without space at either end.
 */
text: string, 
/**
 * The same text word by word.
 */
words: Array<Word>, };

/**
 * What makes an entry a line of the chronology.
 */
export type SignificantEvent = { 
/**
 * What kind.
 */
kind: SignificantEventKind, 
/**
 * What happened.
 */
text: string, 
/**
 * What it did to the child.
 */
effect?: string, 
/**
 * Whom it is about, where that is not everybody whom the entry is about.
 */
about?: Array<PersonId>, };

/**
 * What kind of event stands in the chronology.
 */
export type SignificantEventKind = "disclosure" | "injury" | "domestic-abuse-incident" | "police-call-out" | "arrest-or-charge" | "bail-change" | "hospital-attendance" | "overdose-or-relapse" | "mental-health-crisis" | "missing" | "school-exclusion" | "house-move" | "new-partner" | "pregnancy" | "birth" | "death" | "s47" | "conference" | "plan-start-or-end" | "court-order" | "placement-change" | "change-of-worker" | "positive-milestone" | (string & {});

/**
 * Where a plain value was read.
 */
export type Source = { 
/**
 * The field: `kind`, `outcome`, `date`, `start`, `end`, `place`, `present` …
 */
field: string, 
/**
 * Of which value, where a field has several.
 */
value?: string, 
/**
 * Where.
 */
place: Place, 
/**
 * When it was spoken.
 */
audio?: Second, };

/**
 * A span of the transcript that something came from: byte offsets, end exclusive.
 */
export type Span = { 
/**
 * The first byte.
 */
start: number, 
/**
 * One past the last byte.
 */
end: number, };

/**
 * A word of the text with its time: so that any word can be tapped.
 */
export type SpokenWord = { 
/**
 * Where it stands in the draft's text.
 */
place: Place, 
/**
 * When it was spoken.
 */
audio: Second, 
/**
 * How sure the engine was, 0 to 1.
 */
confidence: number, };

/**
 * Where somebody stands in the cycle of change (Prochaska and DiClemente).
 */
export type StageOfChange = "pre-contemplation" | "contemplation" | "preparation" | "action" | "maintenance" | "relapse" | "not-assessed" | (string & {});

/**
 * One statement, with what kind it is and whom it is about.
 */
export type Statement = { 
/**
 * The words.
 */
text: string, 
/**
 * Fact, report, opinion …
 */
nature: Nature, 
/**
 * Who reported it, when somebody did.
 */
source?: Party, 
/**
 * Whom it is about: the basis of redaction for subject access.
 */
about?: Array<PersonId>, 
/**
 * Where in the transcript it came from.
 */
span?: Span, };

/**
 * Something that goes well.
 */
export type Strength = { 
/**
 * What.
 */
text: string, 
/**
 * Whom it is about.
 */
about?: Array<PersonId>, };

/**
 * The summary of one workbook as of one day.
 */
export type Summary = { 
/**
 * The family.
 */
family?: FamilyId, 
/**
 * The day as of which it is drawn up; entries of later days are left out.
 */
asOf: string, 
/**
 * The safety plans in force: one, unless two were agreed without knowing of each other.
 */
safetyPlans: Array<SafetyPlanLines>, 
/**
 * What keeps workers safe on a visit.
 */
workersSafety: Array<Line>, 
/**
 * Prompts about somebody's own safety.
 */
prompts: Array<Line>, 
/**
 * The periods, newest first: the first of them is the current one.
 */
periods: Array<PeriodLine>, 
/**
 * Contacts, newest first.
 */
contacts: Array<Line>, 
/**
 * Each child.
 */
children: Array<ChildLines>, 
/**
 * What goes well.
 */
strengths: Array<Line>, 
/**
 * Concerns and who shares them.
 */
concerns: Array<ConcernLine>, 
/**
 * Readings, side by side by holder.
 */
readings: Array<ReadingLine>, 
/**
 * Tools, scores and bands.
 */
tools: Array<ToolLine>, 
/**
 * Whether things are improving, and why.
 */
direction: Array<DirectionLine>, 
/**
 * The last group supervision, and what is gathered for those that are planned.
 */
supervisions: Array<SupervisionLines>, 
/**
 * Management decisions, newest first.
 */
decisions: Array<Line>, 
/**
 * Goals of the plan.
 */
goals: Array<GoalLine>, 
/**
 * Open actions.
 */
actions: Array<ActionLine>, 
/**
 * Each discipline's own chapter.
 */
chapters: Array<Chapter>, 
/**
 * What is missing, disputed, withdrawn or unreadable.
 */
gaps: Array<Line>, 
/**
 * Compartments read along with the team's workbook, and those that the council lets readers
 * know of.
 */
compartments?: Array<CompartmentNotice>, };

/**
 * The last group supervision, or the contributions gathered for the next one.
 */
export type SupervisionLines = { 
/**
 * Its day.
 */
date: string, 
/**
 * Whether it was held; else it is planned.
 */
held: boolean, 
/**
 * Chair, attendees, apologies and the next day, in words.
 */
line: Line, 
/**
 * What each discipline brought.
 */
contributions: Array<Line>, 
/**
 * What those present disagreed about.
 */
disagreements: Array<Line>, 
/**
 * What somebody sees otherwise than the decision.
 */
minorityViews: Array<Line>, 
/**
 * What was decided, and why.
 */
decisions: Array<Line>, };

/**
 * What has become of something that was written here.
 */
export type SyncState = "on-this-phone" | "in-the-workbook" | "refused";

/**
 * What a push or pull did, for the screens to tell.
 */
export type Syncing = { 
/**
 * How many changes the server has taken for good.
 */
accepted: number, 
/**
 * Ids of what went to the quarantine.
 */
refused: Array<RecordId>, 
/**
 * Whether to pull or push again at once.
 */
more: boolean, 
/**
 * Families whose record is new or changed.
 */
families: Array<FamilyId>, 
/**
 * Families that are no longer mine: their rows are gone.
 */
gone: Array<FamilyId>, 
/**
 * Families whose record the council erased: everything of them is gone, recordings that no draft
 * has taken up excepted, which whoever keeps them drops.
 */
erased: Array<FamilyId>, 
/**
 * What of the answer made no sense, in plain English; everything else has been taken.
 */
problems: Array<string>, };

/**
 * One term.
 */
export type Term = { 
/**
 * What stands in the record.
 */
code: string, 
/**
 * What people read.
 */
label: string, };

/**
 * Every enumeration with its codes and labels.
 */
export type Terms = { 
/**
 * Kinds of entry.
 */
kinds: Array<Term>, 
/**
 * What came of a visit.
 */
outcomes: Array<Term>, 
/**
 * Whether a child was seen.
 */
seen: Array<Term>, 
/**
 * Whether seen alone, or why not.
 */
seenAlone: Array<Term>, 
/**
 * Why something is appended.
 */
appendmentReasons: Array<Term>, 
/**
 * Compartments.
 */
compartments: Array<Term>, 
/**
 * Disciplines.
 */
disciplines: Array<Term>, 
/**
 * Roles of family members.
 */
roles: Array<Term>, 
/**
 * Relationships.
 */
relationships: Array<Term>, 
/**
 * Domains of family life.
 */
domains: Array<Term>, 
/**
 * How a statement is known.
 */
natures: Array<Term>, 
/**
 * Who shares a concern.
 */
agreements: Array<Term>, 
/**
 * Tools.
 */
tools: Array<Term>, 
/**
 * Directions of travel.
 */
directions: Array<Term>, 
/**
 * Stages of change.
 */
stagesOfChange: Array<Term>, 
/**
 * What was done about safety there and then.
 */
immediateSafety: Array<Term>, 
/**
 * How an action stands.
 */
actionStatuses: Array<Term>, 
/**
 * How a goal stands.
 */
goalStatuses: Array<Term>, 
/**
 * Plans.
 */
planStatuses: Array<Term>, 
/**
 * Categories of a child protection plan.
 */
cpCategories: Array<Term>, 
/**
 * Significant events.
 */
significantEvents: Array<Term>, 
/**
 * What an author confirms when completing an entry.
 */
attestation: string, };

/**
 * One rule, as it stands for one child on one day.
 */
export type Timescale = { 
/**
 * The child.
 */
child: PersonId, 
/**
 * Their name.
 */
name: string, 
/**
 * The rule's code.
 */
rule: string, 
/**
 * The rule's name.
 */
title: string, 
/**
 * Where the rule comes from.
 */
origin: Origin, 
/**
 * The code of the plan that the rule applies under.
 */
plan: string, 
/**
 * Since when the rule applies to the child: the start of the plan, or of the placement.
 */
since: string, 
/**
 * The day of the last visit that counts, since then.
 */
last?: string, 
/**
 * The last day on which the next visit is in time.
 */
due: string, 
/**
 * By how many calendar days it is overdue; 0 up to and on the day when it is due.
 */
overdueDays: number, 
/**
 * All this in a sentence, citing the last visit, if any, and the plan.
 */
line: Line, };

/**
 * Today's list.
 */
export type Today = { 
/**
 * The local day.
 */
day: string, 
/**
 * My families: what is overdue first, then what is due soonest, then by name.
 */
families: Array<FamilyCard>, 
/**
 * Drafts that wait for me, newest first.
 */
drafts: Array<DraftCard>, 
/**
 * What the server refused, newest first.
 */
refused: Array<Refused>, 
/**
 * How many complete entries and other changes are on this phone only.
 */
waiting: number, 
/**
 * Rows that can't be read. They are kept.
 */
damaged: Array<Damaged>, };

/**
 * A tool of direct work or assessment. Only names: several tools' wording is copyrighted.
 */
export type Tool = "scaling-question" | "importance-ruler" | "confidence-ruler" | "decisional-balance" | "cycle-of-change" | "genogram" | "ecomap" | "three-houses" | "words-and-pictures" | "safety-house" | "danger-statement" | "outcomes-star" | "dash" | "severity-of-abuse-grid" | "power-and-control-wheel" | "audit" | "audit-c" | "drug-diary" | "phq-9" | "gad-7" | "sdq" | "gcp2" | "home-conditions" | "day-in-the-life" | "family-timeline" | "module-worksheet" | "other" | (string & {});

/**
 * A tool that was used.
 */
export type ToolLine = { 
/**
 * The tool's label.
 */
tool: string, 
/**
 * Its score.
 */
score?: number, 
/**
 * The score's band.
 */
band?: string, 
/**
 * A professional's own judgement of the level, which stands above the score.
 */
judgement?: string, 
/**
 * In words, cited.
 */
line: Line, };

/**
 * A tool that was used.
 */
export type ToolUse = { 
/**
 * Which.
 */
tool: Tool, 
/**
 * With whom.
 */
with?: Array<Party>, 
/**
 * Its score, where it has one. The band is derived by [`crate::band`].
 */
score?: number, 
/**
 * An earlier score that was named for comparison.
 */
previous?: number, 
/**
 * The answer to item 9 of the PHQ-9 (thoughts of being better off dead or of self-harm), 0 to 3:
 * anything above 0 raises a safety prompt, whatever the total.
 */
item9?: number, 
/**
 * A professional's own judgement of the level, which stands above the score (DASH).
 */
judgement?: string, 
/**
 * What came of using it.
 */
reflection?: string, };

/**
 * A whole recording as text.
 *
 * As JSON:
 *
 * ```json
 * {
 *   "text": "Go forward ten metres.",
 *   "segments": [{
 *     "start_ms": 300, "end_ms": 2100, "text": "Go forward ten metres.",
 *     "words": [{ "start_ms": 300, "end_ms": 520, "text": "Go", "confidence": 0.93 }]
 *   }],
 *   "language": "en",
 *   "model": { "name": "tiny.en-q5_1", "sha256": "c77c…" },
 *   "audio_ms": 2600,
 *   "engine_ms": 410
 * }
 * ```
 */
export type Transcript = { 
/**
 * Everything that was heard. Empty when nobody spoke.
 */
text: string, 
/**
 * Stretches of speech, usually a sentence each.
 */
segments: Array<Segment>, 
/**
 * Spoken language, ISO 639-1; always `en` with the English models in the catalogue.
 */
language: string, 
/**
 * Which model wrote this: part of the record's provenance.
 */
model: ModelStamp, 
/**
 * Length of the recording in milliseconds, silence included.
 */
audio_ms: number, 
/**
 * Time that recognition took in milliseconds, by the caller's clock; 0 when the engine did
 * not run. `engine_ms / audio_ms` is the real-time factor.
 */
engine_ms: number, };

/**
 * Something that the author should settle, in plain English.
 */
export type Uncertain = { 
/**
 * The words as heard.
 */
heard: string, 
/**
 * Why they are doubted.
 */
why: string, 
/**
 * What the draft took.
 */
suggestion?: string, 
/**
 * Where.
 */
place: Place, 
/**
 * When it was spoken.
 */
audio?: Second, };

/**
 * A field of an entry that was not said.
 */
export type Unsaid = "kind" | "outcome" | "start";

/**
 * Something that was not said.
 */
export type UnsaidLine = { 
/**
 * Which field.
 */
field: Unsaid, 
/**
 * What to do, in plain English.
 */
message: string, };

/**
 * Whether somebody shares a concern. Views are only ever added; each stands under its date.
 */
export type View = { 
/**
 * The concern.
 */
concern: ConcernId, 
/**
 * Whose view it is.
 */
holder: Party, 
/**
 * Whether they share it.
 */
agreement: Agreement, 
/**
 * In their own words.
 */
words?: string, };

/**
 * One view of one concern.
 */
export type ViewLine = { 
/**
 * Whose view.
 */
holder: string, 
/**
 * The label of their agreement.
 */
agreement: string, 
/**
 * In words, cited.
 */
line: Line, 
/**
 * The label of the view recorded before by the same author, if it was another.
 */
before?: string, };

/**
 * A child's voice.
 */
export type Voice = { 
/**
 * In the child's own words.
 */
words: string, 
/**
 * How it was communicated (speech, play, drawing …), where known.
 */
how?: string, };

/**
 * That a manager withdrew an entry.
 */
export type WithdrawalLine = { 
/**
 * Why.
 */
reason: string, 
/**
 * Who.
 */
author: string, 
/**
 * When.
 */
at: string, };

/**
 * One word with the punctuation that hangs on it ("station,").
 */
export type Word = { 
/**
 * Start in milliseconds of the original recording; good to about a fifth of a second.
 */
start_ms: number, 
/**
 * End in milliseconds of the original recording.
 */
end_ms: number, 
/**
 * The word, without surrounding space.
 */
text: string, 
/**
 * How sure the engine was, 0 to 1: the *lowest* probability among the word's tokens (one
 * guessed syllable makes a name wrong). Below 0.5 it is worth a second look.
 */
confidence: number, };

/**
 * What to compose a draft from, beside the text.
 */
export type WriteRequest = { 
/**
 * The recognised recording; or else `text`.
 */
transcript?: Transcript, 
/**
 * Typed text; or else `transcript`.
 */
text?: string, 
/**
 * The local day on which it was spoken or typed: "today" counts from it.
 */
recordedOn: string, 
/**
 * How the text came about. Of a dictation: hash and length of its audio.
 */
provenance: Provenance, 
/**
 * The recording that it was heard in, destroyed when the draft is completed.
 */
recording?: string, };
