/** Room on this phone, and whether the browser promised to keep the app's storage. */
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Notice } from '../frame/Notice';
import { Problem } from '../frame/Problem';
import { useDoing, useWatch } from '../frame/watching';
import { megabytes } from '../frame/when';

export function StoragePanel() {
  const { app, go } = useReach();
  const storage = useWatch(app.storage);
  const doing = useDoing();
  return (
    <section class="section">
      <h2>Storage</h2>
      {storage.full && (
        <Notice kind="error" heading="The phone’s storage is full">
          <p>Nothing is lost, and nothing new can be kept. Delete photos or apps that you do not need.</p>
          <Button look="second" onClick={() => go({ at: 'rescue' })}>
            Make a rescue file
          </Button>
        </Notice>
      )}
      <p>
        {storage.used === undefined || storage.quota === undefined
          ? 'This browser does not say how much room is left.'
          : `${megabytes(storage.used)} used of about ${megabytes(storage.quota)}.`}
      </p>
      {storage.persistent === 'yes' ? (
        <p>The browser keeps this storage until you delete it.</p>
      ) : (
        <>
          <p>The browser may clear this storage when room is short. Unsent work would be lost.</p>
          <Button look="second" busy={doing.busy} onClick={() => void doing.run(() => app.askToPersist())}>
            Ask the browser to keep it
          </Button>
          {storage.persistent === 'refused' && (
            <p class="small">It refused. Put the app on the home screen, send often, and ask again.</p>
          )}
        </>
      )}
      <Problem error={doing.error} />
    </section>
  );
}
