/** Ten million events on embedded DuckDB: the server's own engine against a statement by hand, on one file. */
import { join } from 'node:path';
import { demoChunks, demoDefinitions } from '../packages/demo/dist/index.js';
import { OWNER_RIGHTS } from '../packages/metrics/dist/contracts/index.js';
import { AS_OF, cohortSql, mustAgree, QUESTION, TIME_ZONE } from './cohort.mjs';
import { alternate, gate, milliseconds, thousands, timed } from './measure.mjs';
import { createDuckDbEngine, keepWhileBuilding, linesOf, openStore, stagesOver, withFolder } from './places.mjs';

/** Persons of the demo company that bring some 1.25 million events. */
const PERSONS = 555_000;
const COPIES = { small: 2, large: 8 };
const ROUNDS = 7;
/** Time may grow this much faster than the data before it counts as growing faster: the machine's noise. */
const NOISE = 1.15;

/** Decided hand-offs of the ledger over the larger store, and the most a question may take with it. */
const HANDOFFS = 20_000;
const WITH_LEDGER = 1.5;

/** The events as they stand in the store, each on the line of its person, a day at its end. */
const AT = `coalesce(at_ms, epoch_ms(timezone('${TIME_ZONE}', CAST(at_day + 1 AS TIMESTAMP))) - 1) AS at_ms`;
const RAW = `(
  SELECT entity_id AS person, stage, ${AT} FROM stage_events WHERE entity_type = 'person'
  UNION ALL
  SELECT o.person_id, stage, ${AT}
  FROM stage_events e JOIN records o ON o.entity_type = 'opportunity' AND o.id = e.entity_id
  WHERE e.entity_type = 'opportunity' AND o.person_id IS NOT NULL)`;

const context = { definitions: demoDefinitions(), rights: OWNER_RIGHTS, asOf: AS_OF, timeZone: TIME_ZONE };
const options = {
  memoryLimit: '4GB',
  reader: { memoryLimit: '4GB' },
  afterBuild: keepWhileBuilding(() => linesOf(context.definitions, TIME_ZONE)),
};

const batchOf = (name) => ({ file: name, contentHash: name.padEnd(64, '0'), mappingHash: '0'.repeat(64), demo: true });

/** Fills a store with the company of another, so many times over, under other ids. */
async function multiply(from, store, copies) {
  await store.addLayer(batchOf(`c${copies}`), async ({ connection }) => {
    await connection.run(`ATTACH '${from}' AS base (READ_ONLY)`);
    const times = `(SELECT '-' || i AS copy FROM range(${copies}) n(i))`;
    await connection.run(
      `INSERT INTO stage_events SELECT * EXCLUDE (copy) REPLACE (entity_id || copy AS entity_id, record_id || copy AS record_id), NULL
       FROM base.stage_events, ${times}`,
    );
    await connection.run(
      `INSERT INTO records SELECT * EXCLUDE (copy) REPLACE (id || copy AS id, account_id || copy AS account_id, person_id || copy AS person_id)
       FROM base.records, ${times}`,
    );
    await connection.run('DETACH base');
    return { rows: { read: 0, kept: 0, merged: 0, refused: 0 } };
  });
}

/** What can be timed of a store: the question to the server's engine, and the same by hand. */
async function contenders(store) {
  const engine = createDuckDbEngine(store);
  const byHand = cohortSql(RAW);
  const ask = () => engine.answer(QUESTION, context);
  const read = () => store.reader().all(byHand);
  mustAgree(await ask(), await read());
  const [row] = await store.reader().all('SELECT count(*) AS n FROM stage_events');
  return { sama: () => timed(ask), hand: () => timed(read), events: Number(row.n) };
}

/** What a ledger says of persons of a store, spread over all of them: accepted in the last quarter, half of them qualified. */
async function ledgerOver(store) {
  const rows = await store
    .reader()
    .all(`SELECT id FROM records WHERE entity_type = 'person' ORDER BY hash(id) LIMIT ${HANDOFFS}`);
  const said = new Map(
    rows.map(({ id }, i) => {
      const accepted = Date.parse(AS_OF) - (1 + (i % 90)) * 86_400_000;
      const entered = (stage, ms) => ({
        entityType: 'person',
        entityId: id,
        stage,
        at: new Date(ms).toISOString(),
        source: { system: 'sama', recordId: `h-${id}/${stage}` },
        batch: 'ledger',
      });
      return [id, [entered('sal', accepted), ...(i % 2 === 0 ? [entered('sql', accepted + 3_600_000)] : [])]];
    }),
  );
  const stages = { version: 1, since: () => new Set(said.keys()), of: (person) => said.get(person) ?? [] };
  return stagesOver(stages, () => linesOf(context.definitions, TIME_ZONE));
}

