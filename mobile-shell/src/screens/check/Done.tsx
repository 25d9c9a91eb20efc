/** After completing: where the entry is, truthfully, and what comes next. */
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { SyncTag } from '../frame/SyncState';
import { Truth } from '../frame/Truth';
import { useWatch } from '../frame/watching';

export function Done({ family, id }: { family: string; id: string }) {
  const { app, go } = useReach();
  const sync = useWatch(app.sync);
  const state = sync.entries[id] ?? 'on-this-phone';
  return (
    <Page
      heading="Your entry is complete"
      title="Complete"
      actions={
        <>
          <Button look="second" onClick={() => go({ at: 'entry', family, id }, true)}>
            Open it
          </Button>
          <Button onClick={() => go({ at: 'today' }, true)}>Today’s list</Button>
        </>
      }
    >
      <Notice kind="success" heading="It is stored on this phone">
        <p>It is sealed, and survives if the app is closed now. If there was a recording, it has been deleted.</p>
      </Notice>
      <p role="status">
        Where it is now: <SyncTag state={state} />
      </p>
      {state === 'on-this-phone' && <p>Nobody else can read it yet. It is sent when the server can be reached.</p>}
      {state === 'in-the-workbook' && <p>Everybody who may read it finds it in the workbook.</p>}
      {state === 'refused' && <p>The server refused it. It stands under “To finish”, with what to do.</p>}
      <Truth />
    </Page>
  );
}
