import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'scripts/**/*.test.ts'],
    environment: 'node',
    // Two cores are shared with other work; the tests are small.
    maxWorkers: 2,
    testTimeout: 15_000,
  },
  define: { __BUILD__: '"test"', __CORE_SHA256__: '""', __HEARING_SHA256__: '""' },
});
