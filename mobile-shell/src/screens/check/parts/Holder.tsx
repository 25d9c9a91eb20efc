/** Whose it is: one of the family, a professional, or somebody by name. */
import { Pick } from '../../frame/Choice';
import type { Cast, Party } from '../../shapes';
import { codeOf, partyOf, partyOptions } from '../parties';

export function Holder({ cast, label, value, onPick, none }: {
  cast: Cast;
  label: string;
  value: Party | undefined;
  onPick: (party: Party | undefined) => void;
  none?: string;
}) {
  const options = partyOptions(cast, value ? [value] : [], true, true).map((it) => ({
    code: it.code,
    label: it.hint ? `${it.label} (${it.hint.toLowerCase()})` : it.label,
  }));
  return (
    <Pick
      label={label}
      options={options}
      value={value && codeOf(value)}
      onPick={(code) => onPick(code === '' ? undefined : partyOf(code))}
      {...(none === undefined ? {} : { none })}
    />
  );
}
