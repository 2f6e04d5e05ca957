/*
 * Holds ClickHouse's own engine to the cases every engine is held to, and keeps what it said for
 * docs/engine-parity.md. usage: pnpm test:clickhouse [--chdb FOLDER] [--only TEXT], where a FOLDER has chdb in its node_modules and
 * TEXT is part of a case's name; with --only the others stay as they were, if the engine is the same. A case takes about five seconds to plan.
 * The engine weighs half a gigabyte, so it is fetched here and not with the other dependencies.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { answerWith } from '../../packages/metrics/dist/engine/index.js';
import { OWNER_RIGHTS } from '../../packages/metrics/dist/contracts/index.js';
import {
  answerCases,
  eventContextOf,
  eventFunnelCases,
  figureCases,
  funnelCases,
  measureCases,
  recordCases,
  seenBy,
  seenInEvents,
} from '../../packages/metrics/dist/testing/index.js';
import { SqlCounter } from '../../packages/server/dist/engine/counter.js';
import { clickHouseSessions } from '../../packages/server/dist/engine/clickhouse.js';
import { createSqlEngine } from '../../packages/server/dist/engine/sql-engine.js';
import {
  OWN_QUESTIONS,
  OWN_SAID,
  OWN_WORLD,
  ownContext,
  ownMapping,
  ownTables,
} from '../../packages/server/src/testing/warehouse-world.ts';
import { createMemoryEngine } from '../../packages/metrics/dist/engine/index.js';
import { DEFAULT_DEFINITIONS } from '../../packages/metrics/dist/definitions/index.js';
import { clickhouse, CLICKHOUSE_SETTINGS, readingFrom, saidText } from '../../packages/sql/dist/index.js';
import { activityValues, eventValues, figureValues, recordValues } from './rows.mjs';
import { LAST_RUN, ownName, saidName, writePage } from './page.mjs';

const CHDB = 'chdb@3.4.0';
const { values } = parseArgs({ options: { chdb: { type: 'string' }, only: { type: 'string' } } });
const folder = values.chdb ?? join(import.meta.dirname, '../../node_modules/.cache/chdb');
if (values.chdb === undefined) {
  mkdirSync(folder, { recursive: true });
  console.error(`fetching ${CHDB} (half a gigabyte) …`);
  execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, CHDB], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}
const { Session } = createRequire(join(folder, 'package.json'))('chdb');
const session = new Session();
const settings = Object.entries(CLICKHOUSE_SETTINGS).map(([name, value]) => `${name} = ${value}`);
session.query(`SET ${settings.join(', ')}`);
session.query(
  'CREATE TABLE stage_events (entity_type String, entity_id String, stage String, at_ms Nullable(Int64), at_day Nullable(Date32), reason Nullable(String)) ENGINE = Memory',
);
const texts = ['account_id', 'person_id', 'campaign_id', 'currency', 'owner', 'current_stage', 'attributes', 'batch'];
session.query(
  `CREATE TABLE records (entity_type String, id String, amount Nullable(Int64), ${texts.map((name) => `${name} Nullable(String)`).join(', ')}) ENGINE = Memory`,
);
const activityTexts = ['person_id', 'account_id', 'opportunity_id', 'campaign_id', 'owner', 'currency', 'field'];
session.query(
  `CREATE TABLE activity_events (name String, at_ms Nullable(Int64), at_day Nullable(Date32), amount Nullable(Int64), attributes String, system String, record_id String, ${activityTexts.map((name) => `${name} Nullable(String)`).join(', ')}) ENGINE = Memory`,
);
session.query(
  'CREATE TABLE figures (name String, from_day Date32, to_day Date32, value Float64, currency Nullable(String), segment Nullable(String)) ENGINE = Memory',
);

const reader = {
  async all({ text, params }) {
    const bound = Object.fromEntries(params.map((value, i) => [`p${i + 1}`, value]));
    const lines =
      params.length === 0 ? session.query(text, 'JSONEachRow') : session.queryBind(text, bound, 'JSONEachRow');
    return lines
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  },
};

async function holding({ records = [], events = [], activities = [], figures = [] }, work) {
  session.query('TRUNCATE TABLE stage_events');
  session.query('TRUNCATE TABLE records');
  session.query('TRUNCATE TABLE activity_events');
  session.query('TRUNCATE TABLE figures');
  for (const [table, rows] of [
    ['stage_events', eventValues(events)],
    ['records', recordValues(records)],
    ['activity_events', activityValues(activities)],
    ['figures', figureValues(figures)],
  ]) {
    if (rows.length > 0)
      session.query(`INSERT INTO ${table} FORMAT JSONEachRow ${rows.map((row) => JSON.stringify(row)).join('\n')}`);
  }
  return work(new SqlCounter(reader, clickhouse));
}

/** Whether everything `expected` names is the same in `given`. */
const includes = (given, expected) =>
  typeof expected !== 'object' || expected === null
    ? Object.is(given, expected)
    : typeof given === 'object' &&
      given !== null &&
      (!Array.isArray(expected) || expected.length === given.length) &&
      Object.entries(expected).every(([key, value]) => includes(given[key], value));

const results = {};
let failed = 0;
async function hold(name, work) {
  if (values.only !== undefined && !name.includes(values.only)) return;
  process.stderr.write('.');
  try {
    results[name] = (await work()) ? 'equal' : 'different';
  } catch (error) {
    results[name] = `error: ${String(error?.message ?? error)
      .split('\n')[0]
      .slice(0, 200)}`;
  }
  if (results[name] === 'equal') return;
  failed += 1;
  console.error(`✗ ${name}: ${results[name]}`);
}

