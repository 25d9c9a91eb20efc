/** A draft that waits: how far it is, and discarding it only when asked twice. */
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Icon } from '../frame/Icon';
import { capital, label } from '../frame/labels';
import { many, shortDay } from '../frame/when';
import type { DraftCard } from '../shapes';
import { Discard } from './Discard';

export function DraftTile({ draft }: { draft: DraftCard }) {
  const { app, go, terms } = useReach();
  const { review } = draft;
  const open = [
    review.unsaid.length > 0 && many(review.unsaid.length, 'question') + ' open',
    review.unsettled.length > 0 && many(review.unsettled.length, 'word') + ' to check',
  ].filter((it): it is string => typeof it === 'string');
  return (
    <article class="card">
      <h3>{draft.familyName ?? 'A family'}</h3>
      <p>
        {draft.kind === undefined ? 'Kind not said yet' : capital(draft.kind)}, {shortDay(draft.day)}
        {draft.compartment !== 'team' && ` · restricted: ${label(terms.compartments, draft.compartment)}`}
      </p>
      <p>
        {review.lateDays !== undefined && (
          <span class="state state--late">
            <Icon sign="warning" />
            Past the time limit by {many(review.lateDays, 'day')}: you can still complete it
          </span>
        )}{' '}
        <span class="state state--plain">
          <Icon sign={review.canComplete ? 'tick' : 'edit'} />
          {review.canComplete ? 'Ready to complete' : open.join(', ') || 'Not complete'}
        </span>
      </p>
      <div class="row">
        <Discard what="draft" discard={() => app.discard(draft.id)} />
        <Button onClick={() => go({ at: 'check', id: draft.id })}>
          Go on<span class="govuk-visually-hidden"> with {draft.familyName}</span>
        </Button>
      </div>
    </article>
  );
}
