/*
 * Writes what the catalogue gives to copy for React and Vue, for their tools to build into pages.
 * usage: node write-usage.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { USAGES, WAYS } from '../../packages/elements/src/testing/usage.ts';

for (const way of [WAYS.React, WAYS.Vue]) {
  const folder = join(import.meta.dirname, 'dist/usage', way.file);
  mkdirSync(folder, { recursive: true });
  for (const usage of Object.values(USAGES)) writeFileSync(join(folder, `${usage.tag}.${way.file}`), way.text(usage));
}
