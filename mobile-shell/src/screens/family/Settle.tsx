/** Facts about which the record disagrees: what each says stands side by side; somebody who knows settles it. */
import { useState } from 'preact/hooks';
import { Button } from '../frame/Button';
import { OneOf } from '../frame/Choice';
import { useReach } from '../frame/context';
import { Field } from '../frame/Field';
import { Notice } from '../frame/Notice';
import { Problem } from '../frame/Problem';
import { useDoing } from '../frame/watching';
import { shortDay } from '../frame/when';
import type { FactDispute, FamilyPage } from '../shapes';
import { OfFamily } from './OfFamily';

/** Stands for "neither". */
const OTHER = 'other';

export function Settle({ family }: { family: string }) {
  const { app } = useReach();
  return (
    <OfFamily<FamilyPage> family={family} heading="Facts to settle" read={() => app.family(family)}>
      {(page) =>
        page.disagreements.length === 0 ? (
          <Notice kind="success" heading="Nothing to settle">
            <p>All facts about these people agree.</p>
          </Notice>
        ) : (
          <>
            <p>Settle a fact only if you know it. Otherwise leave it: both stay visible.</p>
            {page.disagreements.map((it) => (
              <One key={it.person + it.field} family={family} dispute={it} />
            ))}
          </>
        )
      }
    </OfFamily>
  );
}

function One({ family, dispute }: { family: string; dispute: FactDispute }) {
  const { app } = useReach();
  const [picked, setPicked] = useState<string | undefined>();
  const [other, setOther] = useState('');
  const doing = useDoing();
  const value = picked === OTHER ? other.trim() : dispute.facts.find((it) => it.id === picked)?.value;
  const settle = () =>
    void doing.run(async () => {
      if (!value) return;
      const supersedes = dispute.facts.map((it) => it.id);
      const { person, field } = dispute;
      await app.settle(family, person, field, value, supersedes);
    });
  return (
    <section class="card">
      <h2>
        {dispute.name}: {dispute.label}
      </h2>
      <OneOf
        legend="Which is right?"
        wide
        options={[
          ...dispute.facts.map((fact) => ({
            code: fact.id,
            label: fact.value,
            hint: `says ${fact.author}, ${shortDay(fact.at)}`,
          })),
          { code: OTHER, label: 'Neither' },
        ]}
        value={picked}
        onPick={setPicked}
      />
      {picked === OTHER && <Field label={`The right ${dispute.label}`} value={other} onInput={setOther} />}
      <Problem error={doing.error} />
      <Button onClick={settle} busy={doing.busy} off={value ? undefined : 'choose first'}>
        Settle it
      </Button>
    </section>
  );
}
