/** The page docs/engine-parity.md: every case on every engine. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  answerCases,
  eventFunnelCases,
  figureCases,
  funnelCases,
  measureCases,
  recordCases,
} from '../../packages/metrics/dist/testing/index.js';

import { OWN_QUESTIONS } from '../../packages/server/src/testing/warehouse-world.ts';

export const LAST_RUN = join(import.meta.dirname, 'clickhouse.json');
const PAGE = join(import.meta.dirname, '../../docs/engine-parity.md');

const HEAD = `# The same answers from every engine

Every case below is a small world with a question and the answer worked out by hand, from the text alone. Each engine must give that answer or refuse by name; none comes near silently.

- **memory**, **DuckDB** and **PostgreSQL** are held to all of them whenever the tests run, PostgreSQL in the process and, where \`DATABASE_URL\` is set, on a server. They refuse nothing, and a difference fails the tests. On top of the cases they agree on random histories with an oracle written from \`how-sama-counts.md\`.
- **ClickHouse** is held to them by its real engine when \`pnpm test:clickhouse\` is run, which fetches it.`;

/** @param {string | undefined} result */
const shown = (result) => (result === 'equal' ? 'equal' : (result ?? 'not run yet').replaceAll('|', '\\|'));

/** What a question to a company's own tables is called among the results. */
export const ownName = ({ kind }, i) => `own tables ${i + 1}: ${kind}`;
export const saidName = (question, i) => `${ownName(question, i)}, with hand-offs beside`;

/** The page as it must stand now. */
export function page() {
  const { date, version, results } = JSON.parse(readFileSync(LAST_RUN, 'utf8'));
  const rows = (cases) =>
    cases.map(({ name }) => `| ${name.replaceAll('|', '\\|')} | equal | equal | equal | ${shown(results[name])} |`);
  const table = (title, cases) =>
    [
      `## ${title}`,
      '',
      '| Case | memory | DuckDB | PostgreSQL | ClickHouse |',
      '| --- | --- | --- | --- | --- |',
      ...rows(cases),
    ].join('\n');
  return (
    [
      HEAD,
      `ClickHouse's last run: ${date}, version ${version}.`,
      table('Stage funnels', funnelCases()),
      table('Measures', measureCases()),
      table('Records of KPIs', recordCases()),
      table('Figures of KPIs', figureCases()),
      table('Event funnels', eventFunnelCases()),
      table('Scores, attribution and differences', answerCases()),
      [
        "## A company's own tables",
        '',
        'The same questions to records in memory and to [tables read by a mapping](engines.md).',
        '',
        '| Question | DuckDB file, Parquet files | PostgreSQL | ClickHouse |',
        '| --- | --- | --- | --- |',
        ...[ownName, saidName]
          .flatMap((nameOf) => OWN_QUESTIONS.map(nameOf))
          .map((name) => `| ${name} | equal | equal | ${shown(results[name])} |`),
      ].join('\n'),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

export const writePage = () => writeFileSync(PAGE, page());
export const writtenPage = () => readFileSync(PAGE, 'utf8');

if (process.argv[1] === import.meta.filename) writePage();
