import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElementFile } from '@sama/metrics/contracts';
import * as z from 'zod/mini';
import { readFolder, type ServedFile } from './folder.ts';

/** The elements this server was built with. @beta */
export interface ElementFiles {
  version: string;
  files: ReadonlyMap<string, ServedFile>;
  /** The scripts among them, with the hash a page pins each by. */
  listed: readonly ElementFile[];
}

/** The single file a page needs. @beta */
export const FUNNEL_FILE = 'sama-funnel.js';

/** Reads the built files of a folder and computes their integrity (SHA-384, base64). @beta */
export function readElementFiles(folder: string, version: string): ElementFiles {
  const files = readFolder(folder);
  const listed = [...files]
    .filter(([path]) => path.endsWith('.js') || path.endsWith('.css'))
    .map(([path, { body }]) => ({
      path,
      url: `/cdn/${version}/${path}`,
      bytes: body.byteLength,
      integrity: `sha384-${createHash('sha384').update(body).digest('base64')}`,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return { version, files, listed };
}

/** The elements package beside this one: its version and its `dist/cdn`. @beta */
export function installedElements(): ElementFiles {
  const root = fileURLToPath(new URL('..', import.meta.resolve('@sama/elements')));
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return readElementFiles(join(root, 'dist', 'cdn'), version);
}
