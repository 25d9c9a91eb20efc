import { describe, expect, it, vi } from 'vitest';
import { signingText } from '../core/testing';
import { dataKey } from '../vault/testing';
import { enrol, waysIn } from './enrol';
import { Line } from './line';
import { round } from './round';
import { Schedule } from './schedule';
import { newDeviceKey, openDeviceKey } from './signing';
import { FakeServer, problem } from './testing';
import type { Carrier } from './transport';

const NOON = Date.UTC(2026, 10, 22, 12);

async function enrolled(phoneNow = () => NOON) {
  const server = new FakeServer(() => NOON);
  const key = await dataKey();
  const { publicKey, row } = await newDeviceKey(key);
  const person = await enrol(server.carrier, { signIn: ' amira ', password: server.password }, publicKey);
  const onContact = vi.fn(async () => undefined);
  const line = new Line({ carrier: server.carrier, key: await openDeviceKey(key, row), device: person.device, signingText, now: phoneNow, onContact });
  return { server, person, line, onContact, row, key };
}

describe('the device’s key', () => {
  it('is believed by the server, can’t be read out, and opens with this vault only', async () => {
    const { server, line, row, key, onContact } = await enrolled();
    await line.post('/api/sync/pull', { documents: [] });
    expect(server.received.at(-1)).toMatchObject({ path: '/api/sync/pull', device: 'd1' });
    expect(onContact).toHaveBeenCalledWith(14);
    expect((await openDeviceKey(key, row)).extractable).toBe(false);
    await expect(openDeviceKey(await dataKey(), row)).rejects.toMatchObject({ code: 'row-broken' });
    for (const hostile of ['', 'null', '{}', '{"nonce":"","wrapped":""}']) {
      await expect(openDeviceKey(key, new TextEncoder().encode(hostile)), hostile).rejects.toMatchObject({ code: 'row-broken' });
    }
  });
});

