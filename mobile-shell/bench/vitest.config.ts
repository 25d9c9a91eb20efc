/** The phone's measurements: real Chromium, the real server, the built app. Not tests: `make bench-phone`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('.', import.meta.url).pathname,
    include: ['*.measure.ts'],
    globalSetup: ['../e2e/harness/built.ts'],
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 180_000,
  },
});
