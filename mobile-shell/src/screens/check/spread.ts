/** What was heard, laid out for reading: plain words, words to check, and words that were changed. */
import type { Kept, Mark, Place } from '../shapes';
import { heardPieces } from './pieces';

/** A stretch of the text on the screen. */
export type Stretch =
  | { is: 'plain'; text: string; start: number }
  | { is: 'mark'; mark: Mark; start: number }
  | { is: 'changed'; text: string; place: Place };

/** The whole text, in order. */
export function spread(kept: Kept): Stretch[] {
  const changes = changesOf(kept);
  const stops: { place: Place; stretch: Stretch }[] = changes.map((it) => ({
    place: it.place,
    stretch: { is: 'changed', text: it.text, place: it.place },
  }));
  for (const mark of kept.marks) {
    const gone = changes.some((it) => it.place.start < mark.place.end && mark.place.start < it.place.end);
    if (!gone) stops.push({ place: mark.place, stretch: { is: 'mark', mark, start: mark.place.start } });
  }
  stops.sort((a, b) => a.place.start - b.place.start || urgency(a.stretch) - urgency(b.stretch));
  const out: Stretch[] = [];
  let at = 0;
  for (const { place, stretch } of stops) {
    if (place.start < at) continue;
    if (place.start > at) out.push({ is: 'plain', text: kept.text.slice(at, place.start), start: at });
    out.push(stretch);
    at = place.end;
  }
  if (at < kept.text.length) out.push({ is: 'plain', text: kept.text.slice(at), start: at });
  return out;
}

/** Two marks on one word: the one that must be checked is shown. */
function urgency(stretch: Stretch): number {
  if (stretch.is !== 'mark') return 0;
  return stretch.mark.must ? 1 : stretch.mark.kind === 'risk' ? 2 : stretch.mark.kind === 'negation' ? 3 : 4;
}

/** What its author has changed, each stretch once. */
function changesOf(kept: Kept): { place: Place; text: string }[] {
  const changes: { place: Place; text: string }[] = [];
  for (const piece of heardPieces(kept)) {
    for (const run of piece.runs) {
      if (run.same) continue;
      const place = { start: piece.place.start + run.from, end: piece.place.start + run.to };
      if (changes.some((it) => it.place.start < place.end && place.start < it.place.end)) continue;
      if (changes.some((it) => it.place.start === place.start && it.place.end === place.end)) continue;
      changes.push({ place, text: piece.text.slice(run.newFrom, run.newTo) });
    }
  }
  return changes;
}
