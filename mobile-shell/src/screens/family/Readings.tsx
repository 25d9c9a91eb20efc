/** Readings side by side, each its holder's own. There is no mean of them anywhere. */
import { useReach } from '../frame/context';
import { capital } from '../frame/labels';
import { shortDay } from '../frame/when';
import type { ReadingLine } from '../shapes';

export function Readings({ family, readings }: { family: string; readings: readonly ReadingLine[] }) {
  if (readings.length === 0) return null;
  const scales = [...new Set(readings.map((it) => it.scale))];
  return (
    <section class="section">
      <h2>Readings, side by side</h2>
      {scales.map((scale) => (
        <div key={scale}>
          <h3>{capital(scale.replaceAll('-', ' '))}</h3>
          <p class="small">0 is the worst or unsafe. 10 is safe enough to close.</p>
          <ul class="readings">
            {readings
              .filter((it) => it.scale === scale)
              .map((reading, index) => (
                <li key={index}>
                  <One family={family} reading={reading} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function One({ family, reading }: { family: string; reading: ReadingLine }) {
  const { go } = useReach();
  const source = reading.line.citations[0];
  const content = (
    <>
      <strong>{reading.holder}</strong>
      <span class="reading__value figure">
        {reading.value} <span class="reading__of">of 10</span>
      </span>
      {source && <span class="small">{shortDay(source.date)}</span>}
    </>
  );
  const entry = source?.entry;
  if (entry === undefined) return <div class="reading">{content}</div>;
  return (
    <button type="button" class="reading" onClick={() => go({ at: 'entry', family, id: entry })}>
      {content}
    </button>
  );
}

