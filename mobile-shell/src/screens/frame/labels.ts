/** Codes to what people read. The lists come from the core; an unknown code shows itself. */
import type { Party, Term } from '../shapes';

/** The label of a code. */
export function label(terms: readonly Term[], code: string | undefined): string {
  if (code === undefined) return '';
  return terms.find((it) => it.code === code)?.label ?? code;
}

/** With its first letter large, for the beginning of a line. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Names by id. */
export interface Names {
  people: Readonly<Record<string, string>>;
  professionals: Readonly<Record<string, string>>;
}

/** The name of whoever takes part. */
export function partyName(names: Names, party: Party): string {
  if ('person' in party) return names.people[party.person] ?? 'somebody';
  if ('professional' in party) return names.professionals[party.professional] ?? 'a professional';
  return party.named;
}
