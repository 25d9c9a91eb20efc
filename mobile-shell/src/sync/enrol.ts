/** `POST /api/devices`: the server learns this phone's public key and says whose phone it is. */

import { Problem } from '../core/errors';
import type { Person, WaysIn, WhoEnrols } from '../core/app';
import { type Carrier, exchange, isGood, problemOf, retryAfterMs, unreachable } from './transport';

/** How somebody signs in here. @throws Problem `unreachable`. */
export async function waysIn(carrier: Carrier): Promise<WaysIn> {
  const answer = await exchange(carrier, 'GET', '/api/sign-in', undefined, {}, 'with-cookie');
  try {
    const { provider, just_signed_in } = JSON.parse(new TextDecoder().decode(answer.bytes)) as Record<string, unknown>;
    if (isGood(answer) && typeof provider === 'boolean') {
      const name = (just_signed_in as { name?: unknown } | null | undefined)?.name;
      return { provider, ...(typeof name === 'string' ? { justSignedIn: name } : {}) };
    }
  } catch {
    // Falls through.
  }
  // A captive portal answers everything with a friendly page.
  throw unreachable();
}

/** Enrols. A password is sent once and kept nowhere; a browser's session is ended afterwards. */
export async function enrol(carrier: Carrier, who: WhoEnrols, publicKey: string): Promise<Person> {
  const byCouncil = 'justSignedIn' in who;
  const named = byCouncil ? {} : { sign_in: who.signIn.trim(), password: who.password };
  const body = new TextEncoder().encode(JSON.stringify({ ...named, public_key: publicKey }));
  const answer = await exchange(carrier, 'POST', '/api/devices', body, {}, byCouncil ? 'with-cookie' : 'without-cookie');
  if (!isGood(answer)) {
    const problem = problemOf(answer);
    if (answer.status === 401) {
      throw byCouncil
        ? new Problem('wrong-sign-in', 'It is more than ten minutes since you signed in at the council. Go back and sign in again.')
        : new Problem('wrong-sign-in', 'The name or the password is not right. Try again, or ask whoever runs the system.');
    }
    if (answer.status === 429) {
      throw new Problem('wait', 'Too many tries. Wait a little, then try again.', { waitMs: retryAfterMs(answer) ?? 60_000 });
    }
    if (problem.code === '') {
      throw unreachable();
    }
    throw new Problem('server', problem.detail === '' ? 'The server could not enrol this phone. Try again later.' : problem.detail);
  }
  const person = personFrom(answer.bytes);
  if (byCouncil) {
    // From here on the phone's own key says who asks. A session that stays ends by itself.
    await exchange(carrier, 'DELETE', '/api/sessions', undefined, {}, 'with-cookie').catch(() => undefined);
  }
  return person;
}

/** Reads an enrolled device's answer or its stored row. */
export function personFrom(bytes: Uint8Array): Person {
  try {
    const { device, professional, name, discipline } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    if ([device, professional, name, discipline].every((it) => typeof it === 'string' && it !== '')) {
      return { device, professional, name, discipline } as Person;
    }
  } catch {
    // Falls through.
  }
  // A captive portal answers everything with a friendly page.
  throw unreachable();
}
