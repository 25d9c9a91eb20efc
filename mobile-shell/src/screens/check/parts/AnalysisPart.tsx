/** What it means: what changed, what that is for each child, and what is uncertain. */
import { Field } from '../../frame/Field';
import type { Analysis } from '../../shapes';
import { inEntry, put } from '../edit';
import type { Desk } from '../useDraft';

export function AnalysisPart({ desk }: { desk: Desk }) {
  const analysis: Analysis = desk.kept.draft.entry.analysis ?? {};
  const meaning = analysis.meaning ?? [];
  const set = (next: Analysis) =>
    desk.change((draft) => inEntry(draft, (it) => put(it, 'analysis', Object.keys(next).length === 0 ? undefined : next)));
  return (
    <>
      <Field label="What has changed" many rows={2} value={analysis.changed ?? ''} onInput={(text) => set(put(analysis, 'changed', text))} />
      {desk.cast.people
        .filter((it) => it.child)
        .map((child) => (
          <Field
            key={child.id}
            label={`What it means for ${child.name}`}
            many
            rows={2}
            value={meaning.find((it) => it.child === child.id)?.text ?? ''}
            onInput={(text) => {
              const others = meaning.filter((it) => it.child !== child.id);
              set(put(analysis, 'meaning', text === '' ? others : [...others, { child: child.id, text }]));
            }}
          />
        ))}
      <Field label="What is uncertain" many rows={2} value={analysis.uncertain ?? ''} onInput={(text) => set(put(analysis, 'uncertain', text))} />
    </>
  );
}