describe('enrolling', () => {
  it('sends the sign-in once and says whose phone it is', async () => {
    const { server, person } = await enrolled();
    expect(server.received[0]?.body).toMatchObject({ sign_in: 'amira' });
    expect(person).toEqual({ device: 'd1', professional: 'p1', name: 'Amira Okafor', discipline: 'childrens-social-worker' });
  });

  it('says what went wrong', async () => {
    const server = new FakeServer(() => NOON);
    await expect(enrol(server.carrier, { signIn: 'amira', password: 'guess' }, 'key')).rejects.toMatchObject({ code: 'wrong-sign-in' });
    server.next = [() => problem(429, 'too-many', {}, { 'retry-after': '7' })];
    await expect(enrol(server.carrier, { signIn: 'amira', password: 'guess' }, 'key')).rejects.toMatchObject({ code: 'wait', waitMs: 7_000 });
    server.reachable = false;
    await expect(enrol(server.carrier, { signIn: 'amira', password: 'guess' }, 'key')).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('enrols as whom the council’s own sign-in has let in, and then ends that browser’s session', async () => {
    const asked: { path: string; method: string; credentials: string; body: unknown }[] = [];
    const council: Carrier = async (path, init) => {
      const body = init.body === undefined ? undefined : JSON.parse(new TextDecoder().decode(init.body as Uint8Array));
      asked.push({ path, method: init.method ?? '', credentials: init.credentials ?? '', body });
      if (path === '/api/sign-in') return Response.json({ provider: true, just_signed_in: { name: 'Amira Okafor' } });
      if (path === '/api/sessions') throw new TypeError('Failed to fetch');
      return Response.json({ device: 'd', professional: 'p', name: 'Amira Okafor', discipline: 'x' }, { status: 201 });
    };
    expect(await waysIn(council)).toEqual({ provider: true, justSignedIn: 'Amira Okafor' });
    // That the session can't be ended now does not undo the enrolment.
    expect(await enrol(council, { justSignedIn: true }, 'key')).toMatchObject({ device: 'd' });
    expect(asked).toEqual([
      { path: '/api/sign-in', method: 'GET', credentials: 'same-origin', body: undefined },
      { path: '/api/devices', method: 'POST', credentials: 'same-origin', body: { public_key: 'key' } },
      { path: '/api/sessions', method: 'DELETE', credentials: 'same-origin', body: undefined },
    ]);
    await expect(enrol(async () => problem(401, 'not-fresh'), { justSignedIn: true }, 'key')).rejects.toMatchObject({
      code: 'wrong-sign-in',
      message: expect.stringContaining('ten minutes'),
    });
    for (const portal of ['<html>', '{}', 'null', '{"provider":"yes"}']) {
      await expect(waysIn(async () => new Response(portal)), portal).rejects.toMatchObject({ code: 'unreachable' });
    }
  });

  it('does not take a captive portal’s page for a server', async () => {
    const portal = async () => new Response('<html>Welcome to the café</html>', { status: 200 });
    await expect(enrol(portal, { signIn: 'amira', password: 'x' }, 'key')).rejects.toMatchObject({ code: 'unreachable' });
    for (const hostile of ['{}', 'null', '[]', '{"device":7}', '{"device":"d","professional":"p","name":"","discipline":"x"}']) {
      await expect(enrol(async () => new Response(hostile), { signIn: 'amira', password: 'x' }, 'key'), hostile).rejects.toMatchObject({ code: 'unreachable' });
    }
  });
});

describe('the signed line', () => {
  it('packs what is long, signed as it goes over the wire, and leaves short bodies as they are', async () => {
    const { server, line } = await enrolled();
    const changes = Array.from({ length: 50 }, (_, n) => btoa(`change ${n}`.repeat(10)));
    await line.post('/api/sync/push', { documents: [{ document: 'd', changes }] });
    expect(server.received.at(-1)).toMatchObject({ encoding: 'gzip', body: { documents: [{ changes }] } });
    await line.post('/api/sync/pull', { documents: [] });
    expect(server.received.at(-1)).toMatchObject({ encoding: null });
  });

  it('learns the server’s time from one refusal and signs again', async () => {
    const day = 24 * 60 * 60_000;
    const { server, line } = await enrolled(() => NOON - day);
    await line.post('/api/sync/pull', { documents: [] });
    expect(line.clockOffset).toBe(day);
    const before = server.received.length;
    await line.post('/api/sync/pull', { documents: [] });
    expect(server.received.length).toBe(before + 1);
  });

  it('gives up on a clock that the server refuses twice', async () => {
    const { server, line } = await enrolled();
    server.next = [() => problem(401, 'clock-skew', { server_time: NOON }), () => problem(401, 'clock-skew', { server_time: NOON })];
    await expect(line.post('/api/sync/pull', {})).rejects.toMatchObject({ code: 'clock' });
    server.next = [() => problem(401, 'clock-skew', { server_time: 'soon' })];
    await expect(line.post('/api/sync/pull', {})).rejects.toMatchObject({ code: 'clock' });
  });

  it('names each failure, and counts none of them as contact', async () => {
    const { server, line, onContact } = await enrolled();
    const cases: [() => Response, object][] = [
      [() => problem(403, 'device-revoked', { wipe: true }), { code: 'revoked' }],
      [() => problem(401, 'device-not-enrolled'), { code: 'not-enrolled' }],
      [() => problem(503, 'too-slow', {}, { 'retry-after': '30' }), { code: 'wait', waitMs: 30_000 }],
      [() => problem(422, 'bad-frame'), { code: 'server', message: 'detail of bad-frame' }],
      [() => new Response('<html>', { status: 502 }), { code: 'unreachable' }],
      [() => new Response('{"type":"about:blank"}', { status: 403 }), { code: 'unreachable' }],
      [() => new Response(null, { status: 304 }), { code: 'unreachable' }],
    ];
    for (const [answer, expected] of cases) {
      server.next = [answer];
      await expect(line.post('/api/sync/pull', {})).rejects.toMatchObject(expected);
    }
    expect(onContact).not.toHaveBeenCalled();
  });
});

describe('a round', () => {
  const answer = new Uint8Array(0);
  const desk = (waiting: object[], pages: number) => ({
    pushRequest: async () => waiting[0],
    pushed: async () => void waiting.shift(),
    pullRequest: async () => ({}),
    pulled: async () => --pages > 0,
  });

  it('pushes all that waits, pulls every page, pushes what came back', async () => {
    const sent: string[] = [];
    const waiting: object[] = [{ n: 1 }, { n: 2 }];
    const at = desk(waiting, 3);
    const done = await round(at, async (path) => {
      sent.push(path.replace('/api/sync/', ''));
      if (sent.length === 5) waiting.push({ n: 3 });
      return answer;
    });
    expect(sent).toEqual(['push', 'push', 'pull', 'pull', 'pull', 'push']);
    expect(done).toBe(true);
  });

  it('ends when the server answers and nothing moves', async () => {
    let sent = 0;
    const stuck = { ...desk([{ n: 1 }], 1), pushed: async () => undefined };
    const done = await round(stuck, async () => {
      sent += 1;
      return answer;
    });
    expect(done).toBe(false);
    expect(sent).toBeLessThanOrEqual(3);
  });

  it('ends however many pages a server claims', async () => {
    let pulls = 0;
    const endless = { ...desk([], 0), pulled: async () => true };
    expect(await round(endless, async () => (pulls++, answer))).toBe(false);
    expect(pulls).toBe(200);
  });
});

describe('the schedule', () => {
  function schedule(attempt: () => Promise<'done' | 'failed' | { waitMs: number }>) {
    let now = 0;
    const timers: { at: number; then: () => void; on: boolean }[] = [];
    const it = new Schedule({
      attempt,
      now: () => now,
      random: () => 0.5,
      onNext: () => undefined,
      later: (ms, then) => {
        const timer = { at: now + ms, then, on: true };
        timers.push(timer);
        return () => {
          timer.on = false;
        };
      },
    });
    const due = () => timers.filter(({ on }) => on).map(({ at }) => at - now);
    const pass = async () => {
      const next = timers.filter(({ on }) => on).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) throw new Error('nothing is planned');
      next.on = false;
      now = next.at;
      next.then();
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    };
    return { it, due, pass };
  }

  it('pauses longer after each failure, and never loops', async () => {
    const { it: at, due, pass } = schedule(async () => 'failed');
    await at.now();
    const pauses: number[] = [];
    for (let turn = 0; turn < 8; turn++) {
      expect(due()).toHaveLength(1);
      pauses.push(due()[0] as number);
      await pass();
    }
    expect(pauses.map((ms) => ms / 1000)).toEqual([15, 30, 60, 120, 300, 600, 600, 600]);
  });

  it('waits as long as the server asks', async () => {
    const { it: at, due } = schedule(async () => ({ waitMs: 90_000 }));
    await at.now();
    expect(due()).toEqual([90_000]);
  });

  it('comes soon after a change, and now and then', async () => {
    const { it: at, due } = schedule(async () => 'done');
    await at.now();
    expect(due()).toEqual([300_000]);
    at.changed();
    at.changed();
    expect(due()).toEqual([1_500]);
  });

  it('a change during an attempt is sent by the next one', async () => {
    let end: (() => void) | undefined;
    const { it: at, due } = schedule(() => new Promise((resolve) => (end = () => resolve('done'))));
    const running = at.now();
    at.changed();
    end?.();
    await running;
    expect(due()).toEqual([1_500]);
  });

  it('takes hints seldom, and asking while it runs waits for that attempt', async () => {
    const attempt = vi.fn(async () => 'failed' as const);
    const { it: at, due } = schedule(attempt);
    await Promise.all([at.now(), at.now()]);
    expect(attempt).toHaveBeenCalledOnce();
    at.hint();
    expect(due()).toEqual([15_000]);
  });

  it('stops', async () => {
    const attempt = vi.fn(async () => 'failed' as const);
    const { it: at, due } = schedule(attempt);
    await at.now();
    at.stop();
    at.changed();
    at.hint();
    await at.now();
    expect(due()).toEqual([]);
    expect(attempt).toHaveBeenCalledOnce();
  });
});
