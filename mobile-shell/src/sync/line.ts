/**
 * The signed line to the server: one request at a time, signed with the device's key, with the
 * phone's clock corrected by what the server says.
 */

import { Problem } from '../core/errors';
import { daysFrom } from '../vault/lease';
import { signedHeaders } from './signing';
import { type Answer, type Carrier, exchange, isGood, problemOf, retryAfterMs, unreachable } from './transport';

/** What a line needs. */
export interface LineParts {
  carrier: Carrier;
  key: CryptoKey;
  device: string;
  signingText: (method: string, path: string, millis: number, body: Uint8Array) => string;
  now: () => number;
  /** The server has answered a signed request and knows this device. */
  onContact: (leaseDays: number) => Promise<void>;
}

/** Bodies from this size on are packed, in bytes. */
const PACKED_FROM = 512;

interface Packed {
  body: Uint8Array<ArrayBuffer>;
  headers: Record<string, string>;
}

/** One device's line. */
export class Line {
  readonly #parts: LineParts;
  /** Server's time minus the phone's, in milliseconds. */
  #offset = 0;
  /** When it signed last: the server takes the same signature for a copy of the request. */
  #signed = 0;

  constructor(parts: LineParts) {
    this.#parts = parts;
  }

  /** How far the phone's clock is behind the server's, in milliseconds. */
  get clockOffset(): number {
    return this.#offset;
  }

  /**
   * Posts JSON and gives the answer's bytes.
   *
   * @throws Problem `unreachable`, `revoked`, `clock`, `not-enrolled`, `server`, or `wait` with `waitMs`.
   */
  async post(path: string, request: object): Promise<Uint8Array> {
    const body = await pack(new TextEncoder().encode(JSON.stringify(request)));
    let answer = await this.#send(path, body);
    if (!isGood(answer)) {
      const problem = problemOf(answer);
      if (problem.code === 'clock-skew' && problem.serverTime !== undefined) {
        this.#offset = problem.serverTime - this.#parts.now();
        this.#signed = 0;
        answer = await this.#send(path, body);
      } else if (problem.code === 'replayed') {
        // Something on the way sent it twice, and this is the second one's answer.
        answer = await this.#send(path, body);
      }
    }
    if (isGood(answer)) {
      await this.#parts.onContact(daysFrom(answer.headers.get('x-lease-days')));
      return answer.bytes;
    }
    throw failure(answer);
  }

  /**
   * Opens the server's stream of news. Its answer is no contact: what it carries is read as it comes,
   * and only an exchange with an end says how long copies may be opened.
   */
  async listen(path: string, signal: AbortSignal): Promise<Response> {
    const { key, device, signingText, carrier } = this.#parts;
    const millis = this.#signingTime();
    const headers = await signedHeaders(key, device, millis, signingText('GET', path, millis, new Uint8Array(0)));
    return carrier(path, { method: 'GET', headers, cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer', signal });
  }

  /** The server's time now, and never one that was signed at before. */
  #signingTime(): number {
    this.#signed = Math.max(Math.round(this.#parts.now() + this.#offset), this.#signed + 1);
    return this.#signed;
  }

  /** Signs the body as it goes over the wire, packed or not. */
  async #send(path: string, { body, headers: packing }: Packed): Promise<Answer> {
    const { key, device, signingText, carrier } = this.#parts;
    const millis = this.#signingTime();
    const headers = await signedHeaders(key, device, millis, signingText('POST', path, millis, body));
    return exchange(carrier, 'POST', path, body, { ...headers, ...packing });
  }
}

/** Packs a body where that pays: base64 takes a third more than it says, and this takes it back. */
async function pack(body: Uint8Array<ArrayBuffer>): Promise<Packed> {
  if (body.length < PACKED_FROM || typeof CompressionStream === 'undefined') {
    return { body, headers: {} };
  }
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
  return { body: new Uint8Array(await new Response(stream).arrayBuffer()), headers: { 'content-encoding': 'gzip' } };
}

function failure(answer: Answer): Problem {
  const problem = problemOf(answer);
  const waitMs = retryAfterMs(answer);
  const details = waitMs === undefined ? {} : { waitMs };
  switch (problem.code) {
    case '':
      return unreachable();
    case 'device-revoked':
      return new Problem('revoked', 'This phone has been taken out of use. Its copies are deleted.');
    case 'clock-skew':
      return new Problem('clock', 'This phone’s clock is too far off. Set it to the right time, then sync again.');
    case 'device-not-enrolled':
      return new Problem(
        'not-enrolled',
        'The server does not know this phone. Nothing is lost: export your unsent work, then enrol the phone again.',
      );
    default:
      return answer.status === 429 || answer.status === 503
        ? new Problem('wait', 'The server is busy. Your work is safe on this phone and is sent later.', details)
        : new Problem('server', problem.detail === '' ? 'The server could not take this. It is tried again later.' : problem.detail, details);
  }
}
