/** One family of today's list: what is due and why, who was seen when, what waits. */
import { useReach } from '../frame/context';
import { Icon } from '../frame/Icon';
import { capital, label } from '../frame/labels';
import { many, shortDay } from '../frame/when';
import type { ChildCard, Compartment, DueCard, FamilyCard, NextContact } from '../shapes';

export function FamilyTile({ family }: { family: FamilyCard }) {
  const { go } = useReach();
  const first = mostUrgent(family.children);
  const late = first !== undefined && first.due.overdueDays > 0;
  const overdueActions = family.actions.filter((action) => action.overdue).length;
  return (
    <article class={`card card--open${late ? ' card--late' : ''}`}>
      <h3>
        <button type="button" class="card__link" onClick={() => go({ at: 'prepare', family: family.family })}>
          {family.name}
        </button>
      </h3>
      <span class="card__sign">
        <Icon sign="open" />
      </span>
      {family.problem !== undefined && <p>{family.problem}</p>}
      {first && <DueLine due={first.due} child={first.child.name} />}
      {family.nextContact && <NextLine next={family.nextContact} />}
      {family.children.length > 0 && (
        <p class="small">
          {family.children.map((child) => (
            <span key={child.child} style="display:block">
              {child.name}: {child.lastSeen === undefined ? 'not seen yet' : `last seen ${shortDay(child.lastSeen)}`}
              {child.lastSeen !== undefined && aloneNote(child)}
              <Restricted to={child.compartment} />
            </span>
          ))}
        </p>
      )}
      <Signs family={family} overdueActions={overdueActions} />
    </article>
  );
}

function DueLine({ due, child }: { due: DueCard; child: string }) {
  return (
    <p>
      {due.overdueDays > 0 ? (
        <span class="state state--late">
          <Icon sign="warning" />
          Overdue by {many(due.overdueDays, 'day')}
        </span>
      ) : (
        <span class="state state--plain">
          <Icon sign="clock" />
          Due by {shortDay(due.due)}
        </span>
      )}
      <br />
      {capital(due.title)}, {child}
    </p>
  );
}

/** The day that I named myself. */
function NextLine({ next }: { next: NextContact }) {
  return (
    <p class="small">
      {next.overdue ? 'You were to see them on ' : 'You are to see them on '}
      {shortDay(next.day)}
      <Restricted to={next.compartment} />
    </p>
  );
}

/** What only the members of a compartment know is not to be said to others. */
function Restricted({ to }: { to: Compartment | undefined }) {
  const { terms } = useReach();
  if (to === undefined) return null;
  return (
    <span class="state state--phone">
      <Icon sign="lock" />
      Restricted: {label(terms.compartments, to)}
    </span>
  );
}

function Signs({ family, overdueActions }: { family: FamilyCard; overdueActions: number }) {
  const facts = [
    family.workerSafety.length > 0 && 'Your safety: read before you go',
    family.mustNotBeSharedWith.length > 0 && 'Safety plan: must not be shared with some people',
    overdueActions > 0 && many(overdueActions, 'overdue action'),
    family.drafts > 0 && `${many(family.drafts, 'draft')} to finish`,
    family.waiting > 0 && `${many(family.waiting, 'change')} on this phone only`,
    family.refused > 0 && `${family.refused} refused: needs you`,
  ].filter((it): it is string => typeof it === 'string');
  if (facts.length === 0) return null;
  return (
    <ul class="bullets small">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

function aloneNote(child: ChildCard): string {
  if (child.lastSeenAlone === child.lastSeen) return ', alone';
  return child.lastSeenAlone === undefined ? ', not alone yet' : `, alone ${shortDay(child.lastSeenAlone)}`;
}

/** What to show first. The core has worked out each day; this only looks for the earliest. */
function mostUrgent(children: ChildCard[]): { child: ChildCard; due: DueCard } | undefined {
  const all = children.flatMap((child) => child.due.map((due) => ({ child, due })));
  return all.sort((a, b) => a.due.due.localeCompare(b.due.due))[0];
}
