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
  /** Names and pins the modules of the split build, for a page of this server; absent when it is not built. */
  importMap?: ImportMap | undefined;
}

const ImportMap = z.object({
  imports: z.record(z.string(), z.string()),
  integrity: z.record(z.string(), z.string()),
});
type ImportMap = z.infer<typeof ImportMap>;

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
  return { version, files, listed, importMap: importMapOf(files, version) };
}

/** The import map beside the files, which names them from where it stands, as a page of this server names them. */
function importMapOf(files: ReadonlyMap<string, ServedFile>, version: string): ImportMap | undefined {
  const file = files.get('importmap.json');
  if (file === undefined) return undefined;
  const { imports, integrity } = ImportMap.parse(JSON.parse(new TextDecoder().decode(file.body)));
  const served = (path: string): string => path.replace(/^\.\//, `/cdn/${version}/`);
  return {
    imports: Object.fromEntries(Object.entries(imports).map(([name, path]) => [name, served(path)])),
    integrity: Object.fromEntries(Object.entries(integrity).map(([path, hash]) => [served(path), hash])),
  };
}

/** The elements package beside this one: its version and its `dist/cdn`. @beta */
export function installedElements(): ElementFiles {
  const root = fileURLToPath(new URL('..', import.meta.resolve('@sama/elements')));
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return readElementFiles(join(root, 'dist', 'cdn'), version);
}
