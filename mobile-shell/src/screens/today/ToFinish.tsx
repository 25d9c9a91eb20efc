/** What waits for its author: refused first, then recordings, then drafts. */
import { useReach } from '../frame/context';
import { Icon, type Sign } from '../frame/Icon';
import { useReading } from '../frame/watching';
import { many } from '../frame/when';
import type { Today } from '../shapes';

export function ToFinish({ today }: { today: Today }) {
  const { app, go } = useReach();
  const recordings = useReading(() => app.recordings(), [app], (listener) => app.onChange(listener));
  const waiting = recordings.state === 'ready' ? recordings.value.filter((it) => it.draft === undefined).length : 0;
  const lines = [
    today.refused.length > 0 && { sign: 'error' as Sign, text: `${many(today.refused.length, 'entry', 'entries')} refused: needs you` },
    waiting > 0 && { sign: 'mic' as Sign, text: `${many(waiting, 'recording')} to write down` },
    today.drafts.length > 0 && { sign: 'edit' as Sign, text: `${many(today.drafts.length, 'draft')} to check and complete` },
  ].filter((it) => it !== false);
  if (lines.length === 0) return null;
  return (
    <article class={`card card--open${today.refused.length > 0 ? ' card--late' : ''}`}>
      <h2>
        <button type="button" class="card__link" onClick={() => go({ at: 'waiting' })}>
          To finish
        </button>
      </h2>
      <span class="card__sign">
        <Icon sign="open" />
      </span>
      <ul class="plain-list">
        {lines.map((line) => (
          <li key={line.text}>
            <Icon sign={line.sign} /> {line.text}
          </li>
        ))}
      </ul>
    </article>
  );
}
