/** All entries, newest first, with where each is. Long lists are drawn in portions. */
import { useState } from 'preact/hooks';
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Icon } from '../frame/Icon';
import { SyncTag } from '../frame/SyncState';
import { useWatch } from '../frame/watching';
import { many, shortDay } from '../frame/when';
import type { EntryLine } from '../shapes';
import { OfFamily } from './OfFamily';
import { VisitActions } from './VisitActions';

/** How many are drawn at a time. */
const PORTION = 40;

export function Entries({ family }: { family: string }) {
  const { app } = useReach();
  const [shown, setShown] = useState(PORTION);
  return (
    <OfFamily<EntryLine[]>
      family={family}
      heading="Entries"
      read={() => app.entries(family)}
      actions={<VisitActions family={family} />}
    >
      {(entries) => (
        <>
          {entries.length === 0 && <p>No entries yet. Yours can be the first.</p>}
          {entries.length > 0 && <p>{many(entries.length, 'entry', 'entries')}, newest first.</p>}
          <ul class="plain-list">
            {entries.slice(0, shown).map((entry) => (
              <li key={entry.id}>
                <One family={family} entry={entry} />
              </li>
            ))}
          </ul>
          {entries.length > shown && (
            <Button look="second" onClick={() => setShown(shown + PORTION)}>
              Show {Math.min(PORTION, entries.length - shown)} more
            </Button>
          )}
        </>
      )}
    </OfFamily>
  );
}

function One({ family, entry }: { family: string; entry: EntryLine }) {
  const { app, go, terms } = useReach();
  const sync = useWatch(app.sync);
  const restricted = entry.compartment !== 'team';
  return (
    <article class={`card card--open${restricted ? ' card--restricted' : ''}`}>
      <h2 style="font-size:1.0625rem">
        <button type="button" class="card__link" onClick={() => go({ at: 'entry', family, id: entry.id })}>
          {shortDay(entry.occurred.start)}: {entry.kind}
        </button>
      </h2>
      <span class="card__sign">
        <Icon sign="open" />
      </span>
      <p class="small">
        {entry.author}, {entry.discipline}. Outcome: {entry.outcome}.
        {entry.appendments > 0 && ` ${many(entry.appendments, 'appendment')}.`}
      </p>
      {entry.withdrawn ? <p>Withdrawn by a manager.</p> : entry.summary !== '' && <p>{entry.summary}</p>}
      <div class="row">
        {entry.mine && <SyncTag state={sync.entries[entry.id] ?? entry.state} />}
        {restricted && (
          <span class="state state--phone">
            <Icon sign="lock" />
            Restricted: {terms.compartments.find((it) => it.code === entry.compartment)?.label ?? entry.compartment}
          </span>
        )}
      </div>
    </article>
  );
}
