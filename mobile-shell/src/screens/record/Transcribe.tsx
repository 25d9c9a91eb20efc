/** Writing down what was said, on this phone. The recording is kept whatever happens here. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AppError, RecordingCard, TranscriptionProgress } from '../../core/app';
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { ForFamily } from '../frame/ForFamily';
import { Loading, Wait } from '../frame/Loading';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useReading, useWatch } from '../frame/watching';
import { clock, spokenClock } from '../frame/when';
import { ModelPanel } from '../settings/ModelPanel';
import { type Writing, writing } from './writing';

export function Transcribe({ id }: { id: string }) {
  const { app } = useReach();
  const reading = useReading<RecordingCard | undefined>(
    async () => (await app.recordings()).find((it) => it.id === id),
    [app, id],
  );
  return (
    <Loading reading={reading} what="Opening the recording">
      {(card) => (card === undefined ? <Gone /> : <WriteDown card={card} />)}
    </Loading>
  );
}

function Gone() {
  const { go } = useReach();
  return (
    <Page heading="This recording is not here any more" title="Recording" back={{ label: 'To finish', go: () => go({ at: 'waiting' }) }}>
      <p>It was completed or deleted. Recordings that wait stand under “To finish”.</p>
    </Page>
  );
}

function WriteDown({ card }: { card: RecordingCard }) {
  const { app, go } = useReach();
  const model = useWatch(app.model);
  const [progress, setProgress] = useState<TranscriptionProgress | undefined>();
  const [error, setError] = useState<AppError | undefined>();
  const [stopped, setStopped] = useState(false);
  const [turn, setTurn] = useState(0);
  const current = useRef<Writing | undefined>(undefined);
  const able = model.state === 'ready' || card.transcribed;
  useEffect(() => {
    if (!able || stopped) return;
    setError(undefined);
    let here = true;
    const now = card.transcribed ? undefined : writing(app, card.id);
    current.current = now;
    const unwatch = now?.progress.watch(setProgress);
    const work = async () => {
      await now?.done;
      if (!here) return;
      // It may have become a draft while nobody looked.
      const draft = (await app.recordings()).find((it) => it.id === card.id)?.draft;
      const id = draft ?? (await app.compose(card.family, { recording: card.id })).kept.id;
      if (here) go({ at: 'check', id }, true);
    };
    work().catch((cause: AppError) => here && setError(cause));
    return () => {
      here = false;
      unwatch?.();
    };
  }, [app, card, able, stopped, turn]);
  const cancel = () => {
    setStopped(true);
    current.current?.stop();
  };
  const length = spokenClock(card.seconds);
  return (
    <Page
      heading="Writing down what you said"
      title="Writing it down"
      back={{ label: 'To finish', go: () => go({ at: 'waiting' }) }}
      actions={
        <>
          <Button look="second" sign="keyboard" onClick={() => go({ at: 'type', family: card.family })}>
            Type instead
          </Button>
          {able && !stopped && !error && (
            <Button look="second" sign="stop" onClick={cancel}>
              Stop
            </Button>
          )}
          {(stopped || error) && (
            <Button
              onClick={() => {
                setStopped(false);
                setTurn(turn + 1);
              }}
            >
              Go on
            </Button>
          )}
        </>
      }
    >
      <ForFamily family={card.family} />
      <p>Your recording of {length} is sealed on this phone. It is deleted only after you have accepted the text.</p>
      {!able && <ModelPanel forRecording />}
      {able && !error && !stopped && <Progress progress={progress} total={card.seconds} />}
      {stopped && (
        <Notice heading="Stopped" live>
          <p>The recording and what was written down so far are kept. Go on whenever you like.</p>
        </Notice>
      )}
      <Problem error={error} kept="The recording is kept, with what was written down so far." />
    </Page>
  );
}

function Progress({ progress, total }: { progress: TranscriptionProgress | undefined; total: number }) {
  if (progress === undefined) return <Wait>Getting ready. This can take some seconds.</Wait>;
  const left = progress.secondsLeft;
  return (
    <>
      <label for="progress">
        {clock(progress.seconds)} of {clock(progress.total || total)} written down
        {left !== undefined && `, about ${spokenClock(left)} left`}
      </label>
      <progress id="progress" max={progress.total || total} value={progress.seconds} />
      <section class="section">
        <h2>So far</h2>
        <div class="card partial" tabIndex={0} aria-label="Text so far">
          <p>{progress.text === '' ? 'The first words come in a moment.' : progress.text}</p>
        </div>
      </section>
      <p class="small">You can put the phone away. If the app closes, it goes on from here the next time.</p>
    </>
  );
}
