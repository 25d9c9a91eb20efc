/** A server for unit tests: checks signatures, and answers what it is told to. */

import { signingText } from '../core/testing';

/** What it has received. */
export interface Received {
  path: string;
  body: Record<string, unknown>;
  device: string | null;
  /** How the body was packed. */
  encoding: string | null;
}

const URN = 'urn:workbook:problem:';

/** One fake server. */
export class FakeServer {
  /** Its clock, in milliseconds since 1970. */
  now: () => number;
  publicKey = '';
  revoked = false;
  reachable = true;
  password = 'right password';
  leaseDays: string | null = '14';
  received: Received[] = [];
  /** Opens the stream of news; none by itself. */
  stream: ((init: RequestInit) => Response) | undefined;
  /** Answers in turn, before the standing ones. */
  next: (() => Response)[] = [];
  answers: Record<string, (body: Record<string, unknown>) => unknown> = {
    '/api/sync/push': () => ({ documents: [] }),
    '/api/sync/pull': () => ({ documents: [], gone: [] }),
  };

  constructor(now: () => number) {
    this.now = now;
  }

  readonly carrier = async (path: string, init: RequestInit): Promise<Response> => {
    if (!this.reachable) {
      throw new TypeError('Failed to fetch');
    }
    if (path === '/api/sync/events') {
      return this.stream?.(init) ?? problem(503, 'stopping');
    }
    const bytes = init.body as Uint8Array;
    const headers = new Headers(init.headers);
    const body = JSON.parse(await unpacked(bytes, headers)) as Record<string, unknown>;
    this.received.push({ path, body, device: headers.get('x-device'), encoding: headers.get('content-encoding') });
    const planned = this.next.shift();
    if (planned !== undefined) {
      return planned();
    }
    if (path === '/api/devices') {
      if (body.password !== this.password) {
        return problem(401, 'wrong-credentials');
      }
      this.publicKey = String(body.public_key);
      return Response.json({ device: 'd1', professional: 'p1', name: 'Amira Okafor', discipline: 'childrens-social-worker' }, { status: 201 });
    }
    const time = Number(headers.get('x-time'));
    if (Math.abs(this.now() - time) > 5 * 60_000) {
      return problem(401, 'clock-skew', { server_time: this.now() });
    }
    if (!(await this.#believes(path, time, bytes, headers.get('x-signature') ?? ''))) {
      return problem(401, 'device-not-enrolled');
    }
    if (this.revoked) {
      return problem(403, 'device-revoked', { wipe: true });
    }
    return Response.json(this.answers[path]?.(body) ?? {}, this.leaseDays === null ? {} : { headers: { 'x-lease-days': this.leaseDays } });
  };

  async #believes(path: string, time: number, body: Uint8Array, signature: string): Promise<boolean> {
    const key = await crypto.subtle.importKey('raw', Buffer.from(this.publicKey, 'base64'), { name: 'Ed25519' }, false, ['verify']);
    const text = new TextEncoder().encode(signingText('POST', path, time, body));
    return crypto.subtle.verify({ name: 'Ed25519' }, key, Buffer.from(signature, 'base64'), text);
  }
}

async function unpacked(bytes: Uint8Array, headers: Headers): Promise<string> {
  if (headers.get('content-encoding') !== 'gzip') {
    return new TextDecoder().decode(bytes);
  }
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

/** A problem as the server sends it. */
export function problem(status: number, code: string, more: object = {}, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ type: `${URN}${code}`, title: 't', status, detail: `detail of ${code}`, ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}
