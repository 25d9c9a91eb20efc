/**
 * The pieces of a draft's text and where each was heard, so that a word corrected once is corrected
 * wherever the draft took it. Places are UTF-16 units of the text as heard.
 */
import type { EntryDraft, Kept, Place } from '../shapes';
import { difference, follow, type Run } from './difference';
import { at, inEntry, put, withAction, withConcern } from './edit';

/** A text within a draft. */
export interface Piece {
  /** What it is, for people. */
  name: string;
  text: string;
  set: (draft: EntryDraft, text: string) => EntryDraft;
}

/** A piece, where it was heard, and what its author has changed in it. */
export interface HeardPiece extends Piece {
  place: Place;
  runs: Run[];
}

/** Every text of a draft that was taken from what was said, with a key that lasts. */
export function pieces(draft: EntryDraft): Map<string, Piece> {
  const all = new Map<string, Piece>();
  const { entry } = draft;
  (entry.statements ?? []).forEach((it, index) =>
    all.set(`statement ${it.span ? it.span.start : index}`, {
      name: 'Statement',
      text: it.text,
      set: (d, text) => inEntry(d, (e) => put(e, 'statements', at(e.statements, index, { ...it, text }))),
    }),
  );
  (entry.strengths ?? []).forEach((it, index) =>
    all.set(`strength ${index}`, {
      name: 'What goes well',
      text: it.text,
      set: (d, text) => inEntry(d, (e) => put(e, 'strengths', at(e.strengths, index, { ...it, text }))),
    }),
  );
  (entry.children ?? []).forEach((it, index) => {
    const voice = it.voice;
    if (voice === undefined) return;
    all.set(`voice ${it.child}`, {
      name: 'What the child said',
      text: voice.words,
      set: (d, words) => inEntry(d, (e) => put(e, 'children', at(e.children, index, { ...it, voice: { ...voice, words } }))),
    });
  });
  (entry.views ?? []).forEach((it, index) => {
    if (it.words === undefined) return;
    all.set(`view ${index}`, {
      name: 'View',
      text: it.words,
      set: (d, words) => inEntry(d, (e) => put(e, 'views', at(e.views, index, { ...it, words }))),
    });
  });
  (['readings', 'direction'] as const).forEach((list) =>
    (entry[list] ?? []).forEach((it, index) => {
      if (it.because === undefined) return;
      all.set(`${list} ${index}`, {
        name: 'Because',
        text: it.because,
        set: (d, because) => inEntry(d, (e) => put(e, list, at(e[list] as never[], index, { ...it, because } as never) as never)),
      });
    }),
  );
  for (const field of ['place', 'purpose'] as const) {
    const text = entry[field];
    if (text === undefined) continue;
    all.set(field, { name: field, text, set: (d, next) => inEntry(d, (e) => put(e, field, next)) });
  }
  for (const [id, it] of Object.entries(draft.concerns)) {
    all.set(`concern ${id}`, {
      name: 'Concern',
      text: it.statement,
      set: (d, statement) => withConcern(d, id, { ...it, statement }),
    });
  }
  for (const [id, it] of Object.entries(draft.actions)) {
    all.set(`action ${id}`, { name: 'Action', text: it.text, set: (d, text) => withAction(d, id, { ...it, text }) });
  }
  return all;
}

/** The pieces that can be found in what was heard. */
export function heardPieces(kept: Kept): HeardPiece[] {
  const before = pieces(kept.asHeard ?? kept.draft);
  const found: HeardPiece[] = [];
  for (const [key, piece] of pieces(kept.draft)) {
    const old = before.get(key)?.text ?? piece.text;
    let start = kept.text.indexOf(old);
    const exact = /^statement (\d+)$/.exec(key);
    if (exact && kept.draft.entry.statements?.some((it) => it.span)) {
      start = kept.text.indexOf(old, Math.max(0, units(kept.text, Number(exact[1]))));
    }
    if (start < 0) continue;
    found.push({ ...piece, place: { start, end: start + old.length }, runs: difference(old, piece.text) });
  }
  return found.sort((a, b) => a.place.start - b.place.start || b.place.end - a.place.end);
}

/** A draft in which the words at a place are others, everywhere; `undefined` when it took them nowhere. */
export function correct(kept: Kept, place: Place, text: string): EntryDraft | undefined {
  let draft = kept.draft;
  let done = false;
  for (const piece of heardPieces(kept)) {
    if (place.start < piece.place.start || place.end > piece.place.end) continue;
    const now = follow(piece.runs, place.start - piece.place.start, place.end - piece.place.start);
    const key = [...pieces(draft)].find(([, it]) => it.text === piece.text && it.name === piece.name);
    if (now === undefined || key === undefined) continue;
    draft = key[1].set(draft, piece.text.slice(0, now.from) + text + piece.text.slice(now.to));
    done = true;
  }
  return done ? draft : undefined;
}

/** UTF-16 units of the first so many bytes of UTF-8. */
function units(text: string, bytes: number): number {
  let count = 0;
  let at = 0;
  for (const letter of text) {
    if (count >= bytes) return at;
    const code = letter.codePointAt(0)!;
    count += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    at += letter.length;
  }
  return at;
}

/** Where a piece was heard, by its key. */
export function placeOf(kept: Kept, key: string): Place | undefined {
  const piece = pieces(kept.draft).get(key);
  return piece && heardPieces(kept).find((it) => it.text === piece.text && it.name === piece.name)?.place;
}
