/// <reference lib="webworker" />
/**
 * The service worker: keeps the app's own files, so that it opens with the server dead.
 *
 * Invariants: only files of this build are kept, checked against their list; nothing under `/api` is
 * ever kept or answered from here, so no personal data lies in a cache; the speech model has a cache
 * of its own, filled by the page. A new version waits until the page says that the person agrees.
 * Answers keep the headers with which they came (cross-origin isolation needs them offline too).
 */

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

const FILES = self.__WB_MANIFEST;
/** This build's cache: the list of files names it. */
const CACHE = `shell-${fingerprint(FILES.map(({ url, revision }) => `${url} ${revision ?? ''}`).join('\n'))}`;
const PREFIX = 'shell-';
const PAGE = '/index.html';
const SYNC_TAG = 'workbook-sync';

self.addEventListener('install', (event) => {
  event.waitUntil(keepAll());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(PREFIX) && name !== CACHE) {
          await caches.delete(name);
        }
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  if ((event.data as { apply?: unknown } | null)?.apply === true) {
    void self.skipWaiting();
  }
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/')) {
    return;
  }
  const path = request.mode === 'navigate' && isPage(url.pathname) ? PAGE : url.pathname;
  event.respondWith(answer(request, path));
});

/** The browser believes that there is a network. The vault's key is not here: only an open page can send. */
self.addEventListener('sync', (event) => {
  const { tag, waitUntil } = event as Event as ExtendableEvent & { tag: string };
  if (tag === SYNC_TAG) {
    waitUntil.call(
      event,
      self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then((pages) => {
        for (const page of pages) {
          page.postMessage({ wake: true });
        }
      }),
    );
  }
});

/** Files that the build before this one kept are copied; only new ones are fetched. */
async function keepAll(): Promise<void> {
  const cache = await caches.open(CACHE);
  const before = await olderFiles();
  for (const { url, revision } of FILES) {
    const path = new URL(url, self.location.origin).pathname;
    if ((await cache.match(path)) !== undefined) {
      continue;
    }
    // A file whose name holds its hash (no revision) is the same in every build.
    const same = revision === null ? await before(path) : undefined;
    const response = same ?? (await fetch(path, { cache: 'reload', credentials: 'same-origin' }));
    if (!response.ok || response.redirected || response.type !== 'basic') {
      throw new Error('a file of the app could not be fetched');
    }
    await cache.put(path, response);
  }
}

async function olderFiles(): Promise<(path: string) => Promise<Response | undefined>> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  return async (path) => {
    for (const name of names) {
      const found = await (await caches.open(name)).match(path);
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  };
}

async function answer(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path, { ignoreSearch: true })) ?? fetch(request);
}

/** Addresses of the app itself; files are asked for by their own names. */
function isPage(path: string): boolean {
  return !/\.[a-z0-9]+$/i.test(path);
}

/** A short name for a list of files (FNV-1a, twice): tells builds apart, guards nothing. */
function fingerprint(text: string): string {
  return [0x811c9dc5, 0x01234567]
    .map((seed) => {
      let hash = seed;
      for (let at = 0; at < text.length; at++) {
        hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
      }
      return (hash >>> 0).toString(16).padStart(8, '0');
    })
    .join('');
}

export {};
