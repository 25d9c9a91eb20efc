/** What was done about safety there and then, and whether this is a significant event. */
import { OneOf, Pick } from '../../frame/Choice';
import { useReach } from '../../frame/context';
import { Field } from '../../frame/Field';
import { capital } from '../../frame/labels';
import { Notice } from '../../frame/Notice';
import type { SignificantEvent } from '../../shapes';
import { inEntry, put } from '../edit';
import type { Desk } from '../useDraft';

export function SafetyPart({ desk }: { desk: Desk }) {
  const { terms } = useReach();
  const { entry } = desk.kept.draft;
  const event = entry.significantEvent;
  const setEvent = (value: SignificantEvent | undefined) =>
    desk.change((draft) => inEntry(draft, (it) => put(it, 'significantEvent', value)));
  return (
    <>
      <OneOf
        legend="Was anything done about safety there and then?"
        options={terms.immediateSafety.map((it) => ({ ...it, label: capital(it.label) }))}
        value={entry.immediateSafety}
        onPick={(safety) => desk.change((draft) => inEntry(draft, (it) => put(it, 'immediateSafety', safety)))}
      />
      <Notice kind="warning">
        <p>This app tells nobody by itself. If a child is in danger now, call your manager or 999.</p>
      </Notice>
      <Pick
        label="Is it a significant event?"
        none="No"
        options={terms.significantEvents.map((it) => ({ ...it, label: capital(it.label) }))}
        value={event?.kind}
        onPick={(kind) => setEvent(kind === '' ? undefined : { ...(event ?? { text: '' }), kind })}
      />
      {event && (
        <>
          <Field label="What happened" many rows={2} value={event.text} onInput={(text) => setEvent({ ...event, text })} />
          <Field label="What it did to the child" value={event.effect ?? ''} onInput={(effect) => setEvent(put(event, 'effect', effect))} />
        </>
      )}
    </>
  );
}
