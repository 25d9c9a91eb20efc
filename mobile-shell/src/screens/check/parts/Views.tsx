/** Who shares one concern, as this contact showed it. */
import { Quiet } from '../../frame/Button';
import { Pick } from '../../frame/Choice';
import { useReach } from '../../frame/context';
import { Field } from '../../frame/Field';
import { capital } from '../../frame/labels';
import type { View } from '../../shapes';
import { at, inEntry, put } from '../edit';
import type { Desk } from '../useDraft';
import { Holder } from './Holder';

export function Views({ desk, concern, name }: { desk: Desk; concern: string; name: string }) {
  const { terms } = useReach();
  const all = desk.kept.draft.entry.views ?? [];
  const set = (index: number, value: View | undefined) =>
    desk.change((draft) => inEntry(draft, (entry) => put(entry, 'views', at(entry.views, index, value))));
  const first = desk.cast.people.find((it) => !it.child) ?? desk.cast.people[0];
  return (
    <>
      {all.map(
        (it, index) =>
          it.concern === concern && (
            <fieldset class="plain card" key={index}>
              <legend class="govuk-visually-hidden">Who shares it</legend>
              <Holder cast={desk.cast} label="Whose view" value={it.holder} onPick={(holder) => holder && set(index, { ...it, holder })} />
              <Pick
                label="Do they share it?"
                options={terms.agreements.map((term) => ({ ...term, label: capital(term.label) }))}
                value={it.agreement}
                onPick={(agreement) => agreement !== '' && set(index, { ...it, agreement })}
              />
              <Field label="In their own words" value={it.words ?? ''} onInput={(words) => set(index, put(it, 'words', words))} />
              <Quiet sign="remove" onClick={() => set(index, undefined)}>
                Take out this view
              </Quiet>
            </fieldset>
          ),
      )}
      {first && (
        <Quiet
          sign="add"
          onClick={() => set(all.length, { concern, holder: { person: first.id }, agreement: 'not-yet-discussed' })}
        >
          Add who shares it<span class="govuk-visually-hidden">: {name}</span>
        </Quiet>
      )}
    </>
  );
}
