/** What the council's own sign-in says when it lets nobody in: the server sends the page back with a code. */

/** Where it begins; it ends at the app's first page. */
export const COUNCIL_SIGN_IN = '/api/oidc/start';

const PARAMETER = 'sign-in';

/** Codes of `GET /api/oidc/callback`. */
const REFUSALS: Record<string, string> = {
  'not-linked': 'Your council account is not linked to the workbook yet. Ask whoever runs it to link it, then sign in again.',
  'provider-refused': 'The council’s sign-in did not let you in. Try again, or ask your IT support.',
  'provider-unreachable': 'The council’s sign-in can not be reached. Try again in a few minutes.',
  'not-begun-here': 'It took longer than ten minutes, or began in another window. Sign in again, here.',
};

/** What to tell somebody who comes back from the council's sign-in; undefined when all is well. */
export function councilRefusal(search: string): string | undefined {
  const code = new URLSearchParams(search).get(PARAMETER);
  if (code === null) return undefined;
  return (Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined) ?? 'The sign-in did not work. Try again, or ask whoever runs the system.';
}

/** The address without it. */
export function withoutRefusal({ pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>): string {
  const rest = new URLSearchParams(search);
  rest.delete(PARAMETER);
  return pathname + (rest.size === 0 ? '' : `?${rest}`) + hash;
}
