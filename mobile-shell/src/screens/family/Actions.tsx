/** Open actions, overdue ones first; each can be given news. */
import { Quiet } from '../frame/Button';
import { useReach } from '../frame/context';
import { Icon } from '../frame/Icon';
import { shortDay } from '../frame/when';
import type { ActionLine } from '../shapes';
import { CitedLine } from './CitedLine';

export function Actions({ family, actions, level = 2 }: { family: string; actions: readonly ActionLine[]; level?: 2 | 3 }) {
  const { go } = useReach();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section class="section">
      <Heading>Open actions</Heading>
      {actions.length === 0 && <p class="small">No open actions.</p>}
      {actions.map((action) => (
        <div class={`card${action.overdue ? ' card--late' : ''}`} key={action.id}>
          <p>
            {action.overdue ? (
              <span class="state state--late">
                <Icon sign="warning" />
                Overdue since {shortDay(action.due ?? '')}
              </span>
            ) : (
              <span class="state state--plain">
                <Icon sign="clock" />
                {action.due === undefined ? 'No date set' : `By ${shortDay(action.due)}`}
              </span>
            )}{' '}
            {action.status.length > 1 && (
              <span class="state state--refused">
                <Icon sign="mixed" />
                The record disagrees: {action.status.join(' / ')}
              </span>
            )}
          </p>
          <CitedLine family={family} line={action.line} />
          <Quiet sign="edit" onClick={() => go({ at: 'action', family, id: action.id })}>
            Say how it stands
            <span class="govuk-visually-hidden">: {action.line.text}</span>
          </Quiet>
        </div>
      ))}
    </section>
  );
}
