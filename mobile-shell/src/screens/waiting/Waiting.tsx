/** What waits for its author: refused entries, recordings and drafts. Nothing leaves here by itself. */
import type { RecordingCard } from '../../core/app';
import { useReach } from '../frame/context';
import { Loading } from '../frame/Loading';
import { Page } from '../frame/Page';
import { Tabs } from '../frame/Tabs';
import { useReading } from '../frame/watching';
import type { Today } from '../shapes';
import { DraftTile } from './DraftTile';
import { RecordingTile } from './RecordingTile';
import { RefusedTile } from './RefusedTile';

export function Waiting() {
  const { app } = useReach();
  const reading = useReading<{ today: Today; recordings: RecordingCard[] }>(
    async () => {
      const [today, recordings] = await Promise.all([app.today(), app.recordings()]);
      return { today: today as Today, recordings };
    },
    [app],
    (listener) => app.onChange(listener),
  );
  return (
    <>
      <Page heading="To finish" title="To finish">
        <Loading reading={reading} what="Looking for what waits">
          {({ today, recordings }) => <Lists today={today} recordings={recordings} />}
        </Loading>
      </Page>
      <Tabs />
    </>
  );
}

function Lists({ today, recordings }: { today: Today; recordings: RecordingCard[] }) {
  const open = recordings.filter((it) => it.draft === undefined);
  const nameOf = (family: string) => today.families.find((it) => it.family === family)?.name ?? 'A family';
  if (today.refused.length + open.length + today.drafts.length === 0) {
    return <p>Nothing waits for you. Recordings, drafts and refused entries would stand here.</p>;
  }
  return (
    <>
      {today.refused.length > 0 && (
        <section class="section">
          <h2>Refused by the server</h2>
          {today.refused.map((it) => (
            <RefusedTile key={it.id} refused={it} />
          ))}
        </section>
      )}
      {open.length > 0 && (
        <section class="section">
          <h2>Recordings to write down</h2>
          {open.map((it) => (
            <RecordingTile key={it.id} recording={it} family={nameOf(it.family)} />
          ))}
        </section>
      )}
      {today.drafts.length > 0 && (
        <section class="section">
          <h2>Drafts to check and complete</h2>
          {today.drafts.map((it) => (
            <DraftTile key={it.id} draft={it} />
          ))}
        </section>
      )}
    </>
  );
}
