import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} here the package @returns {{ path: string, file: string }[]} each path that is loaded, and its built file */
export function entriesOf(here) {
  const { exports } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  return Object.entries(exports).flatMap(([path, to]) =>
    to.default?.startsWith('./dist/') && !to.default.startsWith('./dist/types/')
      ? [{ path: path.slice(2), file: join(here, to.default) }]
      : [],
  );
}

/** Those for pages: what is for servers is in no file for browsers. */
export const pageEntriesOf = (here) => entriesOf(here).filter(({ path }) => path !== 'ssr');
