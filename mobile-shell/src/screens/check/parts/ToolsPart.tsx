/** Tools that were used, with their score. The band is the core's to say. */
import { Pick } from '../../frame/Choice';
import { useReach } from '../../frame/context';
import { Field } from '../../frame/Field';
import { capital } from '../../frame/labels';
import type { ToolUse } from '../../shapes';
import { at, inEntry, put } from '../edit';
import type { Desk } from '../useDraft';
import { Items } from './Items';

export function ToolsPart({ desk }: { desk: Desk }) {
  const { terms } = useReach();
  const tools = desk.kept.draft.entry.tools ?? [];
  const set = (index: number, value: ToolUse | undefined) =>
    desk.change((draft) => inEntry(draft, (entry) => put(entry, 'tools', at(entry.tools, index, value))));
  const whole = (text: string) => (/^\d{1,4}$/.test(text) ? Number(text) : undefined);
  return (
    <Items
      items={tools}
      one="tool"
      onRemove={(index) => set(index, undefined)}
      onAdd={() => set(tools.length, { tool: terms.tools[0]?.code ?? 'other' })}
    >
      {(it, index) => (
        <>
          <Pick
            label="Tool"
            options={terms.tools.map((term) => ({ ...term, label: capital(term.label) }))}
            value={it.tool}
            onPick={(tool) => tool !== '' && set(index, { ...it, tool })}
          />
          <Field
            label="Score, if it has one"
            inputMode="numeric"
            value={it.score === undefined ? '' : String(it.score)}
            onInput={(text) => set(index, put(it, 'score', whole(text)))}
          />
          {it.tool === 'phq-9' && (
            <Pick
              label="Answer to question 9, 0 to 3"
              none="Not said"
              options={[0, 1, 2, 3].map((value) => ({ code: String(value), label: String(value) }))}
              value={it.item9 === undefined ? undefined : String(it.item9)}
              onPick={(text) => set(index, put(it, 'item9', whole(text)))}
            />
          )}
          <Field
            label="Your own judgement of the level, if it differs"
            value={it.judgement ?? ''}
            onInput={(judgement) => set(index, put(it, 'judgement', judgement))}
          />
          <Field
            label="What came of using it"
            many
            rows={2}
            value={it.reflection ?? ''}
            onInput={(reflection) => set(index, put(it, 'reflection', reflection))}
          />
        </>
      )}
    </Items>
  );
}
