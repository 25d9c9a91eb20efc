/** An invented family as the core would show it. Nobody in it exists. */
import type {
  Cast, Chronology, Citation, EntryLine, EntryPage, FamilyCard, FamilyPage, Line, Plan,
} from '../../../src/screens/shapes';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const FAMILY = id(1);
export const OTHER_FAMILY = id(2);
export const THIRD_FAMILY = id(3);
export const ENTRY = id(10);
export const DRAFT = id(20);
export const RECORDING = id(30);
export const REFUSED = id(40);
export const ACTION = id(50);
export const CONCERN = id(60);
export const ME = id(70);
export const NADIA = id(71);
export const MUM = id(80);
export const DAD = id(81);
export const MASON = id(82);
export const RUBY = id(83);
export const NAN = id(84);
export const DEVICE = id(90);
const DOCUMENT = id(91);

const amira = (date: string, entry: string | undefined = ENTRY): Citation => ({
  author: 'Amira Khan', discipline: "children's social worker", date, record: `entries/${ENTRY}`, ...(entry ? { entry } : {}),
});
const nadia = (date: string): Citation => ({
  author: 'Nadia Rees', discipline: 'adult mental health practitioner', date, record: `entries/${ENTRY}`, entry: ENTRY,
});
const line = (text: string, ...citations: Citation[]): Line => ({ text, citations });

export const COMPARTMENTS = [
  { compartment: 'team', label: 'team', document: DOCUMENT },
  { compartment: 'victim-safe', label: 'victim-safe', document: id(92) },
];

export const CARDS: FamilyCard[] = [
  {
    family: FAMILY, name: 'Hartley',
    children: [
      {
        child: MASON, name: 'Mason Hartley', lastSeen: '2026-11-05', lastSeenAlone: '2026-11-05',
        due: [{ rule: 'cp-visit', title: 'Child protection visit, every 10 working days', due: '2026-11-19', overdueDays: 3, last: '2026-11-05', plan: 'child-protection-plan' }],
      },
      { child: RUBY, name: 'Ruby Hartley', lastSeen: '2026-11-05', due: [{ rule: 'cp-visit', title: 'Child protection visit, every 10 working days', due: '2026-11-19', overdueDays: 3, last: '2026-11-05', plan: 'child-protection-plan' }], compartment: 'victim-safe' },
    ],
    nextContact: { day: '2026-11-24', overdue: false, compartment: 'victim-safe' },
    actions: [{ id: ACTION, text: 'Amira Khan asks the school for Mason’s attendance', due: '2026-11-18', overdue: true, mine: true }],
    workerSafety: ['Go with a colleague when Daniel Sadler may be there.'],
    mustNotBeSharedWith: ['Daniel Sadler'], compartments: COMPARTMENTS, drafts: 1, waiting: 2, refused: 1,
  },
  {
    family: OTHER_FAMILY, name: 'Brennan',
    children: [{ child: id(85), name: 'Caitlin Brennan', lastSeen: '2026-11-16', lastSeenAlone: '2026-11-02', due: [{ rule: 'cin-visit', title: 'Child in need visit, every 20 working days', due: '2026-12-14', overdueDays: 0, plan: 'child-in-need' }] }],
    actions: [], workerSafety: [], mustNotBeSharedWith: [], compartments: [], drafts: 0, waiting: 0, refused: 0,
  },
  {
    family: THIRD_FAMILY, name: 'Okonkwo-Featherstonehaugh', children: [{ child: id(86), name: 'Baby Okonkwo-Featherstonehaugh', due: [] }],
    actions: [], workerSafety: [], mustNotBeSharedWith: [], compartments: [], drafts: 0, waiting: 0, refused: 0,
    problem: 'A part of this family has not arrived yet. Send and fetch where there is signal.',
  },
];

