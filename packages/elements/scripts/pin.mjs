import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageEntriesOf } from './entries.mjs';
import { splitFile } from './split.mjs';

/** Writes `integrity.json`, the hashes pages pin scripts by, and `importmap.json`, which names and pins the split build. */
export function pin(here, cdn) {
  const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  const files = globSync('**/*.js', { cwd: cdn })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((path) => {
      const body = readFileSync(join(cdn, path));
      return { path, bytes: body.length, integrity: `sha384-${createHash('sha384').update(body).digest('base64')}` };
    });
  const imports = pageEntriesOf(here).map(({ path }) => [
    path === '' ? '@sama/elements' : `@sama/elements/${path}`,
    `./split/${splitFile(path)}`,
  ]);
  const integrity = files
    .filter(({ path }) => path.startsWith('split/'))
    .map(({ path, integrity }) => [`./${path}`, integrity]);
  const write = (name, value) => writeFileSync(join(cdn, name), `${JSON.stringify(value, null, 2)}\n`);
  write('integrity.json', { version, files });
  write('importmap.json', { imports: Object.fromEntries(imports), integrity: Object.fromEntries(integrity) });
}
