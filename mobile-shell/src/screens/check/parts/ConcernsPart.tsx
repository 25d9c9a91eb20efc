/** Concerns raised here, and views on these and on earlier ones: who shares them, in their own words. */
import { Pick } from '../../frame/Choice';
import { useReach } from '../../frame/context';
import { Field } from '../../frame/Field';
import { capital } from '../../frame/labels';
import type { Concern } from '../../shapes';
import { put, withConcern } from '../edit';
import type { Desk } from '../useDraft';
import { About } from './About';
import { Items } from './Items';
import { Views } from './Views';

export function ConcernsPart({ desk }: { desk: Desk }) {
  const { terms } = useReach();
  const { draft } = desk.kept;
  const concerns = Object.entries(draft.concerns);
  const set = (id: string, value: Concern | undefined) => desk.change((it) => withConcern(it, id, value));
  return (
    <>
      <Items
        items={concerns}
        one="concern"
        onRemove={(index) => set(concerns[index]![0], undefined)}
        onAdd={() => set(crypto.randomUUID(), { statement: '', by: draft.entry.by, at: draft.entry.at })}
      >
        {([id, it]) => (
          <>
            <Field
              label="The concern"
              hint="Who is worried about what, and its effect on which child"
              many
              rows={2}
              value={it.statement}
              onInput={(statement) => set(id, { ...it, statement })}
            />
            <Pick
              label="Part of family life"
              none="Not said"
              options={terms.domains.map((term) => ({ ...term, label: capital(term.label) }))}
              value={it.domain}
              onPick={(domain) => set(id, put(it, 'domain', domain))}
            />
            <About cast={desk.cast} only="children" legend="Which children" ids={it.children} onPick={(ids) => set(id, put(it, 'children', ids))} />
            <About cast={desk.cast} only="adults" legend="Whose behaviour" ids={it.adults} onPick={(ids) => set(id, put(it, 'adults', ids))} />
            <Views desk={desk} concern={id} name={it.statement} />
          </>
        )}
      </Items>
      {desk.cast.concerns.length > 0 && (
        <>
          <h3 style="margin-top:1.5rem">Concerns raised before</h3>
          {desk.cast.concerns.map((it) => (
            <div class="item" key={it.id}>
              <p>{it.statement}</p>
              <Views desk={desk} concern={it.id} name={it.statement} />
            </div>
          ))}
        </>
      )}
    </>
  );
}
