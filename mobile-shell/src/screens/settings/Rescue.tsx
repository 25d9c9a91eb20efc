/** Unsent work as one sealed file, for a phone that must be handed in or can't send any more. */
import { useState } from 'preact/hooks';
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useDoing } from '../frame/watching';
import { PassphrasePair, passphraseFault } from '../gate/PassphrasePair';

/** Neither a name nor a date: file names are seen by others. */
const FILE = 'workbook-rescue.sealed';

export function Rescue() {
  const { app, back } = useReach();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [made, setMade] = useState<string | undefined>();
  const doing = useDoing();
  const make = () => {
    setTried(true);
    if (passphraseFault(passphrase, again) !== undefined) return;
    void doing.run(async () => {
      const file = await app.rescueExport(passphrase);
      if (made !== undefined) URL.revokeObjectURL(made);
      setMade(URL.createObjectURL(file));
    });
  };
  return (
    <Page
      heading="Make a rescue file"
      title="Rescue file"
      back={{ label: 'Settings', go: () => back({ at: 'settings' }) }}
      actions={
        made === undefined ? (
          <Button onClick={make} busy={doing.busy}>
            Make the file
          </Button>
        ) : (
          <a class="govuk-button" href={made} download={FILE}>
            Save the file
          </a>
        )
      }
    >
      <p>
        The file holds what the server does not have yet: finished entries, refused ones and drafts. It is sealed with a
        passphrase of its own.
      </p>
      <p>Use it when this phone is handed in, repaired, or cannot send. Nothing is deleted here by making it.</p>
      {made === undefined ? (
        <PassphrasePair passphrase={passphrase} again={again} onPassphrase={setPassphrase} onAgain={setAgain} tried={tried} />
      ) : (
        <Notice kind="success" heading="The file is ready" live>
          <p>Save it where your council says. Never send its passphrase the same way as the file.</p>
        </Notice>
      )}
      <Problem error={doing.error} />
    </Page>
  );
}
