/** Adding to a complete entry: a correction, late information or a comment. What stands there stays. */
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../frame/Button';
import { OneOf } from '../frame/Choice';
import { useReach } from '../frame/context';
import { Field } from '../frame/Field';
import { capital } from '../frame/labels';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useDoing } from '../frame/watching';

export function Append({ family, id }: { family: string; id: string }) {
  const { app, terms, back } = useReach();
  const [reason, setReason] = useState<string | undefined>();
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const doing = useDoing();
  const dirty = text.trim() !== '';
  useEffect(() => (dirty ? app.hold() : undefined), [app, dirty]);
  const save = () => {
    setTried(true);
    if (reason === undefined || !dirty) return;
    void doing.run(async () => {
      await app.append(family, id, reason, text.trim());
      back({ at: 'entry', family, id });
    });
  };
  return (
    <Page
      heading="Add to this entry"
      title="Add to an entry"
      back={{ label: 'Entry', go: () => back({ at: 'entry', family, id }) }}
      actions={
        <Button onClick={save} busy={doing.busy}>
          Add it
        </Button>
      }
    >
      <p>A complete entry never changes. What you add stands beside it, with your name and the date.</p>
      <OneOf
        legend="Why do you add to it?"
        options={terms.appendmentReasons.map((it) => ({ ...it, label: capital(it.label) }))}
        value={reason}
        onPick={setReason}
        wide
        error={tried && reason === undefined ? 'Choose why you add to it' : undefined}
      />
      <Field
        label="What do you want to add?"
        many
        rows={6}
        value={text}
        onInput={setText}
        error={tried && !dirty ? 'Write what you want to add' : undefined}
      />
      <Problem error={doing.error} />
    </Page>
  );
}
