import { defineConfig } from 'vitest/config';

// Stores are written and histories compared by the hundred; a busy machine takes its time.
export default defineConfig({
  test: { name: 'server', testTimeout: 180_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } },
});
