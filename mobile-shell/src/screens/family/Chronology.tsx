/** Significant events by date, newest first on a phone: the latest is what is looked for in a car. */
import { useState } from 'preact/hooks';
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Notice } from '../frame/Notice';
import { longDay } from '../frame/when';
import type { Chronology, RoughDate } from '../shapes';
import { CitedLine, CitedLines } from './CitedLine';
import { OfFamily } from './OfFamily';

export function ChronologyScreen({ family }: { family: string }) {
  const { app } = useReach();
  const [oldestFirst, setOldestFirst] = useState(false);
  return (
    <OfFamily<Chronology>
      family={family}
      heading="Chronology"
      read={() => app.chronology(family)}
      actions={
        <Button look="second" onClick={() => setOldestFirst(!oldestFirst)}>
          {oldestFirst ? 'Show newest first' : 'Show oldest first'}
        </Button>
      }
    >
      {({ events, unreadable }) => (
        <>
          {unreadable.length > 0 && (
            <Notice kind="warning" heading="Some records cannot be read">
              <CitedLines family={family} lines={unreadable} />
            </Notice>
          )}
          {events.length === 0 && <p>No significant events are recorded yet.</p>}
          <p class="small" hidden={events.length === 0}>{oldestFirst ? 'Oldest first' : 'Newest first'}</p>
          <ol class="timeline">
            {(oldestFirst ? events : [...events].reverse()).map((event, index) => (
              <li key={index}>
                <h2>{roughly(event.when)}</h2>
                {event.names.length > 0 && <p class="small">{event.names.join(', ')}</p>}
                <CitedLine family={family} line={event.line} />
                {event.effect !== undefined && (
                  <p>
                    <strong>Effect on the child:</strong> {event.effect}
                  </p>
                )}
                <p class="small">Known from: {event.source}</p>
              </li>
            ))}
          </ol>
        </>
      )}
    </OfFamily>
  );
}

/** A date as exactly as it is known. */
function roughly({ date, precision }: RoughDate): string {
  const day = longDay(date);
  if (precision === 'year') return date.slice(0, 4);
  if (precision === 'month') return day.replace(/^\d+ /, '');
  return precision === 'about' ? `About ${day}` : day;
}
