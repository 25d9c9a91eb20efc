/** The speech model on this phone: fetched once, checked, kept. Without it recordings wait, sealed. */
import { useRef } from 'preact/hooks';
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Notice } from '../frame/Notice';
import { Problem } from '../frame/Problem';
import { useDoing, useWatch } from '../frame/watching';
import { megabytes } from '../frame/when';

export function ModelPanel({ forRecording }: { forRecording?: boolean }) {
  const { app } = useReach();
  const model = useWatch(app.model);
  const doing = useDoing();
  const stop = useRef<AbortController | undefined>(undefined);
  const fetchIt = () => {
    stop.current = new AbortController();
    void doing.run(() => app.fetchModel(stop.current?.signal));
  };
  const size = model.total > 0 ? ` (${megabytes(model.total)})` : '';
  return (
    <div>
      {model.state === 'missing' && (
        <Notice kind={forRecording ? 'warning' : 'note'} heading="The speech model is not on this phone yet">
          <p>It lets the phone write down what you say, without any signal. Fetch it once, best on Wi-Fi.</p>
          {forRecording && <p>Your recording waits here, sealed. Fetch the model and come back, or type instead.</p>}
          <Button onClick={fetchIt} busy={doing.busy}>
            Fetch the speech model{size}
          </Button>
        </Notice>
      )}
      {model.state === 'fetching' && (
        <Notice heading="Fetching the speech model">
          <label for="model-progress">
            {megabytes(model.bytes)} of {megabytes(model.total)}
          </label>
          <progress id="model-progress" max={model.total} value={model.bytes} />
          <p>You can go on working. If it breaks off, it goes on from there.</p>
          {doing.busy && (
            <Button look="second" onClick={() => stop.current?.abort()}>
              Stop fetching
            </Button>
          )}
        </Notice>
      )}
      {model.state === 'corrupt' && (
        <Notice kind="error" heading="The speech model is damaged" live>
          <p>What is stored is not what the council’s server offers, so it is not used. Your recordings are safe.</p>
          <Button onClick={fetchIt} busy={doing.busy}>
            Fetch it again{size}
          </Button>
        </Notice>
      )}
      {model.state === 'too-weak' && (
        <Notice kind="warning" heading="This phone is too slow to write down speech">
          <p>Your recordings stay here, sealed. They are never sent anywhere by themselves.</p>
          <p>Type the visit instead: you can hear the recording while you type, and delete it afterwards.</p>
        </Notice>
      )}
      {model.state === 'ready' && (
        <Notice kind="success" heading="The speech model is ready">
          <p>{model.name}: this phone can write down what you say, with no signal.</p>
        </Notice>
      )}
      <Problem error={doing.error} kept="What was fetched so far is kept." />
    </div>
  );
}
