/** What a run says: a table on the terminal, and `docs/benchmarks.md`. */
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

const root = new URL('../', import.meta.url);
const json = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const verdict = ({ passed }) => (passed ? 'passed' : 'not passed');

/** @param {readonly object[]} gates */
export function terminalTable(gates) {
  const rows = [
    ['what', 'at least', 'measured', ''],
    ...gates.map((gate) => [gate.what, gate.limit, gate.figure, verdict(gate)]),
  ];
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function markdownTable(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The versions that were measured: those of the lockfiles. */
function versions() {
  const { dependencies } = json('bench/package.json');
  const duckdb = json('packages/server/package.json').dependencies['@duckdb/node-api'];
  const all = { node: process.versions.node, ...dependencies, '@duckdb/node-api': duckdb };
  return Object.entries(all)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

function machine() {
  const processors = cpus();
  const [first] = processors;
  return `${processors.length} × ${first.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB of memory, ${process.platform} ${process.arch}`;
}

/**
 * @param {readonly { title: string, how: string, gates: readonly object[], figures: readonly (readonly [string, string])[] }[]} parts
 * @param {{ chromium: string, date: Date }} world
 */
export function documentOf(parts, { chromium, date }) {
  const gates = parts.flatMap((part) => part.gates);
  const chapters = parts.flatMap(({ title, how, figures }) => [
    `## ${title}`,
    how,
    ...(figures.length === 0 ? [] : [markdownTable(['', 'Median'], figures)]),
  ]);
  return `${[
    '# Benchmarks',
    '`pnpm bench` measures Sama against what one would use or write instead, and writes this page. All contenders of a comparison run in turn in one run, after a warm-up; the figures are medians. Milliseconds are those of one machine on one day, so only ratios are asked for. `node bench/run.mjs PART…` runs some parts and leaves the page as it is.',
    `Measured on ${date.toISOString().slice(0, 10)}: ${machine()}. Versions: ${versions()}, ${chromium}.`,
    markdownTable(
      ['What', 'At least', 'Measured', ''],
      gates.map((gate) => [gate.what, gate.limit, gate.figure, `**${verdict(gate)}**`]),
    ),
    ...chapters,
  ].join('\n\n')}\n`;
}
