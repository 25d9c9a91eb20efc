/** Parties as codes for choices, and back. */
import { capital } from '../frame/labels';
import type { Option } from '../frame/Choice';
import type { Cast, Party } from '../shapes';

/** `kind:value`, for a choice. */
export function codeOf(party: Party): string {
  if ('person' in party) return `person:${party.person}`;
  if ('professional' in party) return `professional:${party.professional}`;
  return `named:${party.named}`;
}

/** Back from a code. */
export function partyOf(code: string): Party {
  const value = code.slice(code.indexOf(':') + 1);
  if (code.startsWith('person:')) return { person: value };
  if (code.startsWith('professional:')) return { professional: value };
  return { named: value };
}

/** Who can be chosen: the family (with or without its children), professionals, and names in use. */
export function partyOptions(cast: Cast, inUse: readonly Party[], withChildren: boolean, withMe = false): Option[] {
  const people = cast.people
    .filter((it) => withChildren || !it.child)
    .map((it) => ({ code: `person:${it.id}`, label: it.name, hint: capital(it.roleLabel) }));
  const professionals = cast.professionals
    .filter((it) => withMe || !it.me)
    .map((it) => ({
      code: `professional:${it.id}`,
      label: it.me ? 'Me' : it.name,
      hint: it.me ? it.name : capital(it.disciplineLabel),
    }));
  const known = new Set([...people, ...professionals].map((it) => it.code));
  const others = inUse
    .map((it) => ({ code: codeOf(it), party: it }))
    .filter(({ code, party }) => 'named' in party && !known.has(code))
    .map(({ code, party }) => ({ code, label: 'named' in party ? party.named : code, hint: 'Not in the workbook' }));
  return [...people, ...professionals, ...others];
}
