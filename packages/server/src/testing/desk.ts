import { DEFAULT_DEFINITIONS } from '@sama/metrics/definitions';
import type { Desk } from '../http/answer.ts';
import { ScriptedEngine } from './engine.ts';

/** What answers depend on, around a scripted engine. */
export function testDesk(changes: Partial<Desk> = {}): Desk {
  return {
    engine: new ScriptedEngine(),
    engineName: 'scripted 1',
    definitions: () => DEFAULT_DEFINITIONS,
    dataVersion: () => 'data-1',
    asOf: () => '2026-06-16T06:00:00Z',
    timeZone: () => 'UTC',
    demo: () => false,
    timeLimitMs: 30_000,
    log: () => {},
    ...changes,
  };
}
