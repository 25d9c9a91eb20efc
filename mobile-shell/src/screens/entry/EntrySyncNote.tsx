/** Where my entry is, and what to do when it was refused. */
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Notice } from '../frame/Notice';
import { SyncTag } from '../frame/SyncState';
import { useReading, useWatch } from '../frame/watching';
import type { EntryPage, Refused } from '../shapes';

export function EntrySyncNote({ page }: { page: EntryPage }) {
  const { app, go } = useReach();
  const sync = useWatch(app.sync);
  const refused = useReading<Refused[]>(() => app.refused(), [app], (listener) => app.onChange(listener));
  const state = sync.entries[page.line.id] ?? page.line.state;
  const mine = refused.state === 'ready' ? refused.value.find((it) => it.entry === page.line.id) : undefined;
  return (
    <>
      <p role="status">
        <SyncTag state={state} />
      </p>
      {state === 'on-this-phone' && (
        <p class="small">It is sealed here, and is sent when the server can be reached. Nobody else can read it yet.</p>
      )}
      {state === 'refused' && (
        <Notice kind="error" heading="The server refused this entry">
          <p>{mine?.refusal.message ?? 'The reason stands under “To finish”.'}</p>
          <p>Nothing is lost: it is on this phone.</p>
          <Button look="second" onClick={() => go(mine ? { at: 'refused', id: mine.id } : { at: 'waiting' })}>
            See what to do
          </Button>
        </Notice>
      )}
    </>
  );
}