const ACTIONS = [
  { id: ACTION, status: ['open'], due: '2026-11-18', overdue: true, line: line('Amira Khan asks the school for Mason’s attendance.', amira('2026-11-05')) },
  { id: id(51), status: ['in progress', 'not done'], due: '2026-11-30', overdue: false, line: line('Kelly Hartley goes to the recovery group each Tuesday.', nadia('2026-11-12')) },
  { id: id(52), status: ['open'], overdue: false, line: line('Nadia Rees speaks with the GP about sleep.', nadia('2026-11-12')) },
];
const SAFETY_PLANS = [
  {
    id: id(55), mustNotBeSharedWith: ['Daniel Sadler'],
    warning: line('This safety plan must not be shared with Daniel Sadler.', amira('2026-10-28')),
    lines: [
      line('Agreed with Kelly Hartley and her mother.', amira('2026-10-28')),
      line('If Daniel comes to the door, the children go up to Nan’s flat and Kelly calls 999.', amira('2026-10-28')),
    ],
  },
];
const PROMPTS = [line('Kelly Hartley scored above 0 on the PHQ-9 question about self-harm. Ask about her safety.', nadia('2026-11-12'))];

export const PAGE: FamilyPage = {
  family: FAMILY, name: 'Hartley', compartments: COMPARTMENTS, discipline: "children's social worker",
  prepare: {
    workerSafety: [line('Go with a colleague when Daniel Sadler may be there.', amira('2026-10-28'))],
    safetyPlans: SAFETY_PLANS, prompts: PROMPTS,
    children: [
      { child: MASON, name: 'Mason Hartley', lastSeen: '2026-11-05', lastSeenAlone: '2026-11-05', due: [line('The child protection visit to Mason was due on 19 November 2026 and is 3 days overdue.', amira('2026-11-05'))] },
      { child: RUBY, name: 'Ruby Hartley', lastSeen: '2026-11-05', due: [line('The child protection visit to Ruby was due on 19 November 2026 and is 3 days overdue.', amira('2026-11-05'))] },
    ],
    actions: ACTIONS,
    said: [
      { person: MASON, name: 'Mason Hartley', words: 'I sleep better when Nan is here. I don’t like it when there is shouting.', day: '2026-11-05', author: 'Amira Khan', entry: ENTRY },
      { person: MUM, name: 'Kelly Hartley', words: 'I know I have to stop. I am scared what happens if I say it out loud.', day: '2026-11-12', author: 'Nadia Rees', entry: ENTRY },
    ],
  },
  summary: {
    family: FAMILY, asOf: '2026-11-22', workersSafety: [], safetyPlans: SAFETY_PLANS, prompts: PROMPTS,
    periods: [{ number: 2, from: '2026-10-29', line: line('The second period began on 29 October 2026.', amira('2026-10-28')) }],
    contacts: [line('12 November 2026: specialist session, took place.', nadia('2026-11-12')), line('5 November 2026: statutory visit (CP), took place.', amira('2026-11-05'))],
    children: [
      { child: MASON, name: 'Mason Hartley', lastSeen: '2026-11-05', lastSeenAlone: '2026-11-05', lines: [line('Seen awake and alone on 5 November 2026. He said: “I sleep better when Nan is here.”', amira('2026-11-05'))] },
      { child: RUBY, name: 'Ruby Hartley', lastSeen: '2026-11-05', lines: [line('Seen asleep on 5 November 2026. Not seen alone: too young.', amira('2026-11-05'))] },
    ],
    strengths: [line('Kelly got both children to school every day this week.', amira('2026-11-05')), line('Nan comes each evening and reads with Ruby.', amira('2026-11-05'), nadia('2026-11-12'))],
    concerns: [
      {
        id: CONCERN, domain: 'alcohol', children: ['Mason Hartley', 'Ruby Hartley'], adults: ['Kelly Hartley'],
        line: line('Kelly drinks in the evening and cannot wake for Ruby at night.', amira('2026-11-05')),
        views: [
          { holder: 'Kelly Hartley', agreement: 'shares partly', before: 'does not share', line: line('Kelly Hartley shares it partly: “Only at weekends.”', amira('2026-11-05')) },
          { holder: 'Nan (Jean Hartley)', agreement: 'shares fully', line: line('Jean Hartley shares it fully.', amira('2026-11-05')) },
          { holder: 'Daniel Sadler', agreement: 'unsafe to discuss', line: line('Unsafe to discuss with Daniel Sadler.', amira('2026-11-05')) },
        ],
      },
      { id: id(61), domain: 'domestic abuse', children: ['Mason Hartley'], adults: ['Daniel Sadler'], line: { text: 'Daniel comes to the flat at night though the order forbids it.', citations: [amira('2026-10-28')], compartments: ['victim-safe'] }, views: [] },
    ],
    readings: [
      { scale: 'safety', holder: 'Kelly Hartley', value: '7', line: line('Kelly Hartley: 7 of 10.', amira('2026-11-05')) },
      { scale: 'safety', holder: 'Mason Hartley', value: '4', line: line('Mason Hartley: 4 of 10.', amira('2026-11-05')) },
      { scale: 'safety', holder: 'Amira Khan', value: '4.5', line: line('Amira Khan: 4.5 of 10.', amira('2026-11-05')) },
      { scale: 'confidence', holder: 'Kelly Hartley', value: '6', line: line('Kelly Hartley: 6 of 10.', nadia('2026-11-12')) },
    ],
    tools: [
      { tool: 'AUDIT', score: 17, band: 'higher risk', line: line('AUDIT with Kelly Hartley: 17, higher risk; before: 22.', nadia('2026-11-12')) },
      { tool: 'DASH', score: 11, judgement: 'high', line: line('DASH: 11; judged high by the professional.', amira('2026-10-28')) },
    ],
    direction: [
      { domain: 'alcohol', direction: 'some improvement', line: line('Alcohol: some improvement, because she kept four of five sessions.', nadia('2026-11-12')) },
      { domain: 'domestic abuse', direction: 'worsening', line: line('Domestic abuse: worsening, because Daniel came twice.', amira('2026-11-05')) },
    ],
    supervisions: [{ date: '2026-10-28', held: true, line: line('Group supervision on 28 October 2026, chaired by Morgan Lee. Next on 25 November 2026.', amira('2026-10-28', undefined)), contributions: [line('Amira Khan: the children are calmer; worried about the evenings.', amira('2026-10-28', undefined))], disagreements: [line('Amira Khan and Nadia Rees disagree whether Kelly can be alone with Ruby at night.', amira('2026-10-28', undefined))], minorityViews: [], decisions: [line('Visits every week until the next supervision, because of the nights.', amira('2026-10-28', undefined))] }],
    decisions: [], goals: [], actions: ACTIONS,
    chapters: [
      { discipline: "children's social worker", monthlySummary: [line('October: calmer mornings, hard evenings.', amira('2026-10-31'))], thisPeriod: [line('5 November 2026: statutory visit (CP).', amira('2026-11-05'))], earlier: [line('14 October 2026: home visit.', amira('2026-10-14'))] },
      { discipline: 'adult mental health practitioner', monthlySummary: [], thisPeriod: [line('12 November 2026: specialist session.', nadia('2026-11-12'))], earlier: [] },
    ],
    gaps: [line('Ruby has not been seen alone yet.', amira('2026-11-05')), line('Daniel Sadler’s view of the alcohol concern has not been asked.', amira('2026-11-05'))],
    compartments: [{ compartment: 'victim-safe', held: true }, { compartment: 'perpetrator-work', held: false }],
  },
  timescales: [], uncovered: [],
  disagreements: [{ person: RUBY, name: 'Ruby Hartley', field: 'dateOfBirth', label: 'date of birth', document: DOCUMENT, facts: [{ id: id(93), value: '2020-02-07', author: 'Amira Khan', at: '2026-09-01T09:00:00Z' }, { id: id(94), value: '2020-07-02', author: 'Nadia Rees', at: '2026-09-03T09:00:00Z' }] }],
  own: [{ id: ENTRY, kind: 'statutory visit (CP)', day: '2026-11-05', state: 'on-this-phone' }],
};

