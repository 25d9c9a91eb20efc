/** News of an action: how it stands, and why. It is added; nothing is overwritten. */
import { useState } from 'preact/hooks';
import { Button } from '../frame/Button';
import { OneOf } from '../frame/Choice';
import { useReach } from '../frame/context';
import { Field } from '../frame/Field';
import { capital } from '../frame/labels';
import { Problem } from '../frame/Problem';
import { useDoing } from '../frame/watching';
import { put } from '../check/edit';
import type { ActionNews as News, FamilyPage } from '../shapes';
import { OfFamily } from './OfFamily';

export function ActionNews({ family, id }: { family: string; id: string }) {
  const { app } = useReach();
  return (
    <OfFamily<FamilyPage> family={family} heading="How the action stands" read={() => app.family(family)}>
      {(page) => {
        const action = page.summary.actions.find((it) => it.id === id);
        return action === undefined ? (
          <p>This action is no longer open.</p>
        ) : (
          <Form family={family} id={id} text={action.line.text} />
        );
      }}
    </OfFamily>
  );
}

function Form({ family, id, text }: { family: string; id: string; text: string }) {
  const { app, terms, back } = useReach();
  const [status, setStatus] = useState<string | undefined>();
  const [note, setNote] = useState('');
  const doing = useDoing();
  const save = () =>
    void doing.run(async () => {
      await app.actionNews(family, put<News, 'note'>({ action: id, status: status ?? '' }, 'note', note.trim()));
      back({ at: 'family', family });
    });
  return (
    <>
      <p>{text}</p>
      <OneOf legend="How does it stand?" options={terms.actionStatuses.map((it) => ({ ...it, label: capital(it.label) }))} value={status} onPick={setStatus} />
      <Field
        label="Why, or what it did for the child"
        hint="If it was not done, say why."
        many
        value={note}
        onInput={setNote}
      />
      <Problem error={doing.error} />
      <Button onClick={save} busy={doing.busy} off={status ? undefined : 'choose how it stands'}>
        Save
      </Button>
    </>
  );
}
