/** Who may read the entry: the team, or a restricted part that this phone holds. */
import { OneOf } from '../../frame/Choice';
import { useReach } from '../../frame/context';
import { capital, label } from '../../frame/labels';
import { Notice } from '../../frame/Notice';
import type { Desk } from '../useDraft';

export function KeepPart({ desk }: { desk: Desk }) {
  const { terms } = useReach();
  const { kept, cast } = desk;
  const held = cast.compartments.map((it) => it.compartment);
  const options = [...new Set([...held, kept.compartment, kept.asked])];
  return (
    <>
      {kept.mustNotShareWith.length > 0 && (
        <Notice kind="error" heading={`Must not be shared with ${kept.mustNotShareWith.join(' or ')}`}>
          <p>You said so. Choose a restricted part that they cannot ask to read.</p>
        </Notice>
      )}
      {kept.asked !== 'team' && (
        <p>
          You asked for it to be restricted: <strong>{label(terms.compartments, kept.asked)}</strong>.
        </p>
      )}
      <OneOf
        legend="Who may read it?"
        wide
        options={options.map((code) => ({
          code,
          label: capital(label(terms.compartments, code)),
          hint: !held.includes(code)
            ? 'This phone does not hold it: it cannot be completed here'
            : code === 'team'
              ? 'Everybody who works with the family'
              : 'Only its named members',
        }))}
        value={kept.compartment}
        onPick={(compartment) => desk.changeKept((it) => ({ ...it, compartment }))}
      />
    </>
  );
}
