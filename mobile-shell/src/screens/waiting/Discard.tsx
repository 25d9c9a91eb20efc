/** Deleting something for good: asked twice, on the same spot. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../frame/Button';
import { Notice } from '../frame/Notice';
import { Problem } from '../frame/Problem';
import { useDoing } from '../frame/watching';

export function Discard({ what, discard }: { what: string; discard: () => Promise<void> }) {
  const [asked, setAsked] = useState(false);
  const doing = useDoing();
  const question = useRef<HTMLDivElement>(null);
  // The question must not open behind the bar at the bottom.
  useEffect(() => {
    if (!asked) return;
    question.current?.focus({ preventScroll: true });
    question.current?.scrollIntoView({ block: 'center' });
  }, [asked]);
  if (!asked) {
    return (
      <Button look="second" sign="remove" onClick={() => setAsked(true)}>
        Delete<span class="govuk-visually-hidden"> this {what}</span>
      </Button>
    );
  }
  return (
    <div class="row__whole" tabIndex={-1} ref={question}>
    <Notice kind="warning" heading={`Delete this ${what} for good?`}>
      <p>Nobody can bring it back.</p>
      <div class="row">
        <Button look="second" onClick={() => setAsked(false)}>
          Keep it
        </Button>
        <Button look="warning" busy={doing.busy} onClick={() => void doing.run(discard)}>
          Delete it
        </Button>
      </div>
      <Problem error={doing.error} kept="It is still here." />
    </Notice>
    </div>
  );
}
