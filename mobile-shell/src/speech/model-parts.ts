/**
 * Where the speech model is kept on this phone: in the browser's cache storage, in parts.
 *
 * The model is the same for everybody and holds nothing personal, so it isn't sealed. In parts, so that a fetch that broke
 * off goes on from its last whole part, and memory holds one part at a time.
 */

/** Bytes of a part; the last one is shorter. */
export const PART = 1024 * 1024;

const CACHE = 'workbook-speech-model';

/** What is known of the model whose parts are kept. */
export interface Kept {
  name: string;
  sha256: string;
  bytes: number;
  /** `corrupt` stays until it is fetched anew. */
  is: 'partial' | 'whole' | 'corrupt';
}

/** The model's parts. Addresses name nothing but the model's hash. */
export interface ModelParts {
  kept(): Promise<Kept | undefined>;
  keep(kept: Kept): Promise<void>;
  /** Part `number`; undefined if it isn't there or has another length than `length`. */
  read(sha256: string, number: number, length: number): Promise<Uint8Array<ArrayBuffer> | undefined>;
  write(sha256: string, number: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Whether a part is there, without reading it. */
  has(sha256: string, number: number): Promise<boolean>;
  removeAll(): Promise<void>;
}

/** How many parts a model of `bytes` has. */
export const partsOf = (bytes: number) => Math.ceil(bytes / PART);

/** The length of part `number` of a model of `bytes`. */
export const partLength = (bytes: number, number: number) => Math.min(PART, bytes - number * PART);

/** Parts in the browser's cache storage. */
export function cachedParts(storage: CacheStorage = globalThis.caches): ModelParts {
  const open = () => storage.open(CACHE);
  const part = (sha256: string, number: number) => `/speech-model/${sha256}/${number}`;
  const about = '/speech-model/about';
  return {
    async kept() {
      const found = await (await open()).match(about);
      return found === undefined ? undefined : ((await found.json()) as Kept);
    },
    async keep(kept) {
      await (await open()).put(about, Response.json(kept));
    },
    async read(sha256, number, length) {
      const found = await (await open()).match(part(sha256, number));
      const bytes = found === undefined ? undefined : new Uint8Array(await found.arrayBuffer());
      return bytes?.length === length ? bytes : undefined;
    },
    async write(sha256, number, bytes) {
      await (await open()).put(part(sha256, number), new Response(bytes));
    },
    async has(sha256, number) {
      return (await (await open()).match(part(sha256, number))) !== undefined;
    },
    async removeAll() {
      await storage.delete(CACHE);
    },
  };
}
