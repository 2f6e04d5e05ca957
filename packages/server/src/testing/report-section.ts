import { readFileSync, writeFileSync } from 'node:fs';

const DOCS = new URL('../../../../docs/', import.meta.url);

/** Writes what a run said into its place in a page of the docs, between the comments that name it. */
export function writeSection(file: 'reliability.md' | 'operations.md', name: string, text: string): void {
  const at = new URL(file, DOCS);
  const page = readFileSync(at, 'utf8');
  const [begin, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`docs/${file} has no place for ${name}`);
  writeFileSync(at, `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`);
}
