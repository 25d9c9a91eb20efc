/** Any record, readable: names of fields as words, ids and marks of the machine left out. */
import type { ComponentChildren } from 'preact';
import { useReach } from '../frame/context';
import { longDay } from '../frame/when';
import type { Term } from '../shapes';

const HIDDEN = new Set(['id', 'by', 'at', 'device', 'span', 'person', 'professional', 'child', 'concern', 'action', 'entry', 'provenance']);
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

export function Content({ value }: { value: unknown }): ComponentChildren {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    const shown = value.filter((it) => !(typeof it === 'string' && UUID.test(it)));
    if (shown.length === 0) return null;
    return (
      <ul class="bullets">
        {shown.map((it, index) => (
          <li key={index}>
            <Content value={it} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === 'object') {
    const fields = Object.entries(value).filter(([key, field]) => !HIDDEN.has(key) && told(field));
    return (
      <dl class="facts">
        {fields.map(([key, field]) => (
          <div key={key}>
            <dt>{words(key)}</dt>
            <dd>
              <Content value={field} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return <Plain text={String(value)} />;
}

/** A code as its label, a date as a day, else as it is. */
function Plain({ text }: { text: string }) {
  const { terms } = useReach();
  const lists = Object.values(terms).filter((it): it is Term[] => Array.isArray(it));
  const term = lists.flat().find((it) => it.code === text);
  if (term) return <>{term.label}</>;
  const day = /^\d{4}-\d\d-\d\d(T(\d\d:\d\d).*)?$/.exec(text);
  if (day === null) return <>{text}</>;
  return <>{day[2] === undefined ? longDay(text) : `${longDay(text)}, ${day[2]}`}</>;
}

/** Whether anything of it would be shown. */
function told(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false;
  if (typeof value === 'string') return !UUID.test(value);
  if (Array.isArray(value)) return value.some(told);
  if (typeof value === 'object') return Object.entries(value).some(([key, it]) => !HIDDEN.has(key) && told(it));
  return true;
}

/** "immediateSafety" as "Immediate safety". */
function words(key: string): string {
  const spaced = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
