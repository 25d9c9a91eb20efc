import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLOCK, clockOffBy, fill, FULL, passTime, Phone, reach, type StoryWindow } from '../harness/phone';
import { scan } from '../harness/scan';
import { Server } from '../harness/server';
import { draft, draftOf, enrolled, PASSPHRASE, refusal, unlock } from '../harness/steps';

const DAY = 24 * 60 * 60_000;
const SPOKEN = 'Xanthippe Quillfeather was afraid of the neighbour';

let server: Server;
let phone: Phone;
beforeEach(async () => {
  server = await Server.start();
  phone = new Phone();
});
afterEach(async () => {
  await phone.end();
  await server.end();
});

describe('the phone', () => {
  it('works with the server dead, isolated as with it, after a kill, with nothing lost', async () => {
    let page = await enrolled(phone, server);
    const id = await draftOf(page, SPOKEN);
    await server.kill();
    await phone.kill();

    page = await phone.open(server.url);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await unlock(page);
    expect(await reach(page, 'open')).toMatchObject({ person: { name: expect.any(String) } });
    expect(JSON.stringify(await draft(page, id))).toContain('Xanthippe');
    await page.evaluate(() => (window as unknown as StoryWindow).app.syncNow());
    expect(await page.evaluate(() => (window as unknown as StoryWindow).app.sync.get().problem?.code)).toBe('unreachable');

    await server.run();
    await page.evaluate(() => (window as unknown as StoryWindow).app.syncNow());
    expect(await page.evaluate(() => (window as unknown as StoryWindow).app.sync.get().problem)).toBeUndefined();
  });

  it('leaves no plain word in its profile, killed while open', async () => {
    const page = await enrolled(phone, server);
    await draftOf(page, SPOKEN);
    const names = await page.evaluate(async () => (await (window as unknown as StoryWindow).app.today()).families.map(({ name }) => name));
    expect(names.length).toBeGreaterThan(0);
    await phone.kill();
    const words = ['Xanthippe', 'Quillfeather', PASSPHRASE, server.password, ...names];
    expect(scan(phone.profile, words)).toEqual([]);
    // The scan does find what is there: the keys of the rows are no secret.
    expect(scan(phone.profile, ['shell/lease']).length).toBeGreaterThan(0);
  });

  it('opens with a passkey, and with nothing else of the phone’s', async () => {
    const page = await enrolled(phone, server);
    const line = await phone.cdp();
    await line.send('WebAuthn.enable');
    const { authenticatorId } = await line.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        hasPrf: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.evaluate((it) => (window as unknown as StoryWindow).app.addPasskey(it), PASSPHRASE);
    expect(await reach(page, 'open')).toMatchObject({ passkey: true });
    await page.evaluate(() => (window as unknown as StoryWindow).app.lock());
    expect(await reach(page, 'locked')).toMatchObject({ passkey: true });
    await page.evaluate(() => (window as unknown as StoryWindow).app.unlock({ passkey: true }));
    await reach(page, 'open');
    await page.evaluate(() => (window as unknown as StoryWindow).app.lock());
    await line.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    expect(await refusal(page.evaluate(() => (window as unknown as StoryWindow).app.unlock({ passkey: true })))).toContain('use your passphrase');
    await reach(page, 'locked');
  });

  it('is wiped at the next contact after it was revoked, unsent work too, and says so', async () => {
    let page = await enrolled(phone, server);
    const status = await reach(page, 'open');
    const device = status.state === 'open' ? status.person.device : '';
    await server.revoke('amira', device);
    await server.kill();
    await draftOf(page, SPOKEN);
    await phone.kill();
    page = await phone.open(server.url);
    await unlock(page);
    await reach(page, 'open');
    await server.run();
    await page.evaluate(() => (window as unknown as StoryWindow).app.syncNow());
    expect(await reach(page, 'wiped')).toMatchObject({ unsent: 1 });
    const left = await page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const open = indexedDB.open('family-workbook');
        open.onsuccess = () => resolve(open.result);
        open.onerror = () => reject(open.error);
      });
      const count = await new Promise<number>((resolve) => {
        const rows = database.transaction('rows').objectStore('rows').count();
        rows.onsuccess = () => resolve(rows.result);
      });
      database.close();
      return { count, caches: (await caches.keys()).filter((name) => !name.startsWith('shell-')) };
    });
    expect(left).toEqual({ count: 0, caches: [] });
    await page.reload();
    await reach(page, 'wiped');
    await page.evaluate(() => (window as unknown as StoryWindow).app.forget());
    await reach(page, 'new');
  });

  it('stays sealed when the server has not answered for too long, keeps the work, and opens when it has', async () => {
    await phone.end();
    phone = new Phone({ fault: CLOCK });
    const page = await enrolled(phone, server);
    const id = await draftOf(page, SPOKEN);
    await server.kill();
    await passTime(page, 15 * DAY);
    await page.evaluate(() => (window as unknown as StoryWindow).app.lock());
    await unlock(page);
    expect(await reach(page, 'lease-over')).toMatchObject({ leaseDays: 14 });
    await page.getByRole('heading', { name: 'This phone needs contact with the server' }).waitFor();
    await page.getByText('Nothing is lost.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    expect(await refusal(draft(page, id))).toContain('too long since this phone reached');
    expect(await refusal(page.evaluate(() => (window as unknown as StoryWindow).app.today()))).toContain('too long since this phone reached');
    await page.waitForFunction(() => (window as unknown as StoryWindow).app.sync.get().problem?.code === 'unreachable');

    await server.run();
    await page.getByRole('button', { name: 'Try again' }).click();
    await reach(page, 'open');
    expect(JSON.stringify(await draft(page, id))).toContain('Xanthippe');
  });

  it('is open in one tab; another says so and may take it over, but not from unsaved words', async () => {
    const page = await enrolled(phone, server);
    const other = await phone.anotherTab(server.url);
    await reach(other, 'elsewhere');
    await page.evaluate(() => {
      (window as unknown as { release: () => void }).release = (window as unknown as StoryWindow).app.hold();
    });
    expect(await refusal(other.evaluate(() => (window as unknown as StoryWindow).app.takeOver()))).toContain('Finish there first');
    await page.evaluate(() => (window as unknown as { release: () => void }).release());
    await other.evaluate(() => (window as unknown as StoryWindow).app.takeOver());
    await reach(page, 'elsewhere');
    await unlock(other);
    await reach(other, 'open');
    expect(await refusal(page.evaluate(() => (window as unknown as StoryWindow).app.today()))).toContain('another tab');
  });

  it('says when there is no room, loses nothing, and goes on when there is', async () => {
    await phone.end();
    phone = new Phone({ fault: FULL });
    const page = await enrolled(phone, server);
    const id = await draftOf(page, SPOKEN);
    await fill(page, true);
    expect(await refusal(draftOf(page, 'No room for this.'))).toContain('no room');
    expect(await page.evaluate(() => (window as unknown as StoryWindow).app.storage.get().full)).toBe(true);
    expect(JSON.stringify(await draft(page, id))).toContain('Xanthippe');
    await fill(page, false);
    expect(await draftOf(page, 'There is room again.')).not.toBe('');
    expect(await page.evaluate(async () => (await (window as unknown as StoryWindow).app.drafts()).length)).toBe(2);
  });

  it.each([-DAY, DAY])('with a clock that is wrong by a day (%i ms) syncs, and says how wrong it is', async (off) => {
    await phone.end();
    phone = new Phone({ fault: clockOffBy(off) });
    const page = await enrolled(phone, server);
    const sync = await page.evaluate(async () => {
      const { app } = window as unknown as StoryWindow;
      await app.syncNow();
      return app.sync.get();
    });
    expect(sync.problem).toBeUndefined();
    expect(Math.abs((sync.clockOffMs ?? 0) + off)).toBeLessThan(60_000);
  });
});

describe('a browser that can’t', () => {
  it('run WebAssembly is told so, and keeps what is there', async () => {
    await phone.end();
    phone = new Phone({ policy: "default-src 'none'; script-src 'self'; connect-src 'self'" });
    const page = await phone.open(server.url);
    const status = await reach(page, 'unsupported');
    expect(status).toMatchObject({ missing: 'wasm', message: expect.stringContaining('Your work is still here') });
  });

  it('run the app with a changed core: refused before it runs', async () => {
    let page = await enrolled(phone, server);
    const id = await draftOf(page, SPOKEN);
    await page.evaluate(async () => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          if (request.url.endsWith('.wasm') && request.url.includes('device')) {
            const response = (await cache.match(request)) as Response;
            const bytes = new Uint8Array(await response.arrayBuffer());
            await cache.put(request, new Response(new Uint8Array([...bytes, 0]), { headers: response.headers }));
          }
        }
      }
    });
    page = await phone.anotherTab('about:blank').then(async (fresh) => {
      await page.close();
      await fresh.goto(server.url);
      return fresh;
    });
    expect(await reach(page, 'unsupported')).toMatchObject({ missing: 'core-changed' });
    expect(id).not.toBe('');
  });
});
