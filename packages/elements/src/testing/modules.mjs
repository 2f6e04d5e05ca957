import { readFileSync } from 'node:fs';

const { exports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const paths = Object.keys(exports).filter((path) => !path.includes('*'));

/** The modules of the package, as a page names them: the whole, each element, and what defines its tag. */
export const modules = paths.map((path) => `@sama/elements${path.slice(1)}`);