export const CHRONOLOGY: Chronology = {
  unreadable: [],
  events: [
    { when: { date: '2019-01-01', precision: 'year' }, category: 'house-move', people: [MUM], names: ['Kelly Hartley'], source: 'housing file', line: line('The family moved to Stevenage.', amira('2026-09-01', undefined)) },
    { when: { date: '2026-03-01', precision: 'month' }, category: 'police-call-out', people: [MUM, DAD], names: ['Kelly Hartley', 'Daniel Sadler'], effect: 'Mason hid in the wardrobe.', source: 'police notification of 9 March', line: line('Police called to the flat at night.', amira('2026-09-01', undefined)) },
    { when: { date: '2026-11-05', precision: 'exact' }, category: 'disclosure', people: [MASON], names: ['Mason Hartley'], source: 'statutory visit (CP)', line: line('Mason said that Daniel came through the window.', amira('2026-11-05')) },
  ],
};

export const PLAN: Plan = {
  statuses: [{ child: MASON, name: 'Mason Hartley', status: 'child protection plan', category: 'emotional', from: '2026-09-14', author: 'Morgan Lee' }, { child: RUBY, name: 'Ruby Hartley', status: 'child protection plan', category: 'emotional', from: '2026-09-14', author: 'Morgan Lee' }],
  goals: [{ id: id(56), status: ['being worked on'], line: line('The children sleep through, and an adult who is sober is there at night.', amira('2026-09-14')), news: [line('Nan stays over three nights a week.', amira('2026-11-05'))] }],
  actions: ACTIONS, safetyPlans: SAFETY_PLANS, timescales: [],
};