const how = { name: 'clickhouse', now: () => '' };
for (const { name, plan, expected, ...world } of funnelCases())
  await hold(name, async () => {
    const seen = seenBy(expected, await holding(world, (counter) => counter.funnel(plan)), plan);
    return includes(seen, expected) && includes(expected, seen);
  });
for (const { name, definitions, question, expected, ...world } of measureCases())
  await hold(name, async () => {
    const context = { definitions, rights: OWNER_RIGHTS, asOf: '2026-03-01', timeZone: 'UTC' };
    const { data } = await holding(world, (counter) => answerWith(question, context, counter, how));
    return includes(data, expected);
  });
for (const { name, plan, expected, ...world } of recordCases())
  await hold(name, async () => {
    const found = await holding(world, (counter) => counter.records(plan));
    return includes(found, expected) && includes(expected, found);
  });
for (const { name, plan, expected, ...world } of figureCases())
  await hold(name, async () => {
    const found = await holding(world, (counter) => counter.figures(plan));
    return includes(found, expected) && includes(expected, found);
  });
for (const one of eventFunnelCases())
  await hold(one.name, async () => {
    const context = eventContextOf(one);
    const { data, message } = await holding(one, (counter) => answerWith(one.question, context, counter, how));
    if (data === undefined) throw new Error(message);
    return includes(seenInEvents(one.expected, data), one.expected);
  });
for (const { name, question, context, expected, ...world } of answerCases())
  await hold(name, async () => {
    const answer = await holding(world, (counter) => answerWith(question, context, counter, how));
    return includes(answer, expected);
  });

// A company's own tables by a mapping, asked as a server asks them: over HTTP, as far as the engine is not a server.
session.query('CREATE DATABASE own');
for (const statement of ownTables('clickhouse', 'own')) session.query(statement);
const http = createServer(async (request, response) => {
  let text = '';
  for await (const chunk of request) text += chunk;
  const given = new URL(request.url, 'http://localhost').searchParams;
  const unescaped = (value) =>
    value === '\\N'
      ? null
      : value.replaceAll(/\\([\\tnr0])/g, (_, sign) => ({ t: '\t', n: '\n', r: '\r', 0: '\0' })[sign] ?? sign);
  const typed = (name, value) => {
    const type = text.match(new RegExp(`\\{${name}:(\\w+)\\}`))?.[1];
    return type === 'Float64' ? Number(value) : type === 'Bool' ? value === 'true' : unescaped(value);
  };
  const bound = [...given].flatMap(([name, value]) =>
    name.startsWith('param_') ? [[name.slice(6), typed(name.slice(6), value)]] : [],
  );
  const query = text.replace(/ FORMAT JSONEachRow$/, '');
  try {
    response.end(
      bound.length === 0
        ? session.query(query, 'JSONEachRow')
        : session.queryBind(query, Object.fromEntries(bound), 'JSONEachRow'),
    );
  } catch (error) {
    response.writeHead(500).end(String(error?.message ?? error));
  }
});
await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
const own = clickHouseSessions(`http://127.0.0.1:${http.address().port}`, {
  warehouse: ownMapping('own'),
  timeLimitMs: 6e5,
  log: console.error,
});
const together = { ...OWN_WORLD, events: [...OWN_WORLD.events, ...OWN_SAID] };
const said = saidText(OWN_SAID);
for (const [nameOf, world, beside] of [
  [ownName, OWN_WORLD, undefined],
  [saidName, together, said],
]) {
  const ownEngine = createSqlEngine(own, clickhouse, { said: () => beside });
  const ownMemory = createMemoryEngine(world);
  for (const [i, question] of OWN_QUESTIONS.entries())
    await hold(nameOf(question, i), async () => {
      const context = ownContext(DEFAULT_DEFINITIONS);
      const [given, meant] = [await ownEngine.answer(question, context), await ownMemory.answer(question, context)];
      if (given.data === undefined) throw new Error(given.message);
      return includes(given.data, meant.data) && includes(meant.data, given.data);
    });
}
http.close();
// The same beside tables of the database's own, whose name stands for both together.
await hold('canonical tables, with hand-offs beside', async () => {
  const [question] = OWN_QUESTIONS;
  const context = ownContext(DEFAULT_DEFINITIONS);
  const read = readingFrom({ said }, clickhouse);
  const given = await holding(OWN_WORLD, () =>
    answerWith(question, context, new SqlCounter({ all: (one) => reader.all(read(one)) }, clickhouse), how),
  );
  const meant = await createMemoryEngine(together).answer(question, context);
  if (given.data === undefined) throw new Error(given.message);
  return includes(given.data, meant.data) && includes(meant.data, given.data);
});

const [{ version }] = await reader.all({ text: 'SELECT version() AS version', params: [] });
session.cleanup?.();
const last = JSON.parse(readFileSync(LAST_RUN, 'utf8'));
const run =
  values.only === undefined
    ? { date: new Date().toISOString().slice(0, 10), version, results }
    : { ...last, results: { ...last.results, ...results } };
if (run.version === version) {
  writeFileSync(LAST_RUN, `${JSON.stringify(run, null, 2)}\n`);
  writePage();
}
const count = Object.keys(results).length;
console.log(`ClickHouse ${version}: ${count - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
