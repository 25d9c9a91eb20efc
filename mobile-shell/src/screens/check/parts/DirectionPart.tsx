/** Direction of travel by part of family life, with because; and the stage of change. */
import { Pick } from '../../frame/Choice';
import { useReach } from '../../frame/context';
import { Field } from '../../frame/Field';
import { capital } from '../../frame/labels';
import type { DirectionOfTravel, Term } from '../../shapes';
import { at, inEntry, put } from '../edit';
import type { Desk } from '../useDraft';
import { Items } from './Items';

export function DirectionPart({ desk }: { desk: Desk }) {
  const { terms } = useReach();
  const { entry } = desk.kept.draft;
  const directions = entry.direction ?? [];
  const set = (index: number, value: DirectionOfTravel | undefined) =>
    desk.change((draft) => inEntry(draft, (it) => put(it, 'direction', at(it.direction, index, value))));
  const large = (list: readonly Term[]) => list.map((it) => ({ ...it, label: capital(it.label) }));
  return (
    <>
      <Items
        items={directions}
        one="direction"
        onRemove={(index) => set(index, undefined)}
        onAdd={() => set(directions.length, { direction: 'not-assessed' })}
      >
        {(it, index) => (
          <>
            <Pick
              label="Part of family life"
              none="The family as a whole"
              options={large(terms.domains)}
              value={it.domain}
              onPick={(domain) => set(index, put(it, 'domain', domain))}
            />
            <Pick
              label="Which way"
              options={large(terms.directions)}
              value={it.direction}
              onPick={(direction) => direction !== '' && set(index, { ...it, direction })}
            />
            <Field label="Because" many rows={2} value={it.because ?? ''} onInput={(because) => set(index, put(it, 'because', because))} />
          </>
        )}
      </Items>
      <br />
      <Pick
        label="Stage of change of the adult"
        none="Not said"
        options={large(terms.stagesOfChange)}
        value={entry.stageOfChange}
        onPick={(stage) => desk.change((draft) => inEntry(draft, (it) => put(it, 'stageOfChange', stage)))}
      />
    </>
  );
}
