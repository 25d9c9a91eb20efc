/**
 * Starts the core's WebAssembly, or that of its hearing half, if it is the one that this build was made with.
 *
 * A proxy, a damaged cache or half an update can serve other bytes under the same name: those are
 * refused before they run, and nothing of the vault is touched.
 */

import type { Core, Hearing } from './device-api';
import { Problem } from './errors';

/** A module that wasm-bindgen wrote. */
type Package<T> = T & { default(options: { module_or_path: WebAssembly.Module }): Promise<unknown> };

// `scripts/build-core` writes the packages; a checkout without them still builds and says what is missing.
const cores = import.meta.glob<Package<Core>>('./pkg/device.js');
const hearings = import.meta.glob<Package<Hearing>>('./pkg/hearing.js');
// Known from the start: as a module of its own, each would be one more file to wait for.
const addresses = import.meta.glob<string>('./pkg/*_bg.wasm', { query: '?url', import: 'default', eager: true });

/** @throws Problem `wasm` or `core-changed`. */
export const loadCore = (): Promise<Core> => started(cores, './pkg/device_bg.wasm', __CORE_SHA256__);

/** @throws Problem `wasm` or `core-changed`. */
export const loadHearing = (): Promise<Hearing> => started(hearings, './pkg/hearing_bg.wasm', __HEARING_SHA256__);

async function started<T>(packages: Record<string, () => Promise<Package<T>>>, wasm: string, hash: string): Promise<T> {
  if (typeof WebAssembly !== 'object') {
    throw noWasm();
  }
  const [load, address] = [Object.values(packages)[0], addresses[wasm]];
  if (load === undefined || address === undefined) {
    throw new Problem('core-changed', 'This build of the app lacks its core. Tell your IT support.');
  }
  const loading = load();
  // Compiling does not run anything, so it need not wait for the hash.
  const { bytes, compiled } = await fetched(address);
  if (hash !== '' && (await sha256(bytes)) !== hash) {
    throw new Problem(
      'core-changed',
      'Part of the app was changed on its way to this phone, so it was not started. Your work is still here. Close the app, connect to a network and open it again.',
    );
  }
  const module = await loading;
  try {
    await module.default({ module_or_path: (await compiled) ?? (await WebAssembly.compile(bytes)) });
  } catch (cause) {
    throw noWasm(cause);
  }
  return module;
}

/** The bytes, and what the browser makes of them as they come (and may keep for the next start). */
interface Fetched {
  bytes: ArrayBuffer;
  /** Undefined where it can't compile as they come: an older browser, or a server without media types. */
  compiled: Promise<WebAssembly.Module | undefined>;
}

async function fetched(address: string): Promise<Fetched> {
  try {
    const response = await fetch(address, { credentials: 'omit' });
    if (!response.ok) {
      throw new Error(`status ${response.status}`);
    }
    const compiled =
      'compileStreaming' in WebAssembly ? WebAssembly.compileStreaming(response.clone()).catch(() => undefined) : Promise.resolve(undefined);
    return { bytes: await response.arrayBuffer(), compiled };
  } catch (cause) {
    throw new Problem('core-changed', 'Part of the app is missing on this phone. Your work is still here. Connect to a network and open the app again.', {}, cause);
  }
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function noWasm(cause?: unknown): Problem {
  return new Problem(
    'wasm',
    'This browser does not let the app run its core (WebAssembly is switched off). Your work is still here. Use another browser, or ask your IT support to allow it for this address.',
    {},
    cause,
  );
}
