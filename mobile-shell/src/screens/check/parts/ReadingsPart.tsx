/** Readings on scales: whose, how much, why. Each belongs to its holder. */
import { Pick } from '../../frame/Choice';
import { Field } from '../../frame/Field';
import { capital } from '../../frame/labels';
import type { Reading } from '../../shapes';
import { at, inEntry, put } from '../edit';
import type { Desk } from '../useDraft';
import { Holder } from './Holder';
import { Items } from './Items';

/** The scales that every workbook has; a council's own keep their code. */
const SCALES = ['safety', 'importance', 'confidence'];
const VALUES = Array.from({ length: 11 }, (_, value) => ({ code: String(value), label: String(value) }));

export function ReadingsPart({ desk }: { desk: Desk }) {
  const { entry } = desk.kept.draft;
  const readings = entry.readings ?? [];
  const set = (index: number, value: Reading | undefined) =>
    desk.change((draft) => inEntry(draft, (it) => put(it, 'readings', at(it.readings, index, value))));
  return (
    <Items
      items={readings}
      one="reading"
      onRemove={(index) => set(index, undefined)}
      onAdd={() => set(readings.length, { scale: 'safety', holder: { professional: entry.by }, value: 5 })}
    >
      {(it, index) => {
        const scales = SCALES.includes(it.scale) ? SCALES : [...SCALES, it.scale];
        const values = VALUES.some((option) => option.code === String(it.value))
          ? VALUES
          : [...VALUES, { code: String(it.value), label: String(it.value) }];
        return (
          <>
            <Holder cast={desk.cast} label="Whose reading" value={it.holder} onPick={(holder) => holder && set(index, { ...it, holder })} />
            <Pick
              label="Scale"
              options={scales.map((code) => ({ code, label: capital(code.replaceAll('-', ' ')) }))}
              value={it.scale}
              onPick={(scale) => scale !== '' && set(index, { ...it, scale })}
            />
            <Pick
              label="How much, 0 to 10"
              hint="0 is the worst or unsafe, 10 is safe enough to close"
              options={values}
              value={String(it.value)}
              onPick={(value) => value !== '' && set(index, { ...it, value: Number(value) })}
            />
            <Field label="Because" value={it.because ?? ''} onInput={(because) => set(index, put(it, 'because', because))} />
          </>
        );
      }}
    </Items>
  );
}
