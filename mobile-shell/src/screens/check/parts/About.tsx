/** About whom something is: tapped from the family. */
import { SomeOf } from '../../frame/Choice';
import type { Cast } from '../../shapes';

export function About({ cast, legend, ids, onPick, only }: {
  cast: Cast;
  legend: string;
  ids: readonly string[] | undefined;
  onPick: (ids: string[]) => void;
  only?: 'children' | 'adults';
}) {
  const people = cast.people.filter((it) => only === undefined || it.child === (only === 'children'));
  if (people.length === 0) return null;
  return (
    <SomeOf
      legend={legend}
      options={people.map((it) => ({ code: it.id, label: it.name }))}
      values={ids ?? []}
      onPick={onPick}
    />
  );
}
