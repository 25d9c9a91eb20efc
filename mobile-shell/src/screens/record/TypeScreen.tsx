/** An entry without speaking: as free text that is sorted like speech, or as an empty form. */
import { useEffect, useState } from 'preact/hooks';
import { Button, Quiet } from '../frame/Button';
import { Pick } from '../frame/Choice';
import { useReach } from '../frame/context';
import { Field } from '../frame/Field';
import { ForFamily } from '../frame/ForFamily';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useDoing } from '../frame/watching';
import type { Composed } from '../shapes';
import { Listen } from './Listen';

export function TypeScreen({ family }: { family: string }) {
  const { app, terms, go, back } = useReach();
  const [how, setHow] = useState<'free' | 'form'>('free');
  const [text, setText] = useState('');
  const [kind, setKind] = useState('');
  const doing = useDoing();
  const dirty = text.trim() !== '';
  useEffect(() => (dirty ? app.hold() : undefined), [app, dirty]);
  const next = () =>
    void doing.run(async () => {
      const composed: Composed =
        how === 'free' ? await app.compose(family, { text: text.trim() }) : await app.begin(family, kind);
      go({ at: 'check', id: composed.kept.id }, true);
    });
  const off = how === 'free' ? (dirty ? undefined : 'write something first') : kind ? undefined : 'choose the kind first';
  return (
    <Page
      heading="Type an entry"
      title="Type an entry"
      back={{ label: 'Back', go: () => back({ at: 'prepare', family }) }}
      actions={
        <Button onClick={next} busy={doing.busy} off={off}>
          Continue
        </Button>
      }
    >
      <ForFamily family={family} />
      <Listen family={family} />
      {how === 'free' ? (
        <Field
          label="What happened"
          hint="Write it as you would say it: what kind of visit, when, who was there, what each child said. It is sorted for you to check."
          many
          rows={10}
          value={text}
          onInput={setText}
        />
      ) : (
        <Pick label="What kind of contact was it?" options={terms.kinds} value={kind || undefined} onPick={setKind} />
      )}
      {how === 'free' ? (
        <Quiet sign="edit" onClick={() => setHow('form')}>
          Fill in an empty form instead
        </Quiet>
      ) : (
        <Quiet sign="keyboard" onClick={() => setHow('free')}>
          Write it as you would say it instead
        </Quiet>
      )}
      <Problem error={doing.error} kept="What you typed is still here." />
    </Page>
  );
}
