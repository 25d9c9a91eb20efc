/** Each child of an entry: seen, seen alone or why not, and their voice. */
import { useReach } from '../frame/context';
import { capital, label } from '../frame/labels';
import type { Readable } from '../check/asPage';

export function Children({ page }: { page: Readable }) {
  const { terms } = useReach();
  const children = page.entry.children ?? [];
  if (children.length === 0) return null;
  return (
    <section class="section">
      <h2>The children</h2>
      {children.map((child) => (
        <div class="card" key={child.child}>
          <h3>{page.people[child.child] ?? 'A child'}</h3>
          <dl class="facts">
            <div>
              <dt>Seen</dt>
              <dd>{capital(label(terms.seen, child.seen))}</dd>
            </div>
            {child.alone !== undefined && (
              <div>
                <dt>Seen alone</dt>
                <dd>{capital(label(terms.seenAlone, child.alone))}</dd>
              </div>
            )}
          </dl>
          {child.voice && (
            <div class="said">
              <p>{child.voice.words}</p>
              {child.voice.how && <p class="small">How: {child.voice.how}</p>}
            </div>
          )}
        </div>
      ))}
    </section>
  );
}
