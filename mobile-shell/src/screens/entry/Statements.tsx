/** What was said, in order: each with what kind of statement it is, from whom and about whom. */
import { useReach } from '../frame/context';
import { capital, label, partyName } from '../frame/labels';
import type { Readable } from '../check/asPage';
import type { Statement } from '../shapes';
import { Part } from './EntryBody';

export function Statements({ page }: { page: Readable }) {
  const statements = page.entry.statements ?? [];
  const strengths = page.entry.strengths ?? [];
  return (
    <>
      {strengths.length > 0 && (
        <Part heading="What goes well">
          {strengths.map((it, index) => (
            <p key={index}>{it.text}</p>
          ))}
        </Part>
      )}
      {statements.length > 0 && (
        <Part heading="What was seen, said and thought">
          {statements.map((it, index) => (
            <One key={index} page={page} statement={it} />
          ))}
        </Part>
      )}
    </>
  );
}

function One({ page, statement }: { page: Readable; statement: Statement }) {
  const { terms } = useReach();
  const about = (statement.about ?? []).map((id) => page.people[id] ?? 'somebody').join(', ');
  const nature = capital(label(terms.natures, statement.nature));
  const from = statement.source ? ` ${partyName(page, statement.source)}` : '';
  return (
    <div>
      <p style="margin-bottom:0">{statement.text}</p>
      <p class="small">
        {nature}
        {from}
        {about !== '' && ` · about ${about}`}
      </p>
    </div>
  );
}
