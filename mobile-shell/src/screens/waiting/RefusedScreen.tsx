/** A refused change: why, what it says, and how it can be sent again. It stays until its author decides. */
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Loading } from '../frame/Loading';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useDoing, useReading } from '../frame/watching';
import { moment } from '../frame/when';
import type { Refused } from '../shapes';
import { Content } from './Content';

export function RefusedScreen({ id }: { id: string }) {
  const { app, go, back } = useReach();
  const reading = useReading<Refused | undefined>(
    async () => ((await app.refused()) as Refused[]).find((it) => it.id === id),
    [app, id],
  );
  const doing = useDoing();
  const refused = reading.state === 'ready' ? reading.value : undefined;
  const again = (as: 'draft' | 'appendment') =>
    void doing.run(async () => {
      const { draft } = await app.resubmit(id, as);
      go(draft === undefined ? { at: 'waiting' } : { at: 'check', id: draft }, true);
    });
  return (
    <Page
      heading="Refused by the server"
      title="Refused"
      back={{ label: 'To finish', go: () => back({ at: 'waiting' }) }}
      actions={
        refused &&
        refused.can.length > 0 && (
          <>
            {refused.can.includes('appendment') && (
              <Button look={refused.can.includes('draft') ? 'second' : 'main'} busy={doing.busy} onClick={() => again('appendment')}>
                Add it to the entry
              </Button>
            )}
            {refused.can.includes('draft') && (
              <Button busy={doing.busy} onClick={() => again('draft')}>
                Make it a draft again
              </Button>
            )}
          </>
        )
      }
    >
      <Loading reading={reading}>
        {(value) =>
          value === undefined ? (
            <Notice kind="success" heading="This is settled">
              <p>It is not refused any more.</p>
            </Notice>
          ) : (
            <>
              <Notice kind="error" heading={value.familyName}>
                <p>{value.refusal.message}</p>
                <p>
                  Written {moment(Date.parse(value.written))}, refused {moment(Date.parse(value.refused))}.{' '}
                  <strong>Nothing is lost.</strong>
                </p>
              </Notice>
              <section class="section">
                <h2>What to do</h2>
                <ul class="bullets">
                  {value.can.includes('draft') && <li>Make it a draft again: correct it and complete it anew.</li>}
                  {value.can.includes('appendment') && <li>Or add its words to the entry that is there.</li>}
                  {value.can.length === 0 && (
                    <li>This family is not on this phone any more. Make a rescue file in Settings, and tell your manager.</li>
                  )}
                </ul>
              </section>
              <Problem error={doing.error} />
              <section class="section">
                <h2>What it says</h2>
                {value.records.map((it) => (
                  <div class="card" key={it.record}>
                    <Content value={it.content} />
                  </div>
                ))}
              </section>
            </>
          )
        }
      </Loading>
    </Page>
  );
}
