/** What is known of sending: never "online", only what waits here and when the server last answered. */
import { useState } from 'preact/hooks';
import type { SyncState } from '../../core/app';
import { Quiet } from './Button';
import { useReach } from './context';
import { Notice } from './Notice';
import { useWatch } from './watching';
import { many, moment } from './when';

/** One sentence of truth. */
export function truthOf(sync: SyncState): string {
  const waiting =
    sync.waiting === 0 ? 'Everything you finished is in the workbook' : `${many(sync.waiting, 'change')} on this phone only`;
  const contact = sync.lastContact === undefined ? 'no contact yet' : `last contact ${moment(sync.lastContact)}`;
  return `${waiting} · ${contact}`;
}

export function Truth() {
  const { app } = useReach();
  const sync = useWatch(app.sync);
  const [asked, setAsked] = useState(false);
  const send = () => {
    setAsked(true);
    void app.syncNow().catch(() => undefined);
  };
  return (
    <div class="truth">
      <span role="status" class="figure">
        {sync.running ? 'Sending and fetching now' : truthOf(sync)}
      </span>
      {!sync.running && <Quiet onClick={send}>Send and fetch now</Quiet>}
      {asked && sync.problem && !sync.running && (
        <Notice kind="warning" heading="The server did not answer" live>
          <p>{sync.problem.message}</p>
          <p>Your work is safe on this phone. It is sent when there is signal.</p>
        </Notice>
      )}
      {sync.clockOffMs !== undefined && (
        <Notice kind="warning" heading="This phone’s clock is wrong">
          <p>Set date and time to automatic in the phone’s settings. Sending works all the same.</p>
        </Notice>
      )}
    </div>
  );
}
