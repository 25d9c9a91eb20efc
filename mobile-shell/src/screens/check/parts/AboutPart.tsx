/** What kind of contact, when, where and what for. */
import { OneOf, Pick } from '../../frame/Choice';
import { useReach } from '../../frame/context';
import { Field } from '../../frame/Field';
import { capital } from '../../frame/labels';
import { inEntry, put, sayKind, sayOutcome } from '../edit';
import type { Desk } from '../useDraft';
import { WhenFields } from '../WhenFields';

export function AboutPart({ desk }: { desk: Desk }) {
  const { terms } = useReach();
  const { entry } = desk.kept.draft;
  const unsaid = new Set(desk.kept.draft.unsaid ?? []);
  return (
    <>
      <Pick
        label="Kind of contact"
        options={terms.kinds.map((it) => ({ ...it, label: capital(it.label) }))}
        value={unsaid.has('kind') ? undefined : entry.kind}
        onPick={(code) => code !== '' && desk.change((draft) => sayKind(draft, code))}
      />
      <OneOf
        legend="What came of it"
        options={terms.outcomes.map((it) => ({ ...it, label: capital(it.label) }))}
        value={unsaid.has('outcome') ? undefined : entry.outcome}
        onPick={(code) => desk.change((draft) => sayOutcome(draft, code))}
      />
      <WhenFields desk={desk} />
      <OneOf
        legend="Did the family know that you would come?"
        options={[
          { code: 'yes', label: 'Yes' },
          { code: 'no', label: 'No' },
          { code: 'unsaid', label: 'Not said' },
        ]}
        value={entry.announced === undefined ? 'unsaid' : entry.announced ? 'yes' : 'no'}
        onPick={(code) =>
          desk.change((draft) => inEntry(draft, (it) => put(it, 'announced', code === 'unsaid' ? undefined : code === 'yes')))
        }
      />
      <Field
        label="Place"
        hint="Without an address: “at home”, “the clinic”"
        value={entry.place ?? ''}
        onInput={(place) => desk.change((draft) => inEntry(draft, (it) => put(it, 'place', place)))}
      />
      <Field
        label="What it was for"
        value={entry.purpose ?? ''}
        onInput={(purpose) => desk.change((draft) => inEntry(draft, (it) => put(it, 'purpose', purpose)))}
      />
    </>
  );
}
