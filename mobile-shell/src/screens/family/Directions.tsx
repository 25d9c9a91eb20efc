/** Direction of travel as each author sees it, with because. */
import { Icon, type Sign } from '../frame/Icon';
import type { DirectionLine } from '../shapes';
import { CitedLine } from './CitedLine';

/** A sign for each built-in direction, by its label. */
const SIGNS: Record<string, Sign> = {
  improving: 'up',
  'some improvement': 'up',
  'no change': 'same',
  mixed: 'mixed',
  worsening: 'down',
  'too early': 'clock',
  'not assessed': 'question',
};

export function Directions({ family, directions }: { family: string; directions: readonly DirectionLine[] }) {
  return (
    <section class="section">
      <h2>Are things improving?</h2>
      {directions.length === 0 ? (
        <p class="small">Nobody has said yet.</p>
      ) : (
        <div class="card">
          {directions.map((it, index) => (
            <CitedLine
              key={index}
              family={family}
              line={it.line}
              before={
                <strong style="display:block">
                  <Icon sign={SIGNS[it.direction] ?? 'info'} /> {it.domain ?? 'the family as a whole'}: {it.direction}
                </strong>
              }
            />
          ))}
        </div>
      )}
    </section>
  );
}
