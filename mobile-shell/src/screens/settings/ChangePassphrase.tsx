/** Another passphrase for this phone. */
import { useState } from 'preact/hooks';
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Field } from '../frame/Field';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useDoing } from '../frame/watching';
import { PassphrasePair, passphraseFault } from '../gate/PassphrasePair';

export function ChangePassphrase() {
  const { app, back } = useReach();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState(false);
  const doing = useDoing();
  const change = () => {
    setTried(true);
    if (old === '' || passphraseFault(fresh, again) !== undefined) return;
    void doing.run(async () => {
      await app.changePassphrase(old, fresh);
      setDone(true);
    });
  };
  return (
    <Page
      heading="Change the passphrase"
      title="Change the passphrase"
      back={{ label: 'Settings', go: () => back({ at: 'settings' }) }}
      actions={
        !done && (
          <Button onClick={change} busy={doing.busy}>
            Change it
          </Button>
        )
      }
    >
      {done ? (
        <Notice kind="success" heading="The passphrase is changed" live>
          <p>Use the new one from now on.</p>
        </Notice>
      ) : (
        <>
          <Field
            label="Old passphrase"
            type="password"
            value={old}
            onInput={setOld}
            error={tried && old === '' ? 'Enter your old passphrase' : undefined}
          />
          <PassphrasePair passphrase={fresh} again={again} onPassphrase={setFresh} onAgain={setAgain} tried={tried} />
        </>
      )}
      <Problem error={doing.error} kept="The old passphrase still works." />
    </Page>
  );
}
