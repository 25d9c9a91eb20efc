/** The copies on this phone are sealed until the server has answered: a lost phone must not stay readable. */
import { useState } from 'preact/hooks';
import type { App, Status } from '../../core/app';
import { Button } from '../frame/Button';
import { Field } from '../frame/Field';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useDoing } from '../frame/watching';
import { many } from '../frame/when';

export function LeaseOver({ app, status }: { app: App; status: Extract<Status, { state: 'lease-over' }> }) {
  const [passphrase, setPassphrase] = useState('');
  const doing = useDoing();
  const ask = () =>
    void doing.run(async () => {
      if (!status.unlocked) await app.unlock({ passphrase });
      await app.syncNow();
    });
  return (
    <Page
      heading="This phone needs contact with the server"
      title="Contact needed"
      actions={
        <>
          {!status.unlocked && status.passkey && (
            <Button
              look="second"
              sign="lock"
              busy={doing.busy}
              onClick={() =>
                void doing.run(async () => {
                  await app.unlock({ passkey: true });
                  await app.syncNow();
                })
              }
            >
              Use phone lock
            </Button>
          )}
          <Button onClick={ask} busy={doing.busy}>
            Try again
          </Button>
        </>
      }
    >
      <p>
        The server has not answered for {many(status.leaseDays, 'day')}. To protect the families, their records stay sealed
        until it does.
      </p>
      <p>
        <strong>Nothing is lost.</strong> What you wrote and recorded is still on this phone.
      </p>
      <p>Go where there is signal or Wi-Fi, then try.</p>
      {!status.unlocked && <Field label="Passphrase" type="password" value={passphrase} onInput={setPassphrase} />}
      <Problem error={doing.error} />
    </Page>
  );
}
