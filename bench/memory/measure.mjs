/** Started by `memory.mjs` in a process of its own. */
import { demoChunks, demoDefinitions } from '../../packages/demo/dist/index.js';
import { OWNER_RIGHTS } from '../../packages/metrics/dist/contracts/index.js';
import { createMemoryEngine } from '../../packages/metrics/dist/engine/index.js';
import { zone } from '../../packages/metrics/dist/time/index.js';
import { AS_OF, cohortSql, mustAgree, QUESTION, TIME_ZONE } from '../cohort.mjs';
import { report } from '../in-child.mjs';
import { alternate, timed } from '../measure.mjs';
import { DuckDBInstance } from '../places.mjs';

const COMPANY = { persons: 1_000_000 };
const HOW = { rounds: 9, warmUp: 2 };

function held() {
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function* recordsOf(company) {
  for (const chunk of demoChunks(company)) yield* chunk.records;
}

function* eventsOf(company, count) {
  for (const { events } of demoChunks(company)) {
    count(events.length);
    yield* events;
  }
}

/**
 * The same events in a table, as favourable as can be: already on the line of their person, days
 * already at their end, replaced ones already gone.
 */
async function table(connection) {
  await connection.run('CREATE TABLE events (person VARCHAR, stage VARCHAR, at_ms BIGINT)');
  const appender = await connection.createAppender('events');
  const local = zone(TIME_ZONE);
  const ends = new Map();
  const endOf = (day) => ends.get(day) ?? ends.set(day, local.endOf(day)).get(day);
  for (const { records, events } of demoChunks(COMPANY)) {
    const persons = new Map(
      records.filter(({ entityType }) => entityType === 'opportunity').map(({ id, personId }) => [id, personId]),
    );
    const replaced = new Set(
      events.flatMap(({ source, supersedes }) => (supersedes === undefined ? [] : [`${source.system} ${supersedes}`])),
    );
    for (const { entityType, entityId, stage, at, source } of events) {
      const person = entityType === 'person' ? entityId : persons.get(entityId);
      if (person === undefined || replaced.has(`${source.system} ${source.recordId}`)) continue;
      appender.appendVarchar(person);
      appender.appendVarchar(stage);
      appender.appendBigInt(BigInt(at.length === 10 ? endOf(at) : Date.parse(at)));
      appender.endRow();
    }
  }
  appender.flushSync();
  appender.closeSync();
}

let events = 0;
const before = held();
const engine = createMemoryEngine({
  records: recordsOf(COMPANY),
  events: eventsOf(COMPANY, (more) => (events += more)),
});
const context = { definitions: demoDefinitions(), rights: OWNER_RIGHTS, asOf: AS_OF, timeZone: TIME_ZONE };
const ask = () => engine.answer(QUESTION, context);
const answer = await ask();
const bytes = held() - before;

const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
await table(connection);
const byHand = cohortSql('events');
const read = async () => (await connection.runAndReadAll(byHand)).getRowObjectsJS();
mustAgree(answer, await read());
const times = await alternate({ sama: () => timed(ask), hand: () => timed(read) }, HOW);
connection.closeSync();
instance.closeSync();
await report({ events, bytes, times });
process.disconnect();
