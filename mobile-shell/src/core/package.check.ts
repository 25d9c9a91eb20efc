/**
 * Checked by `npm run check:core` once the core is built: the package that wasm-bindgen wrote has every
 * call of `device-api.ts` with the same types. Nothing of it is in the app.
 */

import type * as built from './pkg/device';
import type * as heard from './pkg/hearing';
import type { Core, Hearing } from './device-api';

/** Fails to compile when the facade and the package drift apart. */
export const fits = (core: typeof built): Core => core;
/** The same for the hearing half. */
export const hears = (hearing: typeof heard): Hearing => hearing;
