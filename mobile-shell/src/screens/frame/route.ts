/**
 * Where in the app somebody is. Kept in the address after `#`, as kinds and UUIDs only: never a name,
 * so that neither history nor a screenshot of the address tells whose family it is.
 */

/** A place in the app. */
export type Route =
  | { at: 'today' }
  | { at: 'setup' }
  | { at: 'waiting' }
  | { at: 'settings' }
  | { at: 'rescue' }
  | { at: 'passkey' }
  | { at: 'passphrase' }
  | { at: 'model' }
  | { at: 'signOut' }
  | { at: 'refused'; id: string }
  | { at: 'family'; family: string }
  | { at: 'prepare'; family: string }
  | { at: 'chronology'; family: string }
  | { at: 'entries'; family: string }
  | { at: 'plan'; family: string }
  | { at: 'chapters'; family: string }
  | { at: 'settle'; family: string }
  | { at: 'record'; family: string }
  | { at: 'type'; family: string }
  | { at: 'entry'; family: string; id: string }
  | { at: 'append'; family: string; id: string }
  | { at: 'action'; family: string; id: string }
  | { at: 'done'; family: string; id: string }
  | { at: 'transcribe'; id: string }
  | { at: 'check'; id: string }
  | { at: 'attest'; id: string };

const PLAIN = ['today', 'setup', 'waiting', 'settings', 'rescue', 'passkey', 'passphrase', 'model', 'signOut'];
const OF_FAMILY = ['family', 'prepare', 'chronology', 'entries', 'plan', 'chapters', 'settle', 'record', 'type'];
const OF_FAMILY_AND_ID = ['entry', 'append', 'action', 'done'];
const OF_ID = ['refused', 'transcribe', 'check', 'attest'];
const ID = /^[0-9A-Za-z-]{1,64}$/;

/** The address of a place. */
export function address(route: Route): string {
  const parts = [route.at];
  if ('family' in route) parts.push(route.family as never);
  if ('id' in route) parts.push(route.id as never);
  return `#/${parts.join('/')}`;
}

/** The place of an address; the start for anything that is none. */
export function place(hash: string): Route {
  const [at = '', ...ids] = hash.replace(/^#\/?/, '').split('/');
  const [first = '', second = ''] = ids;
  const good = ids.every((id) => ID.test(id));
  if (good && ids.length === 0 && PLAIN.includes(at)) return { at } as Route;
  if (good && ids.length === 1 && OF_FAMILY.includes(at)) return { at, family: first } as Route;
  if (good && ids.length === 1 && OF_ID.includes(at)) return { at, id: first } as Route;
  if (good && ids.length === 2 && OF_FAMILY_AND_ID.includes(at)) return { at, family: first, id: second } as Route;
  return { at: 'today' };
}
