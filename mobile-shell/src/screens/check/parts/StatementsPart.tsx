/** Statements: the words, what kind of statement it is, who said so and about whom. Each can be heard. */
import { Pick } from '../../frame/Choice';
import { useReach } from '../../frame/context';
import { Field } from '../../frame/Field';
import { capital } from '../../frame/labels';
import type { Statement } from '../../shapes';
import { at, inEntry, put } from '../edit';
import { HearPiece } from '../HearPiece';
import type { Desk } from '../useDraft';
import { About } from './About';
import { Holder } from './Holder';
import { Items } from './Items';

export function StatementsPart({ desk }: { desk: Desk }) {
  const { terms } = useReach();
  const statements = desk.kept.draft.entry.statements ?? [];
  const set = (index: number, value: Statement | undefined) =>
    desk.change((draft) => inEntry(draft, (entry) => put(entry, 'statements', at(entry.statements, index, value))));
  return (
    <Items
      items={statements}
      one="statement"
      onRemove={(index) => set(index, undefined)}
      onAdd={() => set(statements.length, { text: '', nature: terms.natures[0]?.code ?? '' })}
    >
      {(it, index) => (
        <>
          <Field label="Words" many rows={2} value={it.text} onInput={(text) => set(index, { ...it, text })} />
          <HearPiece desk={desk} name={`statement ${it.span?.start ?? index}`} />
          <Pick
            label="What kind of statement"
            options={terms.natures.map((term) => ({ ...term, label: capital(term.label) }))}
            value={it.nature}
            onPick={(nature) => nature !== '' && set(index, { ...it, nature })}
          />
          <Holder
            cast={desk.cast}
            label="Who said so"
            none="Nobody else: I saw or think it"
            value={it.source}
            onPick={(source) => set(index, put(it, 'source', source))}
          />
          <About cast={desk.cast} legend="About whom" ids={it.about} onPick={(about) => set(index, put(it, 'about', about))} />
        </>
      )}
    </Items>
  );
}
