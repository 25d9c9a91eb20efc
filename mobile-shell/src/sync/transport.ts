/**
 * One HTTP exchange with the council's server: limited in time, its problems understood.
 *
 * Nothing is decided from `navigator.onLine`; an exchange that got an answer is the only proof.
 */

import { Problem } from '../core/errors';

/** An answer, read to its end. */
export interface Answer {
  status: number;
  headers: Headers;
  bytes: Uint8Array;
}

/** The server's own words on a failure (RFC 9457). */
export interface ServerProblem {
  /** The last part of `urn:workbook:problem:…`; empty when it is no problem of ours. */
  code: string;
  detail: string;
  serverTime?: number;
  wipe: boolean;
}

/** What carries an exchange; `fetch` or a fake. */
export type Carrier = (path: string, init: RequestInit) => Promise<Response>;

/** How long an exchange may take. Signal comes and goes: better to try again than to wait. */
const LIMIT_MS = 60_000;
const URN = 'urn:workbook:problem:';

/**
 * Sends and reads one exchange.
 *
 * @throws Problem `unreachable` when there was no whole answer in time.
 */
export async function exchange(
  carrier: Carrier,
  method: string,
  path: string,
  body: Uint8Array<ArrayBuffer> | undefined,
  headers: Record<string, string> = {},
  cookie: 'without-cookie' | 'with-cookie' = 'without-cookie',
): Promise<Answer> {
  try {
    const response = await carrier(path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body }),
      cache: 'no-store',
      // The signature says who asks; the office page's cookie has no part in it but for enrolling as
      // whom the council's own sign-in has just let in.
      credentials: cookie === 'with-cookie' ? 'same-origin' : 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
  } catch (cause) {
    throw unreachable(cause);
  }
}

/** Whether the answer is the one that was asked for. */
export function isGood({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** Reads a failure. A proxy's page or a captive portal's has no code. */
export function problemOf(answer: Answer): ServerProblem {
  try {
    const { type, detail, server_time, wipe } = JSON.parse(new TextDecoder().decode(answer.bytes)) as Record<string, unknown>;
    return {
      code: typeof type === 'string' && type.startsWith(URN) ? type.slice(URN.length) : '',
      detail: typeof detail === 'string' ? detail.slice(0, 500) : '',
      ...(typeof server_time === 'number' && Number.isFinite(server_time) ? { serverTime: server_time } : {}),
      wipe: wipe === true,
    };
  } catch {
    return { code: '', detail: '', wipe: false };
  }
}

/** Seconds of a `retry-after` header as milliseconds, at most an hour. */
export function retryAfterMs({ headers }: Answer): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) * 1000 : undefined;
}

/** No answer came. */
export function unreachable(cause?: unknown): Problem {
  return new Problem(
    'unreachable',
    'The council’s server can not be reached from here. Your work is safe on this phone and is sent later.',
    {},
    cause,
  );
}
