import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} here the package @returns {{ path: string, file: string }[]} each path that pages load, and its built file */
export function entriesOf(here) {
  const { exports } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  return Object.entries(exports).flatMap(([path, to]) =>
    to.default?.startsWith('./dist/') && !to.default.startsWith('./dist/types/')
      ? [{ path: path.slice(2), file: join(here, to.default) }]
      : [],
  );
}
