/** How loud it is now: bars that follow the voice. Only a help for the eye; the words say the state. */
import { useEffect, useState } from 'preact/hooks';
import { useReach } from '../frame/context';

const BARS = 24;

export function Level() {
  const { app } = useReach();
  const [levels, setLevels] = useState<number[]>(() => Array<number>(BARS).fill(0));
  useEffect(
    () => app.recorder.level.watch((level) => setLevels((before) => [...before.slice(1), level])),
    [app],
  );
  const quiet = Math.max(...levels) < 0.02;
  return (
    <>
      <div class="level" aria-hidden="true">
        {levels.map((level, index) => (
          <span key={index} style={{ height: `${Math.round(4 + Math.sqrt(level) * 96)}%` }} />
        ))}
      </div>
      <p class="small">{quiet ? 'It hears nothing now.' : 'It hears you.'}</p>
    </>
  );
}
