/**
 * All tests in a real Chromium, one after another, because they measure time and share two cores: the
 * stories on the built app and the real server, then the screens on a stand-in for the app.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('.', import.meta.url).pathname,
    include: ['stories/*.test.ts', 'screens/*.test.ts'],
    globalSetup: ['harness/built.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    bail: Number(process.env.STORIES_BAIL ?? 0),
    hookTimeout: 180_000,
  },
});
