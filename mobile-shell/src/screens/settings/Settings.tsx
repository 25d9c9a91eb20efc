/** Settings: locking, the phone's own lock, the speech model, rescue, and what this app is. */
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { label } from '../frame/labels';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import type { Route } from '../frame/route';
import { Tabs } from '../frame/Tabs';
import { Truth } from '../frame/Truth';
import { useWatch } from '../frame/watching';
import { longDay, many } from '../frame/when';
import { StoragePanel } from './StoragePanel';

const PLACES: { route: Route; text: string; more: string }[] = [
  { route: { at: 'passkey' }, text: 'Face, finger or phone lock', more: 'Open the workbook without typing the passphrase' },
  { route: { at: 'passphrase' }, text: 'Change the passphrase', more: 'You need the old one' },
  { route: { at: 'model' }, text: 'Speech model', more: 'What writes down what you say' },
  { route: { at: 'rescue' }, text: 'Make a rescue file', more: 'Takes unsent work off this phone, sealed' },
  { route: { at: 'signOut' }, text: 'Sign out of this phone', more: 'What happens to unsent work' },
];

export function Settings() {
  const { app, go, terms } = useReach();
  const status = useWatch(app.status);
  return (
    <>
      <Page heading="Settings" title="Settings">
        <Button sign="lock" onClick={() => void app.lock()}>
          Lock now
        </Button>
        <ul class="plain-list section">
          {PLACES.map(({ route, text, more }) => (
            <li key={text}>
              <button type="button" class="line" onClick={() => go(route)}>
                <strong style="display:block">{text}</strong>
                <span class="small">{more}</span>
              </button>
            </li>
          ))}
        </ul>
        <StoragePanel />
        <section class="section">
          <h2>Sending and fetching</h2>
          <Truth />
        </section>
        {status.state === 'open' && (
          <section class="section">
            <h2>This phone</h2>
            <dl class="facts">
              <div>
                <dt>Whose</dt>
                <dd>
                  {status.person.name}, {label(terms.disciplines, status.person.discipline)}
                </dd>
              </div>
              <div>
                <dt>Contact needed by</dt>
                <dd>
                  {longDay(new Date(status.leaseEndsAt).toISOString())}
                  <div class="small">Without contact for {many(status.leaseDays, 'day')} the records are sealed.</div>
                </dd>
              </div>
              <div>
                <dt>Device</dt>
                <dd class="small figure">{status.person.device}</dd>
              </div>
            </dl>
            <Notice heading="If you lose this phone">
              <p>Tell your manager at once. The council takes it out of use, and the records on it are deleted at its next contact.</p>
            </Notice>
          </section>
        )}
        <section class="section">
          <h2>About</h2>
          <p>Family Workbook, version {__BUILD__}. Free software: MIT or Apache 2.0.</p>
          <p>What you say is turned into text on this phone. Sound never leaves it.</p>
        </section>
      </Page>
      <Tabs />
    </>
  );
}
