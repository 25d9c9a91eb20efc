/** An entry as it was completed, with everything that came after: it never changes, it is added to. */
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Icon } from '../frame/Icon';
import { capital, label } from '../frame/labels';
import { Loading } from '../frame/Loading';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { useReading } from '../frame/watching';
import { longDay, moment } from '../frame/when';
import type { EntryPage } from '../shapes';
import { EntryBody } from './EntryBody';
import { EntrySyncNote } from './EntrySyncNote';
import { Origins } from './Origins';

export function EntryScreen({ family, id }: { family: string; id: string }) {
  const { app, go, back } = useReach();
  const reading = useReading<EntryPage>(() => app.entry(family, id), [app, family, id], (listener) => app.onChange(listener));
  const page = reading.state === 'ready' ? reading.value : undefined;
  return (
    <Page
      heading={page ? capital(page.line.kind) : 'Entry'}
      title="Entry"
      back={{ label: 'Back', go: () => back({ at: 'family', family }) }}
      actions={
        page && (
          <Button look="second" sign="add" onClick={() => go({ at: 'append', family, id })}>
            Add to this entry
          </Button>
        )
      }
    >
      <Loading reading={reading} what="Opening the entry">
        {(value) => <Whole page={value} />}
      </Loading>
    </Page>
  );
}

function Whole({ page }: { page: EntryPage }) {
  const { terms } = useReach();
  const { line } = page;
  return (
    <>
      <p class="page__lead">
        {when(page)}
        <br />
        {line.author}, {line.discipline}
        <br />
        Outcome: {line.outcome}
      </p>
      {line.compartment !== 'team' && (
        <p>
          <span class="state state--phone">
            <Icon sign="lock" />
            Restricted: {label(terms.compartments, line.compartment)}
          </span>
        </p>
      )}
      {line.mine && <EntrySyncNote page={page} />}
      {page.withdrawal && (
        <Notice kind="warning" heading="This entry was withdrawn">
          <p>
            {page.withdrawal.author}: {page.withdrawal.reason} ({longDay(page.withdrawal.at)})
          </p>
        </Notice>
      )}
      <Appendments page={page} />
      <EntryBody page={page} />
      <Origins page={page} />
    </>
  );
}

function Appendments({ page }: { page: EntryPage }) {
  if (page.appendments.length === 0) return null;
  return (
    <section class="section">
      <h2>Added later</h2>
      {page.appendments.map((it, index) => (
        <div class="card" key={index}>
          <h3>{capital(it.label)}</h3>
          <p style="white-space:pre-line">{it.text}</p>
          <p class="small">
            {it.author}, {moment(Date.parse(it.at))}
            {it.state === 'on-this-phone' && ' · on this phone only'}
            {it.state === 'refused' && ' · refused: see “To finish”'}
          </p>
        </div>
      ))}
    </section>
  );
}

/** Day and time as far as the author knew them. */
function when({ entry }: EntryPage): string {
  const { start, end, timeUnknown } = entry.occurred;
  const day = longDay(start);
  if (timeUnknown) return `${day}, time not known`;
  return `${day}, ${start.slice(11, 16)}${end === undefined ? '' : ` to ${end.slice(11, 16)}`}`;
}
