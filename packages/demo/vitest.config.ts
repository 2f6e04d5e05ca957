import { defineConfig } from 'vitest/config';

// Whole companies are made up and asked: seconds, and more beside other tests.
export default defineConfig({ test: { name: 'demo', testTimeout: 60_000 } });
