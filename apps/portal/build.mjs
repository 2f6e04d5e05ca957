import { cpSync, rmSync } from 'node:fs';

/** The pages are plain files: a build is a copy. The server fills in addresses and integrity. */
const at = (path) => new URL(path, import.meta.url);
rmSync(at('dist'), { recursive: true, force: true });
cpSync(at('pages'), at('dist'), { recursive: true });
