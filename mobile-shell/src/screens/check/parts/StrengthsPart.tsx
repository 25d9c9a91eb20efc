/** What goes well. */
import { Field } from '../../frame/Field';
import type { Strength } from '../../shapes';
import { at, inEntry, put } from '../edit';
import type { Desk } from '../useDraft';
import { About } from './About';
import { Items } from './Items';

export function StrengthsPart({ desk }: { desk: Desk }) {
  const strengths = desk.kept.draft.entry.strengths ?? [];
  const set = (index: number, value: Strength | undefined) =>
    desk.change((draft) => inEntry(draft, (entry) => put(entry, 'strengths', at(entry.strengths, index, value))));
  return (
    <Items
      items={strengths}
      one="strength"
      onRemove={(index) => set(index, undefined)}
      onAdd={() => set(strengths.length, { text: '' })}
    >
      {(it, index) => (
        <>
          <Field label="What goes well" many rows={2} value={it.text} onInput={(text) => set(index, { ...it, text })} />
          <About cast={desk.cast} legend="About whom" ids={it.about} onPick={(about) => set(index, put(it, 'about', about))} />
        </>
      )}
    </Items>
  );
}
