import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['e2e/screens/shots.ts'], fileParallelism: false, testTimeout: 30_000 } });
