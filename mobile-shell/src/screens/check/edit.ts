/**
 * Changing a draft as its author says. Only puts values where they belong: whether a draft is good
 * enough is the core's to say (`review`). Empty values are left out, as the core writes them.
 */
import type { Action, Concern, Entry, EntryDraft, Kept, Occurred, Unsaid } from '../shapes';

/** An object with a field set, or without it when the value is empty. */
export function put<T extends object, K extends keyof T>(object: T, key: K, value: T[K] | undefined): T {
  const copy = { ...object };
  const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (empty) delete copy[key];
  else copy[key] = value as T[K];
  return copy;
}

/** A draft with its entry changed. */
export function inEntry(draft: EntryDraft, edit: (entry: Entry) => Entry): EntryDraft {
  return { ...draft, entry: edit(draft.entry) };
}

/** The author has said what nobody had said. */
function said(draft: EntryDraft, field: Unsaid): EntryDraft {
  return put(draft, 'unsaid', (draft.unsaid ?? []).filter((it) => it !== field));
}

/** What kind of contact it was. */
export function sayKind(draft: EntryDraft, kind: string): EntryDraft {
  return said(inEntry(draft, (entry) => ({ ...entry, kind })), 'kind');
}

/** What came of it. */
export function sayOutcome(draft: EntryDraft, outcome: string): EntryDraft {
  return said(inEntry(draft, (entry) => ({ ...entry, outcome })), 'outcome');
}

/** The day, with times `HH:MM` as far as they are known; an empty start: not said yet. */
export function sayWhen(draft: EntryDraft, day: string, start: string, end: string): EntryDraft {
  const occurred: Occurred = { start: `${day}T${start || '00:00'}:00` };
  if (end !== '' && end >= start) occurred.end = `${day}T${end}:00`;
  const next = inEntry(draft, (entry) => ({ ...entry, occurred }));
  if (start !== '') return said(next, 'start');
  return put(next, 'unsaid', [...new Set([...(next.unsaid ?? []), 'start' as Unsaid])]);
}

/** The day, and that the author does not know the time. */
export function sayDayOnly(draft: EntryDraft, day: string): EntryDraft {
  const occurred: Occurred = { start: `${day}T00:00:00`, timeUnknown: true };
  return said(inEntry(draft, (entry) => ({ ...entry, occurred })), 'start');
}

/** A list with one element changed, or removed when `undefined`. */
export function at<T>(list: readonly T[] | undefined, index: number, value: T | undefined): T[] {
  const copy = [...(list ?? [])];
  if (value === undefined) copy.splice(index, 1);
  else copy[index] = value;
  return copy;
}

/** A concern changed, or taken out with the views of it. */
export function withConcern(draft: EntryDraft, id: string, concern: Concern | undefined): EntryDraft {
  const concerns = { ...draft.concerns };
  if (concern !== undefined) {
    concerns[id] = concern;
    return { ...draft, concerns };
  }
  delete concerns[id];
  const next = inEntry(draft, (entry) => put(entry, 'views', (entry.views ?? []).filter((it) => it.concern !== id)));
  return { ...next, concerns };
}

/** An action changed or taken out. */
export function withAction(draft: EntryDraft, id: string, action: Action | undefined): EntryDraft {
  const actions = { ...draft.actions };
  if (action === undefined) delete actions[id];
  else actions[id] = action;
  return { ...draft, actions };
}

/** A mark acknowledged or not. */
export function settle(kept: Kept, id: number, settled = true): Kept {
  return { ...kept, marks: kept.marks.map((mark) => (mark.id === id ? { ...mark, settled } : mark)) };
}
