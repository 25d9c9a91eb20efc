/** Everything in the draft at one glance, each part to be opened and changed. What is missing comes first. */
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { capital, label } from '../frame/labels';
import { Notice } from '../frame/Notice';
import { many, shortDay } from '../frame/when';
import { AboutPart } from './parts/AboutPart';
import { ActionsPart } from './parts/ActionsPart';
import { AnalysisPart } from './parts/AnalysisPart';
import { ConcernsPart } from './parts/ConcernsPart';
import { DirectionPart } from './parts/DirectionPart';
import { KeepPart } from './parts/KeepPart';
import { Part } from './parts/Part';
import { ReadingsPart } from './parts/ReadingsPart';
import { SafetyPart } from './parts/SafetyPart';
import { StatementsPart } from './parts/StatementsPart';
import { StrengthsPart } from './parts/StrengthsPart';
import { ToolsPart } from './parts/ToolsPart';
import { PeopleStep } from './PeopleStep';
import type { Desk } from './useDraft';

export function Overview({ desk, toRead }: { desk: Desk; toRead: (() => void) | undefined }) {
  const { terms } = useReach();
  const { entry, concerns, actions } = desk.kept.draft;
  const unsaid = new Set(desk.kept.draft.unsaid ?? []);
  const names = Object.fromEntries(desk.cast.people.map((it) => [it.id, it.name]));
  const count = (list: readonly unknown[] | undefined, one: string, more?: string) =>
    (list ?? []).length === 0 ? 'none' : many((list ?? []).length, one, more);
  const kind = unsaid.has('kind') ? 'kind not said' : label(terms.kinds, entry.kind);
  return (
    <>
      <Open desk={desk} toRead={toRead} />
      <Part name="What and when" brief={`${kind}, ${shortDay(entry.occurred.start)}`} open={unsaid.size > 0}>
        <AboutPart desk={desk} />
      </Part>
      <Part
        name="Who was there"
        brief={(entry.children ?? []).map((it) => `${names[it.child] ?? 'a child'} ${label(terms.seen, it.seen)}`).join(', ') || 'no child named'}
      >
        <PeopleStep desk={desk} />
      </Part>
      <Part name="Safety there and then" brief={entry.immediateSafety ? label(terms.immediateSafety, entry.immediateSafety) : 'not said'}>
        <SafetyPart desk={desk} />
      </Part>
      <Part name="What goes well" brief={count(entry.strengths, 'strength')}>
        <StrengthsPart desk={desk} />
      </Part>
      <Part name="Concerns, and who shares them" brief={count([...Object.keys(concerns), ...otherConcerns(desk)], 'concern')}>
        <ConcernsPart desk={desk} />
      </Part>
      <Part name="What was seen, said and thought" brief={count(entry.statements, 'statement')}>
        <StatementsPart desk={desk} />
      </Part>
      <Part name="What it means" brief={entry.analysis ? 'written' : 'nothing yet'}>
        <AnalysisPart desk={desk} />
      </Part>
      <Part name="Readings" brief={(entry.readings ?? []).map((it) => String(it.value)).join(', ') || 'none'}>
        <ReadingsPart desk={desk} />
      </Part>
      <Part name="Tools" brief={(entry.tools ?? []).map((it) => label(terms.tools, it.tool)).join(', ') || 'none'}>
        <ToolsPart desk={desk} />
      </Part>
      <Part
        name="Are things improving?"
        brief={(entry.direction ?? []).map((it) => label(terms.directions, it.direction)).join(', ') || 'not said'}
      >
        <DirectionPart desk={desk} />
      </Part>
      <Part name="Actions and next contact" brief={`${count(Object.keys(actions), 'action')}${entry.nextContact ? `, next ${shortDay(entry.nextContact)}` : ''}`}>
        <ActionsPart desk={desk} />
      </Part>
      <Part name="Who may read it" brief={capital(label(terms.compartments, desk.kept.compartment))}>
        <KeepPart desk={desk} />
      </Part>
    </>
  );
}

/** What must be done, and what may be left out. */
function Open({ desk, toRead }: { desk: Desk; toRead: (() => void) | undefined }) {
  const { review } = desk;
  const must = [
    ...review.unsaid.map((it) => capital(it.message)),
    ...(review.unsettled.length > 0 ? [`Check ${many(review.unsettled.length, 'word')} in the text`] : []),
  ];
  // The core names what was not said among what is missing, too: once is enough.
  const told = new Set(review.unsaid.map((it) => it.message));
  const may = review.missing.filter((it) => !told.has(it.message));
  return (
    <>
      {must.length > 0 && (
        <Notice kind="warning" heading="Before you can complete it">
          <ul class="bullets">
            {must.map((it) => (
              <li key={it}>{it}</li>
            ))}
          </ul>
          {review.unsettled.length > 0 && toRead && (
            <Button look="second" onClick={toRead}>
              Go to the words
            </Button>
          )}
        </Notice>
      )}
      {may.length > 0 && (
        <Notice heading="You may want to add">
          <ul class="bullets">
            {may.map((it, index) => (
              <li key={index}>
                {it.name === undefined ? capital(it.message) : `${it.name}: ${it.message}`}
              </li>
            ))}
          </ul>
          <p class="small">You can complete without it.</p>
        </Notice>
      )}
      {must.length === 0 && may.length === 0 && (
        <Notice kind="success" heading="Nothing is missing">
          <p>Look through it, then read and complete it.</p>
        </Notice>
      )}
    </>
  );
}

/** Concerns raised before on which this entry has views. */
function otherConcerns({ kept }: Desk): string[] {
  const own = kept.draft.concerns;
  return [...new Set((kept.draft.entry.views ?? []).map((it) => it.concern))].filter((it) => !(it in own));
}
