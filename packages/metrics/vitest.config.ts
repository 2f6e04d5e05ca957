import { defineConfig } from 'vitest/config';

// A thousand random histories take their time on a busy machine.
export default defineConfig({ test: { name: 'metrics', testTimeout: 120_000 } });
