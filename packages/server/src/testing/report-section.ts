import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../../../../docs/reliability.md', import.meta.url);

/** Writes what a run said into its place in `docs/reliability.md`, between the comments that name it. */
export function writeSection(name: string, text: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const [begin, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`docs/reliability.md has no place for ${name}`);
  writeFileSync(PAGE, `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`);
}
