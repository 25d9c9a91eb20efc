import { describe, expect, it } from 'vitest';
import { kept } from '../../../e2e/screens/fake/draft';
import { difference, follow } from './difference';
import { sayDayOnly, sayKind, sayWhen } from './edit';
import { correct, heardPieces } from './pieces';
import { spread } from './spread';

const at = (text: string, words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });

describe('a correction', () => {
  it('changes the words wherever the draft took them, and nowhere else', () => {
    const before = kept();
    const draft = correct(before, at(before.text, 'come back'), 'come round');
    expect(Object.values(draft?.concerns ?? {})[0]?.statement).toBe('I am worried that Daniel may come round at night and hurt her.');
    expect(draft?.entry.statements).toEqual(before.draft.entry.statements);
  });

  it('finds a word again after an earlier correction of the same sentence', () => {
    let now = kept();
    now = { ...now, draft: correct(now, at(now.text, 'Daniel'), 'Dan') ?? now.draft };
    now = { ...now, draft: correct(now, at(now.text, 'hurt'), 'hit') ?? now.draft };
    expect(Object.values(now.draft.concerns)[0]?.statement).toBe('I am worried that Dan may come back at night and hit her.');
  });

  it('says so when the draft took the words nowhere', () => {
    const before = kept();
    expect(correct(before, at(before.text, 'Hartleys'), 'Hartley')).toBeUndefined();
  });

  it('reads spans as bytes: an accent before a statement does not shift it', () => {
    const it = kept();
    const text = `Zoë was there. ${it.text}`;
    const shift = new TextEncoder().encode('Zoë was there. ').length;
    for (const statement of it.draft.entry.statements ?? []) {
      if (statement.span) statement.span = { start: statement.span.start + shift, end: statement.span.end + shift };
    }
    it.asHeard = structuredClone(it.draft);
    const draft = correct({ ...it, text }, at(text, 'not'), 'now');
    expect(draft?.entry.statements?.[1]?.text).toBe('Kelly has now been drinking since Sunday.');
  });
});

describe('the text on the screen', () => {
  it('is what was heard, whole and in order', () => {
    const it = kept();
    expect(spread(it).map((part) => (part.is === 'mark' ? part.mark.text : part.text)).join('')).toBe(it.text);
  });

  it('shows a changed word in place of what was heard', () => {
    const before = kept();
    const now = { ...before, draft: correct(before, at(before.text, 'four'), 'five') ?? before.draft };
    const statement = { ...now, draft: correct(now, at(now.text, 'room'), 'bedroom') ?? now.draft };
    const shown = spread(statement).filter((part) => part.is === 'changed');
    expect(shown).toEqual([{ is: 'changed', text: 'bedroom', place: at(before.text, 'room') }]);
    expect(heardPieces(statement).length).toBe(heardPieces(before).length);
  });
});

describe('differences', () => {
  it('follow a stretch that stayed and lose one that went', () => {
    const runs = difference('a red big house', 'a blue big house');
    expect(follow(runs, 6, 9)).toEqual({ from: 7, to: 10 });
    expect(follow(runs, 2, 5)).toBeUndefined();
  });
});

describe('what nobody had said', () => {
  it('is said one by one, and an emptied time is unsaid again', () => {
    let draft = sayKind(kept().draft, 'home-visit');
    expect(draft.unsaid).toEqual(['outcome', 'start']);
    draft = sayWhen(draft, '2026-11-22', '16:10', '17:00');
    expect(draft.unsaid).toEqual(['outcome']);
    expect(draft.entry.occurred).toEqual({ start: '2026-11-22T16:10:00', end: '2026-11-22T17:00:00' });
    expect(sayWhen(draft, '2026-11-22', '', '').unsaid).toEqual(['outcome', 'start']);
    expect(sayDayOnly(draft, '2026-11-21').entry.occurred).toEqual({ start: '2026-11-21T00:00:00', timeUnknown: true });
  });
});
