/** Opening with the phone's own lock (a passkey). The passphrase stays as the second way in. */
import { useState } from 'preact/hooks';
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Field } from '../frame/Field';
import { Loading } from '../frame/Loading';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useDoing, useReading, useWatch } from '../frame/watching';

export function Passkey() {
  const { app, back } = useReach();
  const status = useWatch(app.status);
  const possible = useReading(() => app.passkeyPossible(), [app]);
  const [passphrase, setPassphrase] = useState('');
  const doing = useDoing();
  const has = status.state === 'open' && status.passkey;
  const can = possible.state === 'ready' && possible.value && !has;
  return (
    <Page
      heading="Face, finger or phone lock"
      title="Phone lock"
      back={{ label: 'Back', go: () => back({ at: 'settings' }) }}
      actions={
        can && (
          <Button
            sign="lock"
            busy={doing.busy}
            off={passphrase === '' ? 'enter your passphrase first' : undefined}
            onClick={() => void doing.run(() => app.addPasskey(passphrase))}
          >
            Add it
          </Button>
        )
      }
    >
      <Loading reading={possible}>
        {(able) =>
          has ? (
            <Notice kind="success" heading="It is added" live>
              <p>You can open the workbook with the phone’s own lock. The passphrase works as before: do not forget it.</p>
            </Notice>
          ) : able ? (
            <>
              <p>Open the workbook as you unlock the phone. Your face or finger stays with the phone; nobody else gets it.</p>
              <Field
                label="Your passphrase"
                hint="To be sure that it is you"
                type="password"
                value={passphrase}
                onInput={setPassphrase}
              />
            </>
          ) : (
            <Notice heading="This browser cannot do that">
              <p>Update the phone and the browser, or go on with the passphrase. It is just as safe.</p>
            </Notice>
          )
        }
      </Loading>
      <Problem error={doing.error} kept="The passphrase works as before." />
    </Page>
  );
}
