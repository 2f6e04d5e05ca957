import { resolve } from 'node:path';
import { entriesOf } from '../../scripts/entries.mjs';

/** The modules of the package, as a page names them: the whole, each element, and what defines its tag. */
export const modules = entriesOf(resolve(import.meta.dirname, '../..')).map(({ path }) =>
  path === '' ? '@sama/elements' : `@sama/elements/${path}`,
);
