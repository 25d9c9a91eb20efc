/** The first screen: what is due, what waits for its author, and the truth about sending. */
import { Quiet } from '../frame/Button';
import { useReach } from '../frame/context';
import { Loading } from '../frame/Loading';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { Tabs } from '../frame/Tabs';
import { Truth } from '../frame/Truth';
import { useDoing, useReading, useWatch } from '../frame/watching';
import { longDay } from '../frame/when';
import type { Today } from '../shapes';
import { FamilyTile } from './FamilyTile';
import { InstallTip } from './InstallTip';
import { ToFinish } from './ToFinish';

export function TodayScreen() {
  const { app } = useReach();
  const reading = useReading<Today>(() => app.today(), [app], (listener) => app.onChange(listener));
  return (
    <>
      <Page heading="Today" title="Today">
        {reading.state === 'ready' && <p class="page__lead">{longDay(reading.value.day)}</p>}
        <Truth />
        <Erased />
        <Loading reading={reading} what="Opening your families">
          {(today) => <List today={today} />}
        </Loading>
      </Page>
      <Tabs />
    </>
  );
}

/** Said where everybody begins: nothing new can be kept. */
function Room() {
  const { app, go } = useReach();
  const storage = useWatch(app.storage);
  if (!storage.full) return null;
  return (
    <Notice kind="error" heading="The phone’s storage is full">
      <p>Nothing is lost, and nothing new can be kept. Delete photos or apps that you do not need.</p>
      <Quiet onClick={() => go({ at: 'rescue' })}>Make a rescue file of unsent work</Quiet>
    </Notice>
  );
}

/** Said once, without a name: whose record it was is nobody's to keep. */
function Erased() {
  const { app } = useReach();
  const { erased } = useWatch(app.sync);
  const doing = useDoing();
  if (!erased) return null;
  return (
    <Notice kind="warning" heading="A family’s record was erased by the council" live>
      <p>Everything of it on this phone is gone, drafts and recordings too. Ask your manager if you need to know why.</p>
      <Quiet onClick={() => void doing.run(() => app.seenErased())}>I have read this</Quiet>
    </Notice>
  );
}

function List({ today }: { today: Today }) {
  return (
    <>
      <ToFinish today={today} />
      <Room />
      {today.damaged.length > 0 && (
        <Notice kind="error" heading="Some work on this phone cannot be read">
          <p>It is kept as it is. Make a rescue file in Settings, and show it to your IT support.</p>
        </Notice>
      )}
      <section class="section">
        <h2>Your families</h2>
        {today.families.length === 0 ? (
          <Notice heading="No families on this phone yet">
            <p>Go where there is signal and choose “Send and fetch now”.</p>
            <p>If none come, ask your manager whether families are allocated to you.</p>
          </Notice>
        ) : (
          <ul class="plain-list">
            {today.families.map((family) => (
              <li key={family.family}>
                <FamilyTile family={family} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <InstallTip />
    </>
  );
}
