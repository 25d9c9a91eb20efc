/**
 * One synchronisation: push what waits, pull what is new, push again what the pull gave back.
 *
 * The order of every step is: ask, store, then ask again. A round that is cut off anywhere has lost
 * nothing, because asking again is harmless.
 */

/** What a round does with the record; each answer is stored before the promise resolves. */
export interface Desk {
  /** The next push, or undefined when nothing waits. */
  pushRequest(): Promise<object | undefined>;
  pushed(answer: Uint8Array): Promise<void>;
  pullRequest(): Promise<object>;
  /** Whether the server has more. */
  pulled(answer: Uint8Array): Promise<boolean>;
}

/** Sends one request and gives the answer's bytes. */
export type Send = (path: string, request: object) => Promise<Uint8Array>;

/** A round ends after so many requests of a kind, whatever the server says; the next one goes on. */
const MOST_REQUESTS = 200;

/** @returns whether everything that waited was answered. */
export async function round(desk: Desk, send: Send): Promise<boolean> {
  const first = await pushAll(desk, send);
  let more = true;
  for (let pages = 0; more && pages < MOST_REQUESTS; pages++) {
    more = await desk.pulled(await send('/api/sync/pull', await desk.pullRequest()));
  }
  // A server that was restored from a backup has given back what it lost.
  const second = await pushAll(desk, send);
  return first && second && !more;
}

async function pushAll(desk: Desk, send: Send): Promise<boolean> {
  let last = '';
  for (let pushes = 0; pushes < MOST_REQUESTS; pushes++) {
    const request = await desk.pushRequest();
    if (request === undefined) {
      return true;
    }
    const text = JSON.stringify(request);
    if (text === last) {
      // The server answered and nothing moved: asking again at once would be a loop.
      return false;
    }
    last = text;
    await desk.pushed(await send('/api/sync/push', request));
  }
  return false;
}
