/** A recording under way: level, time, what is sealed, pause, and what to do after a call. */
import { useReach } from '../frame/context';
import { Icon } from '../frame/Icon';
import { Notice } from '../frame/Notice';
import { clock, spokenClock } from '../frame/when';
import { Level } from './Level';
import type { RunningState } from './RecordScreen';

const WHY = {
  'microphone-taken': 'A call or another app took the microphone.',
  'microphone-lost': 'The microphone was lost: a headset may have gone off.',
  'phone-slept': 'The phone went to sleep.',
} as const;

export function Running({ state, run }: { state: RunningState; run: (act: () => Promise<void>) => Promise<void> }) {
  const { app } = useReach();
  const going = state.state === 'recording' || state.state === 'storage-full';
  const words =
    state.state === 'paused' ? 'Paused' : state.state === 'interrupted' ? 'Interrupted' : state.state === 'stopping' ? 'Finishing' : 'Recording';
  return (
    <>
      {state.state === 'interrupted' && (
        <Notice kind="warning" heading="The recording was interrupted" live>
          <p>{WHY[state.why]} Everything up to then is safe.</p>
          <p>Choose “Go on” when you are ready. It goes into the same recording.</p>
        </Notice>
      )}
      {state.state === 'storage-full' && (
        <Notice kind="error" heading="The phone’s storage is full" live>
          <p>The last {spokenClock(state.heldSeconds)} are held in memory only.</p>
          <p>Finish now, or delete something you do not need on the phone. Do not close this page.</p>
        </Notice>
      )}
      <div class="recorder">
        <p class="recorder__state" role="status">
          <Icon sign={going ? 'mic' : 'pause'} /> {words}
        </p>
        <div class="recorder__time figure" aria-hidden="true">
          {clock(state.seconds)}
        </div>
        <span class="govuk-visually-hidden">{spokenClock(state.seconds)} recorded</span>
        {going && <Level />}
        {going ? (
          <button type="button" class="big big--pause" onClick={() => void run(() => app.recorder.pause())}>
            <Icon sign="pause" />
            Pause
          </button>
        ) : state.state === 'stopping' ? null : (
          <button type="button" class="big" onClick={() => void run(() => app.recorder.resume())}>
            <Icon sign="mic" />
            Go on
          </button>
        )}
        <p class="small">
          <Icon sign="lock" /> {clock(state.stored)} of {clock(state.seconds)} sealed on this phone
        </p>
      </div>
      {!state.screenStaysOn && going && (
        <Notice heading="Keep the screen on">
          <p>This phone may switch its screen off and stop the recording. Touch the screen now and then.</p>
        </Notice>
      )}
    </>
  );
}
