/** A recording that waits to be written down. */
import type { RecordingCard } from '../../core/app';
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { moment, spokenClock } from '../frame/when';
import { Discard } from './Discard';

export function RecordingTile({ recording, family }: { recording: RecordingCard; family: string }) {
  const { app, go } = useReach();
  const done = recording.transcribedSeconds;
  return (
    <article class="card">
      <h3>{family}</h3>
      <p>
        {spokenClock(recording.seconds)}, recorded {moment(recording.begunAt)}.
        {!recording.finished && ' It was cut off; what was said is safe.'}
        {done > 0 && !recording.transcribed && ` ${spokenClock(done)} are written down.`}
      </p>
      <div class="row">
        <Discard what="recording" discard={() => app.discardRecording(recording.id)} />
        {!recording.finished && (
          <Button look="second" sign="mic" onClick={() => go({ at: 'record', family: recording.family })}>
            Go on recording
          </Button>
        )}
        <Button onClick={() => go({ at: 'transcribe', id: recording.id })}>
          Write it down<span class="govuk-visually-hidden"> for {family}</span>
        </Button>
      </div>
    </article>
  );
}
