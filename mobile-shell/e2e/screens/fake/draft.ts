/** A dictated draft as the core would make it, with words to check, and the review of it. */
import type { EntryDraft, Kept, Mark, MarkKind, Review } from '../../../src/screens/shapes';
import { CONCERN, DEVICE, DRAFT, FAMILY, MASON, ME, MUM, RECORDING, RUBY } from './family';

const TEXT =
  'This was a visit to the Hartleys at home. Mason opened the door and showed me his room. He said I sleep better when Nan is here. ' +
  'Ruby was asleep. Kelly has not been drinking since Sunday. I am worried that Daniel may come back at night and hurt her. ' +
  'Kelly thinks so too. On a scale Kelly said seven and Mason said four. I will ring the school by Friday.';

function find(text: string, after = 0): { start: number; end: number } {
  const start = TEXT.indexOf(text, after);
  return { start, end: start + text.length };
}
function mark(id: number, kind: MarkKind, text: string): Mark {
  const place = find(text);
  return { id, kind, text, place, must: kind === 'doubtful', settled: false, audio: { startMs: place.start * 60, endMs: place.end * 60 } };
}

const says = (text: string, nature: string, about: string[] = []) => {
  const { start, end } = find(text);
  return { text, nature, span: { start, end }, ...(about.length > 0 ? { about } : {}) };
};

export function entryDraft(): EntryDraft {
  return {
    id: DRAFT,
    unsaid: ['kind', 'outcome', 'start'],
    concerns: { [CONCERN]: { statement: 'I am worried that Daniel may come back at night and hurt her.', domain: 'domestic-abuse', children: [MASON], by: ME, at: '2026-11-22T16:00:00Z' } },
    actions: { 'a1': { text: 'I will ring the school by Friday.', owner: { professional: ME }, due: '2026-11-27', by: ME, at: '2026-11-22T16:00:00Z' } },
    entry: {
      kind: 'other', outcome: 'took-place', occurred: { start: '2026-11-22T00:00:00', timeUnknown: true }, at: '2026-11-22T16:00:00Z', by: ME, discipline: 'childrens-social-worker', device: DEVICE,
      place: 'at home', present: [{ person: MUM }],
      children: [{ child: MASON, seen: 'awake', voice: { words: 'I sleep better when Nan is here.', how: 'said' } }, { child: RUBY, seen: 'asleep' }],
      statements: [says('Mason opened the door and showed me his room.', 'observed-fact', [MASON]), says('Kelly has not been drinking since Sunday.', 'reported', [MUM])],
      views: [{ concern: CONCERN, holder: { person: MUM }, agreement: 'shares-fully' }],
      readings: [{ scale: 'safety', holder: { person: MUM }, value: 7 }, { scale: 'safety', holder: { person: MASON }, value: 4 }],
      provenance: { how: 'dictated', model: 'tiny.en-q5_1', modelSha256: 'a'.repeat(64), audioMs: 95000, audioSha256: 'b'.repeat(64), wordsEdited: 0 },
    },
  };
}

export function kept(): Kept {
  const words = [...TEXT.matchAll(/\S+/g)].map((it) => ({
    place: { start: it.index, end: it.index + it[0].length }, audio: { startMs: it.index * 60, endMs: (it.index + it[0].length) * 60 }, confidence: 0.9,
  }));
  return {
    id: DRAFT, family: FAMILY, compartment: 'team', asked: 'team', mustNotShareWith: [], draft: entryDraft(), asHeard: entryDraft(), text: TEXT, words, recordedOn: '2026-11-22', recording: RECORDING,
    sources: [], doubts: [{ heard: 'Hartleys', why: 'It sounds like the family’s name.', suggestion: 'Hartley', place: find('Hartleys') }],
    marks: [mark(0, 'name', 'Mason'), mark(1, 'doubtful', 'Nan'), mark(2, 'name', 'Ruby'), mark(3, 'negation', 'not'), mark(4, 'date', 'Sunday'), mark(5, 'name', 'Daniel'), mark(6, 'doubtful', 'come back'), mark(7, 'risk', 'hurt'), mark(8, 'number', 'seven'), mark(9, 'number', 'four'), mark(10, 'date', 'Friday')],
  };
}

/** What the core would say of it: enough for the stories. */
export function review(draft: Kept): Review {
  const messages = { kind: 'say what kind of contact this was', outcome: 'say what came of it: whether it took place', start: 'say when it began, or that you do not know the time' };
  const unsaid = (draft.draft.unsaid ?? []).map((field) => ({ field, message: messages[field] }));
  const unsettled = draft.marks.filter((it) => it.must && !it.settled).map((it) => it.id);
  const missing = draft.draft.entry.immediateSafety ? [] : [{ what: 'immediateSafety' as const, message: 'say whether anything had to be done about safety there and then' }];
  const canComplete = unsaid.length + unsettled.length === 0;
  return { state: canComplete ? 'ready' : 'draft', unsaid, unsettled, missing: [...unsaid.map((it) => ({ what: it.field, message: it.message })), ...missing], canComplete };
}
