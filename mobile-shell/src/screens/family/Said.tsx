/** What each person said last, in their words as they were recorded. */
import { Quiet } from '../frame/Button';
import { useReach } from '../frame/context';
import { shortDay } from '../frame/when';
import type { SaidLast } from '../shapes';

export function Said({ family, said }: { family: string; said: readonly SaidLast[] }) {
  const { go } = useReach();
  if (said.length === 0) return null;
  return (
    <section class="section">
      <h2>What each said last</h2>
      {said.map((it) => (
        <div class="card" key={it.person + it.entry}>
          <h3>{it.name}</h3>
          <div class="said">
            <p>{it.words}</p>
          </div>
          <Quiet sign="open" onClick={() => go({ at: 'entry', family, id: it.entry })}>
            {shortDay(it.day)}, recorded by {it.author}
          </Quiet>
        </div>
      ))}
    </section>
  );
}