/** The same question with a ledger over the store, and how long it takes to lay it there, once for each generation. */
async function withLedger(store) {
  const engine = createDuckDbEngine(store, { over: await ledgerOver(store) });
  const ask = () => engine.answer(QUESTION, context);
  const reached = ({ data }) => data.stages.find(({ key }) => key === 'sal').count;
  const alone = reached(await createDuckDbEngine(store).answer(QUESTION, context));
  let together;
  const laid = await timed(async () => {
    together = reached(await ask());
  });
  if (together <= alone) throw new Error('the ledger says nothing');
  return { laid, ask: () => timed(ask) };
}

async function measure(stores) {
  const small = await contenders(stores.small);
  const large = await contenders(stores.large);
  const ledger = await withLedger(stores.large);
  const times = await alternate(
    { small: small.sama, large: large.sama, ledger: ledger.ask, smallByHand: small.hand, largeByHand: large.hand },
    { rounds: ROUNDS, warmUp: 1 },
  );
  return { times, laid: ledger.laid, events: { small: small.events, large: large.events } };
}

/** Fills the stores of both sizes with copies of one, which is imported as records are. */
async function filled(folder, work) {
  const base = await openStore(join(folder, 'base'), { memoryLimit: '4GB' });
  await base.importChunks(batchOf('base'), demoChunks({ persons: PERSONS }));
  const from = base.current().path;
  await base.close();
  const stores = {};
  try {
    for (const [name, copies] of Object.entries(COPIES)) {
      stores[name] = await openStore(join(folder, name), options);
      await multiply(from, stores[name], copies);
    }
    return await work(stores);
  } finally {
    for (const store of Object.values(stores)) await store.close();
  }
}

export const title = 'Ten million events on embedded DuckDB';
export const how =
  "Copies of the demo company in a store that keeps the journeys of its funnel, asked through the server's engine; by hand, one statement reads the raw events of the same file with the same threads, joins opportunities to their persons and resolves days. Both must agree on the count and the outcomes of every stage before they are timed. The ledger is one of 20,000 decided hand-offs about persons all over the store, laid over it once for each generation; the same question is then asked with it.";

export async function run() {
  const { times, laid, events } = await withFolder((folder) => filled(folder, measure));
  const ratio = times.large / times.largeByHand;
  const growth = times.large / times.small;
  const withIt = times.ledger / times.large;
  const data = events.large / events.small;
  return {
    gates: [
      gate(
        'ten million events on embedded DuckDB, cohort funnel by the server',
        '≤ 0.5 × the hand-written query on the raw event table',
        `${ratio.toFixed(2)} ×`,
        ratio <= 0.5,
      ),
      gate(
        `its time, when the data grows ${data.toFixed(1)} ×`,
        `no faster than the data (${Math.round((NOISE - 1) * 100)} % allowed for noise)`,
        `${growth.toFixed(2)} ×`,
        growth <= data * NOISE,
      ),
      gate(
        `the same with a ledger of ${thousands(HANDOFFS)} hand-offs over it`,
        `≤ ${WITH_LEDGER} × its time without`,
        `${withIt.toFixed(2)} ×`,
        withIt <= WITH_LEDGER,
      ),
    ],
    figures: [
      [`the server, ${thousands(events.small)} events`, milliseconds(times.small)],
      [`SQL by hand, ${thousands(events.small)} events`, milliseconds(times.smallByHand)],
      [`the server, ${thousands(events.large)} events`, milliseconds(times.large)],
      [`SQL by hand, ${thousands(events.large)} events`, milliseconds(times.largeByHand)],
      [`the server with the ledger, ${thousands(events.large)} events`, milliseconds(times.ledger)],
      ['the ledger laid over it, with the first question', milliseconds(laid)],
    ],
  };
}
