/** An answer as the server gives it: six stages with outcomes, intervals, times, hand-off and comparison. */
import { demoChunks, demoDefinitions, DEMO_AS_OF, DEMO_TIME_ZONE } from '../packages/demo/dist/index.js';
import { OWNER_RIGHTS } from '../packages/metrics/dist/contracts/index.js';
import { createMemoryEngine } from '../packages/metrics/dist/engine/index.js';

export async function answer() {
  const chunks = [...demoChunks({ persons: 20_000 })];
  const engine = createMemoryEngine({
    records: chunks.flatMap(({ records }) => records),
    events: chunks.flatMap(({ events }) => events),
  });
  return engine.answer(
    { kind: 'funnel', funnel: 'lead-to-won', period: '2026-Q1', compare: 'previous' },
    { definitions: demoDefinitions(), rights: OWNER_RIGHTS, asOf: DEMO_AS_OF, timeZone: DEMO_TIME_ZONE },
  );
}
