/** Checking a draft, one thing at a time: what was not said, the words, who was there, and all at one glance. */
import { useState } from 'preact/hooks';
import type { App } from '../../core/app';
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { ForFamily } from '../frame/ForFamily';
import { Loading } from '../frame/Loading';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useDoing } from '../frame/watching';
import { many } from '../frame/when';
import { Overview } from './Overview';
import { PeopleStep } from './PeopleStep';
import { ReadStep } from './ReadStep';
import { Steps } from './Steps';
import { UnsaidStep } from './UnsaidStep';
import { type Desk, useDraft } from './useDraft';

/** The steps, in order. */
type Step = 'unsaid' | 'read' | 'people' | 'overview';

/** Drafts whose overview was reached: coming back to one opens it there. Forgotten with the page. */
const looked = new WeakMap<App, Set<string>>();

export function Check({ id }: { id: string }) {
  const { back } = useReach();
  const draft = useDraft(id);
  if (draft.state === 'ready') return <Ready desk={draft.desk} error={draft.error} />;
  return (
    <Page heading="Check the draft" title="Check the draft" back={{ label: 'To finish', go: () => back({ at: 'waiting' }) }}>
      <Loading reading={draft} what="Opening the draft">
        {() => null}
      </Loading>
    </Page>
  );
}

function Ready({ desk, error }: { desk: Desk; error: Parameters<typeof Problem>[0]['error'] }) {
  const { app, go, back } = useReach();
  const known = looked.get(app) ?? new Set<string>();
  looked.set(app, known);
  const [steps] = useState<Step[]>(() => stepsOf(desk));
  const [at, setAt] = useState(() => (known.has(desk.kept.id) ? steps.length - 1 : 0));
  const doing = useDoing();
  const step = steps[at]!;
  if (step === 'overview') known.add(desk.kept.id);
  const unsettled = desk.review.unsettled.length;
  const next = () => setAt(Math.min(at + 1, steps.length - 1));
  const attest = () =>
    void doing.run(async () => {
      await desk.flush();
      go({ at: 'attest', id: desk.kept.id });
    });
  const leave = () => void doing.run(async () => void (await desk.flush(), back({ at: 'waiting' })));
  const heading = { unsaid: 'What you did not say', read: 'Read what you said', people: 'Who was there', overview: 'Your entry' }[step];
  return (
    <Page
      heading={heading}
      title={`Check the draft: ${heading}`}
      step={step}
      back={at === 0 ? { label: 'Keep it and leave', go: leave } : { label: 'Back', go: () => setAt(at - 1) }}
      actions={
        step === 'overview' ? (
          <Button onClick={attest} busy={doing.busy} off={desk.review.canComplete ? undefined : whyNot(desk)}>
            Read and complete
          </Button>
        ) : (
          <>
            <Button look="second" onClick={() => setAt(steps.length - 1)}>
              Overview
            </Button>
            <Button onClick={next}>
              {step === 'read' && unsettled > 0 ? `Next (${many(unsettled, 'word')} left)` : 'Next'}
            </Button>
          </>
        )
      }
    >
      <ForFamily family={desk.kept.family} />
      <Steps at={at} of={steps.length} />
      {desk.review.held !== undefined && (
        <Notice kind="warning" heading="This cannot be completed yet">
          <p>{desk.review.held}</p>
        </Notice>
      )}
      <Problem error={error ?? doing.error} kept="What you typed is still on this screen. Free some room and change something to keep it." />
      {step === 'unsaid' && <UnsaidStep desk={desk} />}
      {step === 'read' && <ReadStep desk={desk} />}
      {step === 'people' && <PeopleStep desk={desk} />}
      {step === 'overview' && <Overview desk={desk} toRead={steps.includes('read') ? () => setAt(steps.indexOf('read')) : undefined} />}
    </Page>
  );
}

/** Steps that have nothing in them are left out. */
function stepsOf({ kept, review }: Desk): Step[] {
  const steps: Step[] = [];
  if (review.unsaid.length > 0) steps.push('unsaid');
  if (kept.text !== '') steps.push('read');
  steps.push('people', 'overview');
  return steps;
}

/** Why it can't be completed, read out with the button. */
function whyNot({ review }: Desk): string {
  const reasons = [
    ...review.unsaid.map((it) => it.message),
    ...(review.unsettled.length > 0 ? [`check ${many(review.unsettled.length, 'word')}`] : []),
    ...(review.held !== undefined ? [review.held] : []),
  ];
  return reasons.join('; ') || 'something is open';
}
