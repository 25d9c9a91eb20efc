/** How to put the app on the home screen. On an iPhone it matters: Safari clears other sites' data. */
import { useState } from 'preact/hooks';
import type { InstallHint } from '../../core/app';
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Problem } from '../frame/Problem';
import { useDoing, useWatch } from '../frame/watching';

const STEPS: Partial<Record<InstallHint['kind'], string[]>> = {
  'ios-safari': ['Tap Share, the square with the arrow, at the bottom.', 'Tap “Add to Home Screen”, then “Add”.', 'From now on open it from the home screen.'],
  'ios-other': ['Open this address in Safari.', 'Tap Share, then “Add to Home Screen”.', 'From now on open it from the home screen.'],
  'android-menu': ['Open the browser’s menu, the three dots.', 'Tap “Install app” or “Add to home screen”.'],
};

export function InstallTip() {
  const { app } = useReach();
  const hint = useWatch(app.install);
  const [later, setLater] = useState(false);
  const doing = useDoing();
  if (later || hint.kind === 'none' || hint.kind === 'installed') return null;
  const steps = STEPS[hint.kind];
  const ios = hint.kind === 'ios-safari' || hint.kind === 'ios-other';
  return (
    <section class="card">
      <h2>Put it on your home screen</h2>
      {ios ? (
        <p>
          On an iPhone this matters: a page in the browser loses its data after 7 days without use. On the home screen it
          does not.
        </p>
      ) : (
        <p>It opens with one tap, and the phone keeps your work more safely.</p>
      )}
      {steps && (
        <ol class="bullets">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
      <Problem error={doing.error} kept="" />
      <div class="row">
        {hint.kind === 'prompt' && (
          <Button onClick={() => void doing.run(() => app.installNow())} busy={doing.busy}>
            Add to home screen
          </Button>
        )}
        <Button look="second" onClick={() => setLater(true)}>
          Later
        </Button>
      </div>
    </section>
  );
}
