/** Signing out: what is sent is safe; what is not would stay behind and go. So it says what there is first. */
import { useState } from 'preact/hooks';
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useDoing, useReading, useWatch } from '../frame/watching';
import { many } from '../frame/when';
import type { Today } from '../shapes';

export function SignOut() {
  const { app, go, back } = useReach();
  const sync = useWatch(app.sync);
  const today = useReading<Today>(() => app.today(), [app], (listener) => app.onChange(listener));
  const recordings = useReading(() => app.recordings(), [app], (listener) => app.onChange(listener));
  const [sure, setSure] = useState(false);
  const doing = useDoing();
  const known = today.state === 'ready' && recordings.state === 'ready';
  const left = known
    ? [
        sync.waiting > 0 && many(sync.waiting, 'finished change') + ' on this phone only',
        sync.refused > 0 && many(sync.refused, 'refused entry', 'refused entries'),
        today.value.drafts.length > 0 && many(today.value.drafts.length, 'draft'),
        recordings.value.length > 0 && many(recordings.value.length, 'recording'),
      ].filter((it): it is string => typeof it === 'string')
    : [];
  return (
    <Page
      heading="Sign out of this phone"
      title="Sign out"
      back={{ label: 'Settings', go: () => back({ at: 'settings' }) }}
      actions={
        <Button
          look="warning"
          busy={doing.busy}
          off={sure ? undefined : 'tick the box first'}
          onClick={() => void doing.run(() => app.forget())}
        >
          Delete everything on this phone
        </Button>
      }
    >
      <p>You need not sign out at the end of a day. Locking is enough: everything on this phone is sealed.</p>
      <Button sign="lock" look="second" onClick={() => void app.lock()}>
        Lock instead
      </Button>
      <section class="section">
        <h2>What signing out does</h2>
        <p>It deletes the families’ records, drafts, recordings and keys from this phone. What is in the workbook stays there.</p>
        {left.length > 0 ? (
          <Notice kind="error" heading="This work would be lost">
            <ul class="bullets">
              {left.map((it) => (
                <li key={it}>{it}</li>
              ))}
            </ul>
            <p>Send it first, or take it with you in a rescue file. While you stay signed in, it stays here.</p>
            <div class="row">
              <Button look="second" onClick={() => void app.syncNow().catch(() => undefined)} busy={sync.running}>
                Send now
              </Button>
              <Button look="second" onClick={() => go({ at: 'rescue' })}>
                Rescue file
              </Button>
            </div>
          </Notice>
        ) : (
          known && (
            <Notice kind="success" heading="Nothing would be lost">
              <p>Everything that you wrote on this phone is in the workbook.</p>
            </Notice>
          )
        )}
        <label class="tile">
          <input type="checkbox" checked={sure} onChange={() => setSure(!sure)} />
          <span>{left.length > 0 ? 'Delete it all, with the work listed above' : 'Delete it all from this phone'}</span>
        </label>
      </section>
      <Problem error={doing.error} />
    </Page>
  );
}
