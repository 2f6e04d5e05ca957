/*
 * Writes what the catalogue gives to copy, for the tools of other frameworks to build into pages.
 * usage: node write-usage.ts [angular]; without it for React and Vue
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { USAGES, WAYS } from '../../packages/elements/src/testing/usage.ts';

// Files that Angular compiles are beside its packages, which only this page has.
const ways =
  process.argv[2] === 'angular'
    ? ([[WAYS.Angular, 'angular/dist']] as const)
    : ([
        [WAYS.React, 'dist/usage/tsx'],
        [WAYS.Vue, 'dist/usage/vue'],
      ] as const);
for (const [way, place] of ways) {
  const folder = join(import.meta.dirname, place);
  mkdirSync(folder, { recursive: true });
  for (const usage of Object.values(USAGES)) writeFileSync(join(folder, `${usage.tag}.${way.file}`), way.text(usage));
}
