/** Actions agreed here, news of earlier ones, and the next contact. */
import { Pick } from '../../frame/Choice';
import { useReach } from '../../frame/context';
import { Field } from '../../frame/Field';
import { capital } from '../../frame/labels';
import type { Action, ActionUpdate } from '../../shapes';
import { inEntry, put, withAction } from '../edit';
import type { Desk } from '../useDraft';
import { Holder } from './Holder';
import { Items } from './Items';

export function ActionsPart({ desk }: { desk: Desk }) {
  const { draft } = desk.kept;
  const actions = Object.entries(draft.actions);
  const set = (id: string, value: Action | undefined) => desk.change((it) => withAction(it, id, value));
  return (
    <>
      <Field
        label="Next contact"
        type="date"
        value={draft.entry.nextContact ?? ''}
        onInput={(day) => desk.change((it) => inEntry(it, (entry) => put(entry, 'nextContact', day)))}
      />
      <Items
        items={actions}
        one="action"
        onRemove={(index) => set(actions[index]![0], undefined)}
        onAdd={() =>
          set(crypto.randomUUID(), { text: '', owner: { professional: draft.entry.by }, by: draft.entry.by, at: draft.entry.at })
        }
      >
        {([id, it]) => (
          <>
            <Field label="What is to be done" many rows={2} value={it.text} onInput={(text) => set(id, { ...it, text })} />
            <Holder cast={desk.cast} label="Who does it" none="Not said" value={it.owner} onPick={(owner) => set(id, put(it, 'owner', owner))} />
            <Field label="By when" type="date" value={it.due ?? ''} onInput={(due) => set(id, put(it, 'due', due))} />
            <Field label="What it changes for the child" value={it.effect ?? ''} onInput={(effect) => set(id, put(it, 'effect', effect))} />
          </>
        )}
      </Items>
      <EarlierActions desk={desk} />
    </>
  );
}

/** How actions agreed before stand, as this contact showed it. */
function EarlierActions({ desk }: { desk: Desk }) {
  const { terms } = useReach();
  const { entry } = desk.kept.draft;
  const updates = entry.actionUpdates ?? [];
  if (desk.cast.actions.length === 0) return null;
  const set = (action: string, value: ActionUpdate | undefined) =>
    desk.change((draft) =>
      inEntry(draft, (it) => {
        const others = (it.actionUpdates ?? []).filter((update) => update.action !== action);
        return put(it, 'actionUpdates', value ? [...others, value] : others);
      }),
    );
  return (
    <>
      <h3 style="margin-top:1.5rem">Actions agreed before</h3>
      {desk.cast.actions.map(({ id, text }) => {
        const update = updates.find((it) => it.action === id);
        return (
          <div class="item" key={id}>
            <Pick
              label={text}
              none="No news"
              options={terms.actionStatuses.map((it) => ({ ...it, label: capital(it.label) }))}
              value={update?.status}
              onPick={(status) =>
                set(id, status === '' ? undefined : { ...(update ?? { action: id, by: entry.by, at: entry.at }), status })
              }
            />
            {update && (
              <Field
                label="Why, or what it did for the child"
                value={update.note ?? ''}
                onInput={(note) => set(id, put(update, 'note', note))}
              />
            )}
          </div>
        );
      })}
    </>
  );
}
