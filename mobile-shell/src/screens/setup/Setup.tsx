/** Right after a phone was set up: three things that help, each of which can be left for later. */
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { useReading, useWatch } from '../frame/watching';
import { ModelPanel } from '../settings/ModelPanel';
import { InstallTip } from '../today/InstallTip';

export function Setup() {
  const { app, go } = useReach();
  const status = useWatch(app.status);
  const possible = useReading(() => app.passkeyPossible(), [app]);
  const has = status.state === 'open' && status.passkey;
  return (
    <Page
      heading="This phone is set up"
      title="This phone is set up"
      actions={<Button onClick={() => go({ at: 'today' }, true)}>Go to today’s list</Button>}
    >
      <p>These make it quicker and safer. You find them all in Settings, too.</p>
      <section class="section">
        <h2>Write down what you say</h2>
        <ModelPanel />
      </section>
      {possible.state === 'ready' && possible.value && (
        <section class="section">
          <h2>Open it without typing</h2>
          {has ? (
            <Notice kind="success" heading="The phone lock is added" />
          ) : (
            <div class="card">
              <p>Use your face, your finger or the phone’s own lock instead of the passphrase.</p>
              <Button look="second" sign="lock" onClick={() => go({ at: 'passkey' })}>
                Add the phone lock
              </Button>
            </div>
          )}
        </section>
      )}
      <InstallTip />
    </Page>
  );
}
