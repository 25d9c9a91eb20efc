/** Concerns with views, readings, tools, direction and actions of one entry. */
import { useReach } from '../frame/context';
import { capital, label, partyName } from '../frame/labels';
import { longDay } from '../frame/when';
import type { Readable } from '../check/asPage';
import { Part } from './EntryBody';

export function Measures({ page }: { page: Readable }) {
  const { terms } = useReach();
  const { entry } = page;
  const concerns = Object.entries(page.concerns);
  const actions = Object.entries(page.actions);
  return (
    <>
      {concerns.length > 0 && (
        <Part heading="Concerns, and who shares them">
          {concerns.map(([id, concern]) => (
            <div key={id}>
              <p>
                <strong>{concern.here ? '' : 'Raised before: '}</strong>
                {concern.record.statement}
              </p>
              <ul class="bullets">
                {(entry.views ?? [])
                  .filter((it) => it.concern === id)
                  .map((view, index) => (
                    <li key={index}>
                      {partyName(page, view.holder)}: <strong>{label(terms.agreements, view.agreement)}</strong>
                      {view.words && `, “${view.words}”`}
                    </li>
                  ))}
              </ul>
            </div>
          ))}
        </Part>
      )}
      {(entry.readings ?? []).length > 0 && (
        <Part heading="Readings">
          {(entry.readings ?? []).map((it, index) => (
            <p key={index}>
              {capital(it.scale.replaceAll('-', ' '))}, {partyName(page, it.holder)}: <strong>{it.value} of 10</strong>
              {it.because && `, because ${it.because}`}
            </p>
          ))}
        </Part>
      )}
      {(entry.tools ?? []).length > 0 && (
        <Part heading="Tools used">
          {(entry.tools ?? []).map((it, index) => (
            <p key={index}>
              {capital(label(terms.tools, it.tool))}
              {it.score !== undefined && `: ${it.score}`}
              {it.previous !== undefined && ` (before: ${it.previous})`}
              {it.judgement && `. Professional judgement: ${it.judgement}`}
              {it.reflection && `. ${it.reflection}`}
            </p>
          ))}
        </Part>
      )}
      {(entry.direction ?? []).length > 0 && (
        <Part heading="Are things improving?">
          {(entry.direction ?? []).map((it, index) => (
            <p key={index}>
              {capital(it.domain ? label(terms.domains, it.domain) : 'the family as a whole')}:{' '}
              <strong>{label(terms.directions, it.direction)}</strong>
              {it.because && `, because ${it.because}`}
            </p>
          ))}
        </Part>
      )}
      {actions.length > 0 && (
        <Part heading="Actions">
          {actions.map(([id, action]) => (
            <p key={id}>
              {action.record.text}
              {action.record.owner && ` · ${partyName(page, action.record.owner)}`}
              {action.record.due && ` · by ${longDay(action.record.due)}`}
            </p>
          ))}
        </Part>
      )}
    </>
  );
}