export const LINE: EntryLine = {
  id: ENTRY, document: DOCUMENT, kind: 'statutory visit (CP)', outcome: 'took place', occurred: { start: '2026-11-05T16:10:00', end: '2026-11-05T17:00:00' },
  author: 'Amira Khan', discipline: "children's social worker", compartment: 'team', mine: true, state: 'on-this-phone', withdrawn: false, appendments: 1, summary: 'The flat was warm and tidy. Mason opened the door and showed his room.',
};
export const ENTRIES: EntryLine[] = [
  LINE,
  { ...LINE, id: id(11), kind: 'specialist session', author: 'Nadia Rees', discipline: 'adult mental health practitioner', mine: false, state: 'in-the-workbook', appendments: 0, summary: 'Fifth session. Kelly spoke of the nights.', compartment: 'victim-safe', occurred: { start: '2026-11-12T11:00:00' } },
  { ...LINE, id: id(12), kind: 'attempted visit', outcome: 'no reply', state: 'in-the-workbook', appendments: 0, summary: '', withdrawn: true, occurred: { start: '2026-10-30T00:00:00', timeUnknown: true } },
];

export const ENTRY_PAGE: EntryPage = {
  line: LINE, family: FAMILY,
  people: { [MUM]: 'Kelly Hartley', [DAD]: 'Daniel Sadler', [MASON]: 'Mason Hartley', [RUBY]: 'Ruby Hartley', [NAN]: 'Jean Hartley' },
  professionals: { [ME]: 'Amira Khan', [NADIA]: 'Nadia Rees' },
  entry: {
    kind: 'statutory-visit-cp', outcome: 'took-place', occurred: LINE.occurred, at: '2026-11-05T17:20:00Z', by: ME, discipline: 'childrens-social-worker', device: DEVICE,
    place: 'at home', announced: true, purpose: 'to see how the nights are', present: [{ person: MUM }, { person: NAN }, { named: 'the health visitor' }],
    children: [
      { child: MASON, seen: 'awake', alone: 'yes', voice: { words: 'I sleep better when Nan is here.', how: 'said while drawing' } },
      { child: RUBY, seen: 'asleep', alone: 'too-young' },
    ],
    statements: [
      { text: 'The flat was warm and tidy.', nature: 'observed-fact' },
      { text: 'Daniel came through the window on Sunday.', nature: 'reported', source: { person: MASON }, about: [DAD] },
      { text: 'Kelly may not be telling us how often he comes.', nature: 'hypothesis', about: [MUM, DAD] },
    ],
    analysis: { changed: 'Evenings are calmer when Nan is there.', meaning: [{ child: MASON, text: 'He feels safer and sleeps.' }], uncertain: 'What happens on nights without Nan.' },
    strengths: [{ text: 'Kelly got both children to school every day this week.' }],
    views: [{ concern: CONCERN, holder: { person: MUM }, agreement: 'shares-partly', words: 'Only at weekends.' }],
    readings: [{ scale: 'safety', holder: { person: MUM }, value: 7, because: 'Nan is here' }, { scale: 'safety', holder: { person: MASON }, value: 4 }],
    tools: [{ tool: 'audit', score: 17, previous: 22, reflection: 'She was surprised by the number.' }],
    direction: [{ domain: 'alcohol', direction: 'some-improvement', because: 'she kept four of five sessions' }],
    immediateSafety: 'managed-in-the-visit', nextContact: '2026-11-19',
    significantEvent: { kind: 'disclosure', text: 'Mason said that Daniel came through the window.', effect: 'He does not want to sleep in his room.' },
    provenance: { how: 'dictated', model: 'tiny.en-q5_1', modelSha256: 'a'.repeat(64), audioMs: 161000, audioSha256: 'b'.repeat(64), wordsEdited: 6 },
    finishedLateDays: 2,
    attestation: { statement: 'I have read this and it is my record', at: '2026-11-05T17:20:00Z' },
  },
  concerns: { [CONCERN]: { here: true, record: { statement: 'Kelly drinks in the evening and cannot wake for Ruby at night.', by: ME, at: '2026-11-05T17:20:00Z' } } },
  actions: { [ACTION]: { here: true, record: { text: 'I ask the school for Mason’s attendance.', owner: { professional: ME }, due: '2026-11-18', by: ME, at: '2026-11-05T17:20:00Z' } } },
  appendments: [{ reason: 'late-information', label: 'late information', text: 'The school says that Mason was late twice.', author: 'Amira Khan', at: '2026-11-06T09:00:00Z', state: 'on-this-phone' }],
};

