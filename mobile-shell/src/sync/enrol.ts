/** `POST /api/devices`: the server learns this phone's public key and says whose phone it is. */

import { Problem } from '../core/errors';
import type { Person } from '../core/app';
import { type Carrier, exchange, isGood, problemOf, retryAfterMs, unreachable } from './transport';

/** Enrols. The password is sent once and kept nowhere. */
export async function enrol(
  carrier: Carrier,
  signIn: string,
  password: string,
  publicKey: string,
): Promise<Person> {
  const body = new TextEncoder().encode(JSON.stringify({ sign_in: signIn.trim(), password, public_key: publicKey }));
  const answer = await exchange(carrier, 'POST', '/api/devices', body);
  if (!isGood(answer)) {
    const problem = problemOf(answer);
    if (answer.status === 401) {
      throw new Problem('wrong-sign-in', 'The name or the password is not right. Try again, or ask whoever runs the system.');
    }
    if (answer.status === 429) {
      throw new Problem('wait', 'Too many tries. Wait a little, then try again.', { waitMs: retryAfterMs(answer) ?? 60_000 });
    }
    if (problem.code === '') {
      throw unreachable();
    }
    throw new Problem('server', problem.detail === '' ? 'The server could not enrol this phone. Try again later.' : problem.detail);
  }
  return personFrom(answer.bytes);
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
