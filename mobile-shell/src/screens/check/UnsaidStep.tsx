/** What nobody said and every entry must have: the kind, what came of it, the time. Nothing is guessed. */
import { useState } from 'preact/hooks';
import { OneOf, Pick } from '../frame/Choice';
import { useReach } from '../frame/context';
import { capital } from '../frame/labels';
import { sayKind, sayOutcome } from './edit';
import { WhenFields } from './WhenFields';
import type { Desk } from './useDraft';

export function UnsaidStep({ desk }: { desk: Desk }) {
  const { terms } = useReach();
  // Asked for as long as the step is open, so that a field does not vanish under the finger.
  const [asked] = useState(() => desk.review.unsaid.map((it) => it.field));
  const open = new Set(desk.kept.draft.unsaid ?? []);
  const { entry } = desk.kept.draft;
  return (
    <>
      <p>The entry needs this. It is asked, so that nothing stands there that you did not say.</p>
      {asked.includes('kind') && (
        <Pick
          label="What kind of contact was it?"
          options={terms.kinds.map((it) => ({ ...it, label: capital(it.label) }))}
          value={open.has('kind') ? undefined : entry.kind}
          onPick={(code) => code !== '' && desk.change((draft) => sayKind(draft, code))}
        />
      )}
      {asked.includes('outcome') && (
        <OneOf
          legend="What came of it?"
          options={terms.outcomes.map((it) => ({ ...it, label: capital(it.label) }))}
          value={open.has('outcome') ? undefined : entry.outcome}
          onPick={(code) => desk.change((draft) => sayOutcome(draft, code))}
        />
      )}
      {asked.includes('start') && <WhenFields desk={desk} />}
    </>
  );
}
