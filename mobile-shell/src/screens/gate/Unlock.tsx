/** Opening a sealed workbook: by the phone's own lock where it was added, else by the passphrase. */
import { useEffect, useState } from 'preact/hooks';
import type { App, Status } from '../../core/app';
import { Button } from '../frame/Button';
import { Field } from '../frame/Field';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useDoing } from '../frame/watching';
import { many } from '../frame/when';

type Locked = Extract<Status, { state: 'locked' }>;

const BECAUSE: Record<Locked['because'], string | undefined> = {
  start: undefined,
  asked: 'You locked it.',
  idle: 'It locked itself because nobody used it for a while.',
  restarted: 'The app had to start anew. Everything that was stored is here.',
  'storage-failed': 'The phone could not write, so the workbook was closed. Everything that was stored is here.',
};

export function Unlock({ app, status }: { app: App; status: Locked }) {
  const [passphrase, setPassphrase] = useState('');
  const [empty, setEmpty] = useState(false);
  const doing = useDoing();
  const left = useCountdown(status.waitMs);
  const off = left > 0 ? `wait ${many(left, 'second')}` : undefined;
  const byPassphrase = () => {
    setEmpty(passphrase === '');
    if (passphrase !== '') void doing.run(() => app.unlock({ passphrase }));
  };
  return (
    <form
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (left === 0) byPassphrase();
      }}
    >
      <Page
        heading="Open your workbook"
        title="Locked"
        actions={
          <>
            <Button type="submit" look={status.passkey ? 'second' : 'main'} busy={doing.busy} off={off}>
              Open with passphrase
            </Button>
            {status.passkey && (
              <Button onClick={() => void doing.run(() => app.unlock({ passkey: true }))} busy={doing.busy} sign="lock">
                Use phone lock
              </Button>
            )}
          </>
        }
      >
        {BECAUSE[status.because] && <p>{BECAUSE[status.because]}</p>}
        {status.recording && (
          <Notice kind="success" heading="Your recording goes on">
            <p>It is being sealed second by second behind the lock.</p>
          </Notice>
        )}
        {status.transcribing && (
          <Notice kind="note" heading="Writing down what you said goes on">
            <p>The text waits for you behind the lock.</p>
          </Notice>
        )}
        <Field
          label="Passphrase"
          type="password"
          value={passphrase}
          onInput={setPassphrase}
          error={empty && passphrase === '' ? 'Enter your passphrase' : undefined}
        />
        {left > 0 && (
          <Notice kind="warning" heading={`Wait ${many(left, 'second')}`}>
            <p>There were several wrong tries. The wait keeps strangers from guessing.</p>
          </Notice>
        )}
        <Problem error={doing.error} kept="What is on this phone stays sealed and safe." />
        <Forgotten app={app} />
      </Page>
    </form>
  );
}

/** Seconds left of a wait, told down here. */
function useCountdown(waitMs: number): number {
  const [left, setLeft] = useState(Math.ceil(waitMs / 1000));
  useEffect(() => {
    const until = Date.now() + waitMs;
    const tell = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    tell();
    if (waitMs === 0) return;
    const timer = setInterval(tell, 500);
    return () => clearInterval(timer);
  }, [waitMs]);
  return left;
}

function Forgotten({ app }: { app: App }) {
  const [sure, setSure] = useState(false);
  const doing = useDoing();
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">I forgot my passphrase</span>
      </summary>
      <div class="govuk-details__text">
        <p>Nobody can open this copy without it, not even your council. You can delete it and set the phone up again.</p>
        <p>What you sent is in the workbook and comes back. What was not sent yet would be lost for good.</p>
        <label class="tile">
          <input type="checkbox" checked={sure} onChange={() => setSure(!sure)} />
          <span>I know that work that was not sent is lost</span>
        </label>
        <br />
        <Button
          look="warning"
          busy={doing.busy}
          off={sure ? undefined : 'tick the box first'}
          onClick={() => void doing.run(() => app.forget())}
        >
          Delete everything on this phone
        </Button>
        <Problem error={doing.error} />
      </div>
    </details>
  );
}
