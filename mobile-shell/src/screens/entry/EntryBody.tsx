/** What an entry says, in the order in which people read it. Empty parts are left out. */
import type { ComponentChildren } from 'preact';
import { useReach } from '../frame/context';
import { capital, label, partyName } from '../frame/labels';
import { longDay } from '../frame/when';
import type { Readable } from '../check/asPage';
import { Children } from './Children';
import { Measures } from './Measures';
import { Statements } from './Statements';

export function EntryBody({ page }: { page: Readable }) {
  const { terms } = useReach();
  const { entry } = page;
  const names = (parties: typeof entry.present) => (parties ?? []).map((it) => partyName(page, it)).join(', ');
  return (
    <>
      {entry.immediateSafety && (
        <Part heading="Safety there and then">
          <p>{capital(label(terms.immediateSafety, entry.immediateSafety))}</p>
        </Part>
      )}
      <Children page={page} />
      <Part heading="About the contact">
        <dl class="facts">
          <Fact name="Place" value={entry.place} />
          <Fact name="Purpose" value={entry.purpose} />
          <Fact
            name="Family knew"
            value={entry.announced === undefined ? undefined : entry.announced ? 'Yes, it was announced' : 'No, it was unannounced'}
          />
          <Fact name="Present" value={names(entry.present)} />
          <Fact name="Not there" value={names(entry.absent)} />
          <Fact name="Next contact" value={entry.nextContact && longDay(entry.nextContact)} />
          <Fact name="Stage of change" value={entry.stageOfChange && label(terms.stagesOfChange, entry.stageOfChange)} />
        </dl>
      </Part>
      {entry.significantEvent && (
        <Part heading="Significant event">
          <p>
            <strong>{capital(label(terms.significantEvents, entry.significantEvent.kind))}:</strong>{' '}
            {entry.significantEvent.text}
          </p>
          {entry.significantEvent.effect && <p>Effect on the child: {entry.significantEvent.effect}</p>}
        </Part>
      )}
      <Statements page={page} />
      {entry.analysis && (
        <Part heading="What it means">
          {entry.analysis.changed && <p>What changed: {entry.analysis.changed}</p>}
          {(entry.analysis.meaning ?? []).map((it) => (
            <p key={it.child}>
              For {page.people[it.child] ?? 'the child'}: {it.text}
            </p>
          ))}
          {entry.analysis.uncertain && <p>What is uncertain: {entry.analysis.uncertain}</p>}
        </Part>
      )}
      <Measures page={page} />
    </>
  );
}

/** A part with its heading. */
export function Part({ heading, children }: { heading: string; children: ComponentChildren }) {
  return (
    <section class="section">
      <h2>{heading}</h2>
      <div class="card">{children}</div>
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string | undefined }) {
  if (!value) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
