/** The author reads the whole entry and says that it is theirs. Nothing completes itself. */
import { useState } from 'preact/hooks';
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { ForFamily } from '../frame/ForFamily';
import { capital, label } from '../frame/labels';
import { Loading } from '../frame/Loading';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useDoing, useReading } from '../frame/watching';
import { longDay, many } from '../frame/when';
import { EntryBody } from '../entry/EntryBody';
import type { Cast, Kept, Review } from '../shapes';
import { asPage } from './asPage';

interface Read {
  kept: Kept;
  review: Review;
  cast: Cast;
}

export function Attest({ id }: { id: string }) {
  const { app, terms, go, back } = useReach();
  const reading = useReading<Read>(async () => {
    const kept: Kept = await app.draft(id);
    const [review, cast] = await Promise.all([app.review(kept), app.cast(kept.family)]);
    return { kept, review, cast };
  }, [app, id]);
  const [read, setRead] = useState(false);
  const doing = useDoing();
  const value = reading.state === 'ready' ? reading.value : undefined;
  const complete = () =>
    void doing.run(async () => {
      if (value === undefined) return;
      await app.complete(id);
      go({ at: 'done', family: value.kept.family, id }, true);
    });
  return (
    <Page
      heading="Read and complete"
      title="Read and complete"
      back={{ label: 'Change something', go: () => back({ at: 'check', id }) }}
      actions={
        value && (
          <Button
            sign="tick"
            busy={doing.busy}
            off={!value.review.canComplete ? 'something is still open in the draft' : read ? undefined : 'tick that you have read it first'}
            onClick={complete}
          >
            Complete
          </Button>
        )
      }
    >
      <Loading reading={reading} what="Opening your entry">
        {({ kept, review, cast }) => (
          <>
            <Notice kind="warning" heading="A complete entry cannot be changed">
              <p>You can add to it later. Read it through now.</p>
              {kept.recording !== undefined && <p>The recording is deleted from this phone as soon as the entry is stored.</p>}
            </Notice>
            {review.lateDays !== undefined && (
              <Notice heading={`This draft is ${many(review.lateDays, 'day')} past your council’s limit`}>
                <p>You can complete it. The entry says that it was finished late.</p>
              </Notice>
            )}
            <ForFamily family={kept.family} />
            <p class="page__lead">
              <strong>{capital(label(terms.kinds, kept.draft.entry.kind))}</strong>, {label(terms.outcomes, kept.draft.entry.outcome)}
              <br />
              {kept.draft.entry.occurred.timeUnknown ? `${longDay(kept.draft.entry.occurred.start)}, time not known` : `${longDay(kept.draft.entry.occurred.start)}, ` + kept.draft.entry.occurred.start.slice(11, 16)}
              <br />
              Who may read it: {label(terms.compartments, kept.compartment)}
            </p>
            <EntryBody page={asPage(kept, cast)} />
            <label class="tile">
              <input type="checkbox" checked={read} onChange={() => setRead(!read)} />
              <span>
                <strong>{terms.attestation}</strong>
              </span>
            </label>
            <br />
            <Problem error={doing.error} kept="The draft and its recording are kept as they were." />
          </>
        )}
      </Loading>
    </Page>
  );
}
