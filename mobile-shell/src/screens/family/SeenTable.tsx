/** Each child: when last seen, when last seen alone, what is due. */
import { shortDay } from '../frame/when';
import type { PrepareChild } from '../shapes';
import { CitedLines } from './CitedLine';

export function SeenTable({ family, rows }: { family: string; rows: readonly PrepareChild[] }) {
  return (
    <section class="section">
      <h2>When the children were seen</h2>
      {rows.length === 0 && <p class="small">No children are in this workbook yet.</p>}
      {rows.map((row) => (
        <div class="card" key={row.child}>
          <h3>{row.name}</h3>
          <dl class="facts">
            <div>
              <dt>Last seen</dt>
              <dd>{row.lastSeen === undefined ? 'Not seen yet' : shortDay(row.lastSeen)}</dd>
            </div>
            <div>
              <dt>Last seen alone</dt>
              <dd>{row.lastSeenAlone === undefined ? 'Not alone yet' : shortDay(row.lastSeenAlone)}</dd>
            </div>
          </dl>
          <CitedLines family={family} lines={row.due} />
        </div>
      ))}
    </section>
  );
}
