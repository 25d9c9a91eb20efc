/** Dictating after a visit: one big button. Every second is sealed as it is spoken. */
import type { RecorderState } from '../../core/app';
import { Button, Quiet } from '../frame/Button';
import { useReach } from '../frame/context';
import { ForFamily } from '../frame/ForFamily';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useDoing, useReading, useWatch } from '../frame/watching';
import { BeforeRecording } from './BeforeRecording';
import { Running } from './Running';

export function RecordScreen({ family }: { family: string }) {
  const { app, go, back } = useReach();
  const state = useWatch(app.recorder.state);
  const recordings = useReading(() => app.recordings(), [app], (listener) => app.onChange(listener));
  const doing = useDoing();
  const cutOff =
    recordings.state === 'ready' ? recordings.value.find((it) => it.family === family && !it.finished) : undefined;
  const running = isRunning(state) ? state : undefined;
  const other = running !== undefined && running.family !== family;
  const finish = () =>
    void doing.run(async () => {
      const card = await app.recorder.stop();
      go({ at: 'transcribe', id: card.id }, true);
    });
  return (
    <Page
      heading="Record a visit"
      title={running ? 'Recording' : 'Record a visit'}
      back={running ? undefined : { label: 'Back', go: () => back({ at: 'prepare', family }) }}
      actions={
        running && !other ? (
          <Button onClick={finish} busy={doing.busy || running.state === 'stopping'} sign="tick">
            Finish and write it down
          </Button>
        ) : (
          <Button look="second" sign="keyboard" onClick={() => go({ at: 'type', family })}>
            Type instead
          </Button>
        )
      }
    >
      <ForFamily family={family} />
      {other && (
        <Notice kind="warning" heading="A recording for another family is running">
          <p>Finish that one first.</p>
          <Quiet onClick={() => go({ at: 'record', family: running.family })}>Go to it</Quiet>
        </Notice>
      )}
      {running && !other && <Running state={running} run={doing.run} />}
      {!running && (
        <BeforeRecording
          state={state}
          cutOff={cutOff}
          start={() => void doing.run(async () => void (await app.recorder.start(family)))}
          goOn={() => cutOff && void doing.run(async () => void (await app.recorder.goOn(cutOff.id)))}
          writeDown={() => cutOff && go({ at: 'transcribe', id: cutOff.id })}
        />
      )}
      <Problem error={doing.error} kept="What was recorded so far is sealed on this phone." />
    </Page>
  );
}

/** A state in which there is a recording under way. */
export type RunningState = Extract<RecorderState, { recording: string }>;

function isRunning(state: RecorderState): state is RunningState {
  return 'recording' in state;
}
