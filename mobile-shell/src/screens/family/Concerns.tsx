/** Concerns with who shares them: everybody's own view, side by side, each opening its entry. */
import { useReach } from '../frame/context';
import { Icon, type Sign } from '../frame/Icon';
import type { ConcernLine, ViewLine } from '../shapes';
import { CitedLine } from './CitedLine';

/** A sign for each built-in agreement, by its label; a council's own has none. */
const SIGNS: Record<string, Sign> = {
  'shares fully': 'tick',
  'shares partly': 'half',
  'sees it differently': 'mixed',
  'does not share': 'remove',
  'not yet discussed': 'clock',
  'unsafe to discuss': 'noentry',
  'unable to say': 'question',
};

export function Concerns({ family, concerns }: { family: string; concerns: readonly ConcernLine[] }) {
  return (
    <section class="section">
      <h2>Concerns, and who shares them</h2>
      {concerns.length === 0 && <p class="small">No concerns recorded.</p>}
      {concerns.map((concern) => (
        <article class="card" key={concern.id}>
          <p class="small">
            {[concern.domain, ...concern.children].filter(Boolean).join(' · ')}
          </p>
          <CitedLine family={family} line={concern.line} />
          {concern.closed && <CitedLine family={family} line={concern.closed} before={<strong>Closed. </strong>} />}
          <Agreement family={family} views={concern.views} />
        </article>
      ))}
    </section>
  );
}

function Agreement({ family, views }: { family: string; views: readonly ViewLine[] }) {
  const { go } = useReach();
  if (views.length === 0) return <p class="small">Nobody’s view is recorded yet.</p>;
  return (
    <>
      <h3>Who shares it</h3>
      <dl class="facts">
        {views.map((view, index) => {
          const entry = view.line.citations.find((it) => it.entry)?.entry;
          return (
            <div key={index}>
              <dt>{view.holder}</dt>
              <dd>
                <span class="agreement">
                  <Icon sign={SIGNS[view.agreement] ?? 'info'} />
                  <strong>{view.agreement}</strong>
                </span>
                {view.before && <div class="small">before: {view.before}</div>}
                {entry && (
                  <button type="button" class="quiet" onClick={() => go({ at: 'entry', family, id: entry })}>
                    Open its entry<span class="govuk-visually-hidden">: {view.line.text}</span>
                  </button>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </>
  );
}
