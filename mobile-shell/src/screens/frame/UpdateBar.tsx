/** A new version waits for its person; it is not even mentioned during a dictation. */
import { Quiet } from './Button';
import { useReach } from './context';
import { Problem } from './Problem';
import { useDoing, useWatch } from './watching';

export function UpdateBar() {
  const { app } = useReach();
  const update = useWatch(app.update);
  const recorder = useWatch(app.recorder.state);
  const doing = useDoing();
  const dictating = recorder.state !== 'idle' && recorder.state !== 'refused';
  if (dictating || update.state === 'none' || update.state === 'held') return null;
  return (
    <div class="update" role="status">
      {update.state === 'ready' ? (
        <>
          <span>A new version is ready. Your work stays.</span>
          <Quiet onClick={() => void doing.run(() => app.applyUpdate())}>Update now</Quiet>
        </>
      ) : (
        <span>Updating. One moment.</span>
      )}
      <Problem error={doing.error} />
    </div>
  );
}
