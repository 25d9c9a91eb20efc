import { beforeEach, describe, expect, it, vi } from 'vitest';
import { seal } from './cipher';
import { openDatabase, raiseFence } from './database';
import { Rows } from './rows';
import { bytes, dataKey, freshDatabase, text } from './testing';

async function owned() {
  const database = await openDatabase(() => undefined);
  return { database, rows: new Rows(database, await raiseFence(database)), key: await dataKey() };
}

beforeEach(freshDatabase);

describe('rows', () => {
  it('are stored sealed, read back, listed by their beginning and deleted', async () => {
    const { database, rows, key } = await owned();
    const put = ['draft/1', 'draft/2', 'outbox/a/000000000001'].map((name) => ({ key: name, bytes: bytes(`plain ${name}`) }));
    await rows.apply(key, { put, delete: [] });
    expect(text((await database.get('rows', 'draft/1')) as Uint8Array)).not.toContain('plain');
    expect(text(await rows.read(key, 'draft/2'))).toBe('plain draft/2');
    expect(await rows.keys('draft/')).toEqual(['draft/1', 'draft/2']);
    await rows.apply(key, { put: [], delete: ['draft/1', 'no such row'] });
    expect(await rows.keys('')).toEqual(['draft/2', 'outbox/a/000000000001']);
    expect(await rows.read(key, 'draft/1')).toBeUndefined();
  });

  it('take a key that ends in a slash as all that begin so, before they put', async () => {
    const { rows, key } = await owned();
    const names = ['recording/1/head', 'recording/1/000000', 'recording/10/head', 'recording/1', 'transcript/1/0000'];
    await rows.apply(key, { put: names.map((name) => ({ key: name, bytes: bytes('x') })), delete: [] });
    await rows.apply(key, { put: [{ key: 'recording/1/end', bytes: bytes('x') }], delete: ['recording/1/', 'transcript/1/'] });
    expect(await rows.keys('')).toEqual(['recording/1', 'recording/1/end', 'recording/10/head']);
  });

  it('are written all or not at all', async () => {
    const { database, rows, key } = await owned();
    const sealed = await seal(key, 'a', bytes('x'));
    const impossible = { key: 'b', sealed: (() => undefined) as never };
    await expect(rows.write({ put: [{ key: 'a', sealed }, impossible], delete: [] })).rejects.toMatchObject({ code: 'storage-failed' });
    expect(await rows.keys('')).toEqual([]);
    await rows.write({ put: [{ key: 'a', sealed }], delete: [] });
    database.close();
    await expect(rows.write({ put: [{ key: 'b', sealed }], delete: [] })).rejects.toMatchObject({ code: 'storage-failed' });
  });

  it('are not written by a tab that lost the workbook', async () => {
    const { database, rows, key } = await owned();
    const other = new Rows(database, await raiseFence(database));
    await expect(rows.apply(key, { put: [{ key: 'a', bytes: bytes('old') }], delete: [] })).rejects.toMatchObject({ code: 'elsewhere' });
    await other.apply(key, { put: [{ key: 'a', bytes: bytes('new') }], delete: [] });
    expect(text(await rows.read(key, 'a'))).toBe('new');
  });

  it('say when there is no room, with nothing lost of what was there', async () => {
    const { rows, key } = await owned();
    await rows.apply(key, { put: [{ key: 'a', bytes: bytes('x') }], delete: [] });
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(rows.apply(key, { put: [{ key: 'b', bytes: bytes('x') }], delete: ['a'] })).rejects.toMatchObject({ code: 'storage-full' });
    put.mockRestore();
    expect(await rows.keys('')).toEqual(['a']);
  });
});
