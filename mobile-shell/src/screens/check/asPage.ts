/** A draft in the shape of an entry's page, so that its author reads it as everybody will. */
import type { Cast, EntryPage, Kept } from '../shapes';

/** The parts that `EntryBody` shows. */
export type Readable = Pick<EntryPage, 'entry' | 'concerns' | 'actions' | 'people' | 'professionals'>;

export function asPage(kept: Kept, cast: Cast): Readable {
  const { entry, concerns, actions } = kept.draft;
  const here = <T>(all: Record<string, T>) =>
    Object.fromEntries(Object.entries(all).map(([id, record]) => [id, { record, here: true }]));
  const viewed = new Set((entry.views ?? []).map((it) => it.concern));
  const earlier = cast.concerns
    .filter((it) => viewed.has(it.id) && !(it.id in concerns))
    .map((it) => [it.id, { record: { statement: it.statement, by: '', at: '' }, here: false }] as const);
  return {
    entry,
    concerns: { ...here(concerns), ...Object.fromEntries(earlier) },
    actions: here(actions),
    people: Object.fromEntries(cast.people.map((it) => [it.id, it.name])),
    professionals: Object.fromEntries(cast.professionals.map((it) => [it.id, it.name])),
  };
}
