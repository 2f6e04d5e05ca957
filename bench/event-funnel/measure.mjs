/** Started by `event-funnel.mjs` in a process of its own. */
import { OWNER_RIGHTS } from '../../packages/metrics/dist/contracts/index.js';
import { createMemoryEngine } from '../../packages/metrics/dist/engine/index.js';
import { report } from '../in-child.mjs';
import { alternate, timed } from '../measure.mjs';
import { DuckDBInstance } from '../places.mjs';
import { BY_JOINS, BY_WINDOWS } from './by-hand.mjs';
import { AS_OF, DEFINITION, history, QUESTION, STEPS } from './history.mjs';

const EVENTS = 2_000_000;
const HOW = { rounds: 7, warmUp: 2 };

function* activities() {
  let i = 0;
  for (const { person, name, at } of history(EVENTS)) {
    yield {
      name,
      at: new Date(at).toISOString(),
      personId: `p${person}`,
      attributes: {},
      source: { system: 'web', recordId: `${i++}` },
      batch: 'b1',
    };
  }
}

/** As favourable as can be: numbers for persons, one type for the names, in the order of persons and of time. */
async function table(connection) {
  await connection.run('CREATE TABLE events (person INTEGER, name VARCHAR, at_ms BIGINT)');
  const appender = await connection.createAppender('events');
  for (const { person, name, at } of history(EVENTS)) {
    appender.appendInteger(person);
    appender.appendVarchar(name);
    appender.appendBigInt(BigInt(at));
    appender.endRow();
  }
  appender.flushSync();
  appender.closeSync();
}

const engine = createMemoryEngine({ activities: activities() });
const context = { definitions: [DEFINITION], rights: OWNER_RIGHTS, asOf: AS_OF, timeZone: 'UTC' };
const ask = (question = QUESTION) => engine.answer(question, context);

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await table(connection);
const read = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS();

const { status, message, data } = await ask();
if (status !== 'ok') throw new Error(`the question was not answered: ${message ?? status}`);
const ours = data.steps.map(({ count }) => count);
for (const sql of [BY_JOINS, BY_WINDOWS]) {
  const [row] = await read(sql);
  const theirs = STEPS.map((_, i) => row[`s${i}`]);
  if (ours.join() !== theirs.join())
    throw new Error(`Sama counts ${ours.join()}, the statement by hand ${theirs.join()}`);
}
const times = await alternate(
  {
    sama: () => timed(ask),
    times: () => timed(() => ask({ ...QUESTION, details: ['time'] })),
    joins: () => timed(() => read(BY_JOINS)),
    windows: () => timed(() => read(BY_WINDOWS)),
  },
  HOW,
);
connection.closeSync();
instance.closeSync();
await report({ events: EVENTS, counts: ours, times });
process.disconnect();
