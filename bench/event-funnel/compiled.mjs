/** Started by `event-funnel.mjs` in a process of its own. */
import { OWNER_RIGHTS } from '../../packages/metrics/dist/contracts/index.js';
import { report } from '../in-child.mjs';
import { alternate, timed } from '../measure.mjs';
import { createDuckDbEngine, DuckDBInstance, queryBatches, queryRows } from '../places.mjs';
import { BY_JOINS, BY_WINDOWS } from './by-hand.mjs';
import { AS_OF, DEFINITION, history, QUESTION, STEPS } from './history.mjs';

const EVENTS = 2_000_000;
const GROWN = 10_000_000;
const HOW = { rounds: 5, warmUp: 1 };

/** The table of activities, filled in the order of persons and of time; `events` is what the statements by hand read of it. */
async function tables(connection, events) {
  await connection.run('CREATE TABLE drafts (person INTEGER, name VARCHAR, at_ms BIGINT)');
  const appender = await connection.createAppender('drafts');
  for (const { person, name, at } of history(events)) {
    appender.appendInteger(person);
    appender.appendVarchar(name);
    appender.appendBigInt(BigInt(at));
    appender.endRow();
  }
  appender.flushSync();
  appender.closeSync();
  const text = 'CAST(NULL AS VARCHAR)';
  await connection.run(`CREATE TABLE activity_events AS SELECT name, at_ms, CAST(NULL AS DATE) AS at_day, 'p' || person AS person_id,
    ${text} AS account_id, ${text} AS opportunity_id, ${text} AS campaign_id, ${text} AS owner, CAST(NULL AS BIGINT) AS amount,
    ${text} AS currency, CAST('{}' AS JSON) AS attributes, 'web' AS system, CAST(row_number() OVER () AS VARCHAR) AS record_id,
    ${text} AS field FROM drafts`);
  await connection.run('DROP TABLE drafts');
  await connection.run('CREATE VIEW events AS SELECT person_id AS person, name, at_ms FROM activity_events');
}

const context = { definitions: [DEFINITION], rights: OWNER_RIGHTS, asOf: AS_OF, timeZone: 'UTC' };

/** A database of its own with so many events, and how it is asked. */
async function database(events) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await tables(connection, events);
  const session = {
    all: (text, params) => queryRows(connection, text, params),
    batches: (text, params) => queryBatches(connection, text, params),
  };
  const engine = createDuckDbEngine({ reader: () => ({ use: (work) => work(session) }) });
  const ask = () => engine.answer(QUESTION, context);
  const { status, message, data } = await ask();
  if (status !== 'ok') throw new Error(`the question was not answered: ${message ?? status}`);
  const ours = data.steps.map(({ count }) => count);
  const [row] = await session.all(BY_JOINS);
  const theirs = STEPS.map((_, i) => row[`s${i}`]);
  if (ours.join() !== theirs.join())
    throw new Error(`Sama counts ${ours.join()}, the statement by hand ${theirs.join()}`);
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  return { ask, byHand: (sql) => session.all(sql), close };
}

const small = await database(EVENTS);
const grown = await database(GROWN);
// In turn, so that whatever else the machine does falls on both sizes alike.
const times = await alternate(
  {
    sama: () => timed(small.ask),
    joins: () => timed(() => small.byHand(BY_JOINS)),
    windows: () => timed(() => small.byHand(BY_WINDOWS)),
    grown: () => timed(grown.ask),
    grownJoins: () => timed(() => grown.byHand(BY_JOINS)),
  },
  HOW,
);
small.close();
grown.close();
await report({ events: EVENTS, grown: GROWN, times });
process.disconnect();
