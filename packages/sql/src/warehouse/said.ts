import type { StageEvent } from '@sama/metrics/contracts';

/**
 * Entries of persons into stages that stand beside the tables of a database which is only read, as text that goes with
 * each statement. No database takes a NUL or half a character, and no record of one has them in an id.
 * @beta
 */
export function saidText(events: readonly StageEvent[]): string {
  const clean = (text: string): string => text.replaceAll('\0', '\uFFFD').replaceAll(/\p{Cs}/gu, '\uFFFD');
  return JSON.stringify(
    events.map(({ entityId, stage, at, reason }) => [
      clean(entityId),
      stage,
      Date.parse(at),
      reason === undefined ? null : clean(reason),
    ]),
  );
}
