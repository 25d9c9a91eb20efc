/** Hearing a recording while typing it, where the phone cannot write it down: in pieces, back and forth. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RecordingCard } from '../../core/app';
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Problem } from '../frame/Problem';
import { useDoing, useReading } from '../frame/watching';
import { clock, spokenClock } from '../frame/when';

/** Seconds played at a time. */
const PIECE = 15;

/** Shown when a recording of the family waits that is no text yet. */
export function Listen({ family }: { family: string }) {
  const { app } = useReach();
  const recordings = useReading(() => app.recordings(), [app], (listener) => app.onChange(listener));
  if (recordings.state !== 'ready') return null;
  const waiting = recordings.value.find((it) => it.family === family && it.draft === undefined && it.seconds > 0);
  return waiting ? <Player recording={waiting} /> : null;
}

function Player({ recording }: { recording: RecordingCard }) {
  const { app } = useReach();
  const [from, setFrom] = useState(0);
  const playing = useDoing();
  const stop = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const until = Math.min(from + PIECE, recording.seconds);
  const play = () =>
    void playing.run(async () => {
      stop.current = new AbortController();
      await app.play(recording.id, from * 1000, until * 1000, stop.current.signal);
      if (until < recording.seconds) setFrom(until);
    });
  const back = () => {
    stop.current?.abort();
    setFrom(Math.max(0, from - PIECE));
  };
  return (
    <section class="card">
      <h2>Your recording</h2>
      <p class="small">
        {spokenClock(recording.seconds)}, sealed on this phone. It stays until you delete it under “To finish”.
      </p>
      <div class="row">
        <Button look="second" sign="back" onClick={back} off={from === 0 ? 'it is at the beginning' : undefined}>
          Back
        </Button>
        {playing.busy ? (
          <Button look="second" sign="stop" onClick={() => stop.current?.abort()}>
            Stop
          </Button>
        ) : (
          <Button look="second" sign="sound" onClick={play}>
            Hear from {clock(from)}
          </Button>
        )}
      </div>
      <Problem error={playing.error} />
    </section>
  );
}
