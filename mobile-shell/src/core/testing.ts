/** For unit tests: a core that keeps notes instead of a record, with the real facade's manners. */

import { createHash } from 'node:crypto';
import type { Core, Device, Hearing } from './device-api';
import type { Effects, Kept, Row } from './generated/types';

/** As `sync::signing::text`. The real one is the core's; the stories run it. */
export function signingText(method: string, path: string, millis: number, body: Uint8Array): string {
  return `${method}\n${path}\n${millis}\n${createHash('sha256').update(body).digest('hex')}`;
}

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const none: Effects = { put: [], delete: [] };

/** Calls that go wrong, by name. */
export const trouble = new Map<string, unknown>();
/** Devices that were opened since the last look. */
export const opened: Row[][] = [];

class FakeDevice {
  readonly #rows: Map<string, unknown>;
  #held = false;
  #freed = false;

  constructor(rows: Row[]) {
    this.#rows = new Map(rows.map(({ key, bytes: content }) => [key, content.length === 0 ? undefined : JSON.parse(new TextDecoder().decode(content))]));
  }

  #go(name: string): void {
    if (this.#freed) throw new Error('null pointer passed to rust');
    if (trouble.has(name)) throw trouble.get(name);
  }
  free = () => {
    this.#freed = true;
  };
  hold = (handed: { key: string; bytes?: Uint8Array }[]): Effects => {
    this.#held = handed.some(({ key }) => key === 'family/f1/document/d1');
    return none;
  };
  today = () => {
    this.#go('today');
    if (!this.#held) throw Object.assign(new Error('rows are needed'), { code: 'needs-rows', keys: ['family/f1/document/d1'] });
    return { drafts: this.drafts() };
  };
  drafts = () => {
    this.#go('drafts');
    return [...this.#rows].filter(([key]) => key.startsWith('draft/')).map(([, it]) => it as Kept);
  };
  draft = (id: string) => this.#rows.get(`draft/${id}`) as Kept;
  begin = () => ({ kept: { id: 'e1', text: '' } });
  people = () => ({ people: [] });
  compose = (_: string, request: { text?: string; recording?: string }) => ({ kept: { id: 'e1', ...request } });
  keep = (kept: Kept): Effects => {
    this.#go('keep');
    this.#rows.set(`draft/${kept.id}`, kept);
    return { put: [{ key: `draft/${kept.id}`, bytes: bytes(kept) }], delete: [] };
  };
  discard = (id: string): Effects => {
    this.#rows.delete(`draft/${id}`);
    return { put: [], delete: [`draft/${id}`] };
  };
  complete = (id: string): Effects => {
    this.#go('complete');
    const kept = this.draft(id);
    this.#rows.delete(`draft/${id}`);
    const key = `outbox/d1/${id}`;
    this.#rows.set(key, kept);
    const recording = kept.recording === undefined ? [] : [`recording/${kept.recording}/`, `transcript/${kept.recording}/`];
    return { put: [{ key, bytes: bytes(kept) }], delete: [`draft/${id}`, ...recording] };
  };
  states = () => Object.fromEntries([...this.#rows.keys()].filter((key) => key.startsWith('outbox/')).map((key) => [key.split('/')[2], 'on-this-phone']));
  quarantine = () => [];
  rescue = () => ({ drafts: this.drafts() });
  pullRequest = () => ({ documents: [] });
  pulledNeeds = () => [];
  pulled = (answer: Uint8Array) => {
    const { erased = [] } = JSON.parse(new TextDecoder().decode(answer)) as { erased?: string[] };
    const put = erased.length === 0 ? [] : [{ key: 'notice/erased', bytes: bytes(erased) }];
    return { put, delete: [], syncing: { accepted: 0, refused: [], more: false, families: [], gone: [], erased } };
  };
  pushRequest = () => {
    const waiting = Object.keys(this.states());
    return waiting.length === 0 ? undefined : { documents: waiting };
  };
  pushedNeeds = () => [];
  pushed = () => {
    const keys = [...this.#rows.keys()].filter((key) => key.startsWith('outbox/'));
    for (const key of keys) this.#rows.delete(key);
    return { put: [], delete: keys, syncing: { accepted: keys.length, refused: [], more: false, families: [], gone: [], erased: [] } };
  };
}

/** The fake core. */
export const fakeCore = {
  Device: {
    open: (_: unknown, rows: Row[]) => {
      opened.push(rows);
      return new FakeDevice(rows) as unknown as Device;
    },
    signingText,
    terms: () => ({}),
  },
} as unknown as Core;

/** What reads texts, which reads nothing. */
export const fakeHearing: Hearing = {
  Listening: class {} as Hearing['Listening'],
  read: () => ({}),
};
