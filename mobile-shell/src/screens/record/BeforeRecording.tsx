/** Before a recording: the big button, what to say, a recording that was cut off, and a refused microphone. */
import type { RecorderState, RecordingCard } from '../../core/app';
import { Button } from '../frame/Button';
import { Fold } from '../frame/Fold';
import { Icon } from '../frame/Icon';
import { Notice } from '../frame/Notice';
import { spokenClock } from '../frame/when';
import { MicrophoneHelp } from './MicrophoneHelp';

interface BeforeProps {
  state: RecorderState;
  cutOff: RecordingCard | undefined;
  start: () => void;
  goOn: () => void;
  writeDown: () => void;
}

export function BeforeRecording({ state, cutOff, start, goOn, writeDown }: BeforeProps) {
  if (state.state === 'refused') return <MicrophoneHelp state={state} again={start} />;
  return (
    <>
      {cutOff && (
        <Notice kind="warning" heading="A recording was cut off">
          <p>{spokenClock(cutOff.seconds)} of it are safe on this phone.</p>
          <div class="row">
            <Button look="second" onClick={writeDown}>
              Write it down
            </Button>
            <Button onClick={goOn} sign="mic">
              Go on with it
            </Button>
          </div>
        </Notice>
      )}
      <div class="recorder">
        <button type="button" class="big" onClick={start} disabled={state.state === 'asking'}>
          <Icon sign="mic" />
          {state.state === 'asking' ? 'Waiting for you to allow the microphone' : 'Record'}
        </button>
        {state.state === 'asking' && <p role="status">Choose “Allow” when the phone asks for the microphone.</p>}
      </div>
      <p>Speak as you would to a colleague. It is written down on this phone and never leaves it as sound.</p>
      <Fold heading="What helps to say">
        <ul class="bullets">
          <li>What kind of visit it was, when, and who was there.</li>
          <li>Each child: seen or not, alone or why not, and their own words.</li>
          <li>What goes well. What you worry about, and who shares that worry.</li>
          <li>What changed and why you think so. Say who gave which number.</li>
          <li>Who will do what by when, and the next visit.</li>
        </ul>
      </Fold>
    </>
  );
}
