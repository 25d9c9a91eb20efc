/** The stories of the screens: `npx vitest run --config e2e/screens/vitest.config.ts`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['e2e/screens/*.test.ts'], fileParallelism: false, testTimeout: 30_000, hookTimeout: 60_000 },
});
