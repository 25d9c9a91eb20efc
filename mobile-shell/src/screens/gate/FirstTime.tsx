/**
 * The first time on a phone: sign in, choose a passphrase, and this phone is enrolled. What follows
 * (the phone's own lock, the home screen, the speech model) can be put off: see `setup/`.
 */
import { useEffect, useState } from 'preact/hooks';
import type { App } from '../../core/app';
import { Button } from '../frame/Button';
import { Field } from '../frame/Field';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useDoing, useReading } from '../frame/watching';
import { COUNCIL_SIGN_IN, councilRefusal, withoutRefusal } from './council';
import { PassphrasePair, passphraseFault } from './PassphrasePair';

export function FirstTime({ app }: { app: App }) {
  const [step, setStep] = useState<1 | 2>(1);
  const [signIn, setSignIn] = useState('');
  const [password, setPassword] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [refusal] = useState(() => councilRefusal(location.search));
  const doing = useDoing();
  // Without an answer, a name and a password remain: their own attempt says that there is no signal.
  const reading = useReading(() => app.waysIn(), [app]);
  const ways = reading.state === 'ready' ? reading.value : undefined;
  const council = ways?.justSignedIn;
  useEffect(() => {
    // Said once: opening the app again begins anew.
    if (refusal !== undefined) history.replaceState(history.state, '', withoutRefusal(location));
  }, [refusal]);
  useEffect(() => {
    if (council !== undefined) setStep(2);
  }, [council]);
  const next = () => {
    setTried(true);
    if (signIn.trim() === '' || password === '') return;
    setTried(false);
    setStep(2);
  };
  // Who went back and typed a name means that one.
  const byCouncil = council !== undefined && signIn.trim() === '';
  const enrol = () => {
    setTried(true);
    if (passphraseFault(passphrase, again) !== undefined) return;
    void doing.run(() =>
      app.enrol(byCouncil ? { justSignedIn: true, passphrase } : { signIn: signIn.trim(), password, passphrase }),
    );
  };
  return (
    <form
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (step === 1) next();
        else enrol();
      }}
    >
      <Page
        heading={step === 1 ? 'Set up this phone' : 'Choose a passphrase'}
        title={step === 1 ? 'Set up this phone, step 1 of 2' : 'Choose a passphrase, step 2 of 2'}
        step={step}
        back={step === 2 ? { label: 'Sign-in name', go: () => setStep(1) } : undefined}
        actions={
          step === 1 ? (
            <Button type="submit">Continue</Button>
          ) : (
            <Button type="submit" busy={doing.busy}>
              Set up this phone
            </Button>
          )
        }
      >
        <p class="small">Step {step} of 2</p>
        {step === 1 ? (
          <>
            {refusal !== undefined && (
              <Notice kind="warning" heading="You are not signed in">
                <p>{refusal}</p>
              </Notice>
            )}
            <p>You need signal for this, once. After that the workbook works without any.</p>
            {ways?.provider === true && (
              <>
                <Button onClick={() => location.assign(COUNCIL_SIGN_IN)}>Sign in with your council account</Button>
                <h2>Or with a name and password of the workbook’s own</h2>
              </>
            )}
            <Field
              label="Your work sign-in name"
              value={signIn}
              onInput={setSignIn}
              autocomplete="username"
              error={tried && signIn.trim() === '' ? 'Enter your work sign-in name' : undefined}
            />
            <Field
              label="Your work password"
              type="password"
              value={password}
              onInput={setPassword}
              autocomplete="current-password"
              error={tried && password === '' ? 'Enter your work password' : undefined}
            />
          </>
        ) : (
          <>
            {byCouncil && <p>You are signed in as {council}.</p>}
            <p>It opens the families’ records on this phone. Nobody else knows it, and it never leaves the phone.</p>
            <PassphrasePair
              passphrase={passphrase}
              again={again}
              onPassphrase={setPassphrase}
              onAgain={setAgain}
              tried={tried}
            />
            <details class="govuk-details">
              <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">Why a passphrase, and not a PIN?</span>
              </summary>
              <div class="govuk-details__text">
                <p>Somebody who steals the phone can copy what is on it and try PINs on a computer.</p>
                <p>All six-digit PINs are tried in no time. A passphrase of some four words takes longer than anybody has.</p>
                <p>You can add your face or fingerprint afterwards, so that you seldom type it.</p>
              </div>
            </details>
            <Notice kind="warning" heading="Keep it in mind">
              <p>
                If you forget it, nobody can open this phone’s copy. You set the phone up again, and only what was not sent
                yet is gone.
              </p>
            </Notice>
            <Problem error={doing.error} kept="Nothing was set up yet. You can try again." />
          </>
        )}
      </Page>
    </form>
  );
}
