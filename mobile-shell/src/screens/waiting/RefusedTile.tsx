/** A refused change in the list. */
import { useReach } from '../frame/context';
import { Icon } from '../frame/Icon';
import { shortDay } from '../frame/when';
import type { Refused } from '../shapes';

export function RefusedTile({ refused }: { refused: Refused }) {
  const { go } = useReach();
  return (
    <article class="card card--open card--late">
      <h3>
        <button type="button" class="card__link" onClick={() => go({ at: 'refused', id: refused.id })}>
          {refused.familyName}, written {shortDay(refused.written)}
        </button>
      </h3>
      <span class="card__sign">
        <Icon sign="open" />
      </span>
      <p>
        <span class="state state--refused">
          <Icon sign="error" />
          Refused
        </span>
      </p>
      <p>{refused.refusal.message}</p>
    </article>
  );
}
