// The built core, driven as the phone's worker drives it: rows in a map, effects stored before anything
// else. Run by scripts/test-core.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, before } from 'node:test';
import { webcrypto } from 'node:crypto';

globalThis.crypto ??= webcrypto;
const here = new URL('.', import.meta.url);
const pkg = new URL('../../../../mobile-shell/src/core/pkg/', here);
const fixture = JSON.parse(readFileSync(new URL('family.json', here), 'utf8'));
const { profile, family, now, visit } = fixture;
const core = await import(new URL('device.js', pkg));
const hearing = await import(new URL('hearing.js', pkg));
const bytes = (value) => new TextEncoder().encode(JSON.stringify(value));
const entropy = () => crypto.getRandomValues(new Uint8Array(32));

let Device;
before(async () => {
  await core.default({ module_or_path: readFileSync(new URL('device_bg.wasm', pkg)) });
  await hearing.default({ module_or_path: readFileSync(new URL('hearing_bg.wasm', pkg)) });
  Device = core.Device;
});

/** A keeper of rows in memory. */
class Keeper {
  rows = new Map();
  open() {
    const small = [...this.rows].filter(([key]) => !/\/(page|document)\//.test(key));
    this.device = Device.open(profile, small.map(([key, bytes]) => ({ key, bytes })));
    return this;
  }
  store(effects) {
    for (const key of effects.delete) {
      if (key.endsWith('/')) for (const it of this.rows.keys()) it.startsWith(key) && this.rows.delete(it);
      else this.rows.delete(key);
    }
    for (const { key, bytes } of effects.put) {
      assert.ok(bytes instanceof Uint8Array);
      this.rows.set(key, bytes);
    }
    return effects;
  }
  hand(keys) {
    this.store(this.device.hold(keys.map((key) => ({ key, bytes: this.rows.get(key) })), now));
  }
  ready(what) {
    for (let keys; (keys = this.device.needs(family, what, now)).length > 0; ) this.hand(keys);
  }
  pull(answer) {
    this.hand(this.device.pulledNeeds(bytes(answer)));
    return this.store(this.device.pulled(bytes(answer), now, entropy()));
  }
}

function synced() {
  const keeper = new Keeper().open();
  assert.deepEqual(keeper.device.pullRequest(), { documents: [] });
  const { syncing } = keeper.pull(fixture.pulled);
  assert.deepEqual(syncing.families, [family]);
  return keeper;
}

function code(wanted) {
  return (error) => {
    assert.ok(error instanceof Error, String(error));
    assert.equal(error.code, wanted);
    assert.ok(error.message.length > 10);
    return true;
  };
}

test('a typed visit is composed, completed, pushed, and read on the family page', () => {
  const keeper = synced();
  keeper.ready('page');
  const request = { text: visit, recordedOn: '2026-10-12', provenance: { how: 'typed' } };
  const people = keeper.device.people(family, now);
  const spoken = hearing.read(request.text, people, request.recordedOn);
  const { kept, review } = keeper.device.compose(family, request, spoken, now, entropy());
  assert.equal(kept.draft.entry.kind, 'home-visit');
  assert.equal(review.canComplete, true);
  keeper.store(keeper.device.keep(kept));
  keeper.open();
  assert.equal(keeper.device.drafts(now).length, 1);
  assert.throws(() => keeper.device.complete(kept.id, now, entropy()), (error) => {
    assert.ok(error.keys.length > 0);
    return code('needs-rows')(error);
  });
  keeper.ready('record');
  keeper.store(keeper.device.complete(kept.id, now, entropy()));
  assert.deepEqual(keeper.device.states(), { [kept.id]: 'on-this-phone' });

  keeper.open();
  assert.equal(keeper.device.today(now).waiting, 1);
  keeper.ready('page');
  const page = keeper.device.family(family, now);
  assert.equal(page.prepare.said[0].words, 'I count to a hundred when they shout');
  assert.ok(page.summary.contacts.some((line) => line.citations[0].entry === kept.id));

  const push = keeper.device.pushRequest();
  const [{ document, changes }] = push.documents;
  assert.equal(changes.length, 1);
  const answer = { documents: [{ document, answers: [{ answer: 'accepted', seq: 2 }] }] };
  keeper.hand(keeper.device.pushedNeeds(bytes(answer)));
  const { syncing } = keeper.store(keeper.device.pushed(bytes(answer), now, entropy()));
  assert.equal(syncing.accepted, 1);
  assert.deepEqual(keeper.device.states(), {});
  assert.equal(keeper.device.pushRequest(), undefined);
  keeper.open().ready('record');
  assert.equal(keeper.device.entries(family, now).length, 1);
  assert.equal(keeper.device.entry(family, kept.id, now).line.state, 'in-the-workbook');
});

test('what was not said must be confirmed first', () => {
  const keeper = synced();
  keeper.ready('page');
  const { kept, review } = keeper.device.begin(family, undefined, now, entropy());
  assert.deepEqual(review.unsaid.map((it) => it.field), ['kind', 'outcome', 'start']);
  keeper.store(keeper.device.keep(kept));
  keeper.ready('record');
  assert.throws(() => keeper.device.complete(kept.id, now, entropy()), code('unconfirmed'));
  kept.draft.entry.kind = 'phone';
  kept.draft.entry.occurred = { start: '2026-10-12T00:00:00', timeUnknown: true };
  kept.draft.unsaid = [];
  keeper.store(keeper.device.keep(kept));
  keeper.store(keeper.device.complete(kept.id, now, entropy()));
  assert.equal(keeper.device.drafts(now).length, 0);
});

test('errors have codes and never break the core', () => {
  const keeper = synced();
  assert.throws(() => Device.open({}, []), code('bad-input'));
  assert.throws(() => keeper.device.family('no id', now), code('bad-input'));
  assert.throws(() => keeper.device.family(profile.device, now), code('unknown-family'));
  assert.throws(() => keeper.device.begin(family, undefined, now, new Uint8Array(3)), code('too-little-entropy'));
  assert.throws(() => keeper.device.begin(family, undefined, Number.NaN, entropy()), code('bad-input'));
  assert.throws(() => keeper.device.pulled(new Uint8Array([1, 2]), now, entropy()), code('bad-frame'));
  assert.equal(keeper.device.today(now).families.length, 1);
});

test('terms, signing and wiping', () => {
  const terms = Device.terms();
  assert.ok(terms.kinds.some((it) => it.code === 'home-visit' && it.label === 'home visit'));
  const text = Device.signingText('GET', '/api/families', 1700000000000, new Uint8Array());
  assert.match(text, /^GET\n\/api\/families\n1700000000000\ne3b0c442/);
  const keeper = synced();
  keeper.store(keeper.device.wipe());
  assert.equal(keeper.rows.size, 0);
});