export const CAST: Cast = {
  people: [
    { id: MASON, name: 'Mason Hartley', knownAs: ['Mase'], role: 'child', roleLabel: 'child', child: true },
    { id: RUBY, name: 'Ruby Hartley', knownAs: [], role: 'child', roleLabel: 'child', child: true },
    { id: DAD, name: 'Daniel Sadler', knownAs: [], role: 'father', roleLabel: 'father', child: false },
    { id: NAN, name: 'Jean Hartley', knownAs: ['Nan'], role: 'grandparent', roleLabel: 'grandparent', child: false },
    { id: MUM, name: 'Kelly Hartley', knownAs: ['Mum'], role: 'mother', roleLabel: 'mother', child: false },
  ],
  professionals: [
    { id: ME, name: 'Amira Khan', discipline: 'childrens-social-worker', disciplineLabel: "children's social worker", me: true },
    { id: NADIA, name: 'Nadia Rees', discipline: 'adult-mental-health-practitioner', disciplineLabel: 'adult mental health practitioner', me: false },
  ],
  concerns: [{ id: id(61), statement: 'Daniel comes to the flat at night though the order forbids it.', domain: 'domestic-abuse' }],
  actions: [{ id: ACTION, text: 'Ask the school for Mason’s attendance' }],
  compartments: COMPARTMENTS,
};
