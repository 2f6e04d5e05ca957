import { DEMO_TIME_ZONE, demoDefinitions } from '@sama/demo';
import type { Definition } from '@sama/metrics/contracts';
import { joinDefinitions } from '@sama/metrics/definitions';
import type { Line } from '@sama/metrics/funnel';
import { keepWhileBuilding, linesOf, type BatchMix } from '../engine/keep.ts';
import { openStore, type Store } from '../store/index.ts';
import type { LoadedConfig } from './config.ts';
import { ENGINE_URL } from './engine.ts';

/** The definitions that apply: with made-up records, those of the made-up company after the configuration's. */
export function definitionsFor(config: LoadedConfig, { demo }: Pick<BatchMix, 'demo'>): readonly Definition[] {
  if (!demo) return config.definitions;
  return joinDefinitions([
    { name: config.path ?? 'the configuration', definitions: config.given.definitions ?? [] },
    { name: 'the made-up company', definitions: demoDefinitions() },
    { name: 'the package', definitions: config.definitions },
  ]);
}

/** The zone days are counted in: as told, else as configured, else that of the made-up company where there is no other. */
export function zoneOf(config: LoadedConfig, { onlyDemo }: Pick<BatchMix, 'onlyDemo'>, told?: string): string {
  return told ?? config.given.timeZone ?? (onlyDemo ? DEMO_TIME_ZONE : config.timeZone);
}

/** The lines a store keeps, so that the questions of its definitions are answered at once. */
export function keptLines(config: LoadedConfig, mix: BatchMix, timeZone?: string): Line[] {
  return linesOf(definitionsFor(config, mix), zoneOf(config, mix, timeZone));
}

/**
 * Refuses to bring in records where others fill the database that is asked: nobody would see them.
 *
 * @throws Error naming the configuration and the remedy.
 */
export function requireOwnStore({ engine, path }: LoadedConfig): void {
  if (engine.kind === 'duckdb') return;
  const place = path ?? ENGINE_URL;
  const [where, remedy] =
    engine.kind === 'files'
      ? [
          'files of your own, which are',
          'let whoever writes them bring records in, or leave "file", "parquet" and "warehouse" out',
        ]
      : [
          `${engine.kind}, which is`,
          'bring records in by the tools of that database, or set "engine": { "kind": "duckdb" }',
        ];
  throw new Error(`${place}: questions go to ${where} only read; ${remedy}`);
}

/** Opens a store that keeps the lines of its configuration in every generation it builds. */
export async function openKeptStore(folder: string, config: LoadedConfig, timeZone?: string): Promise<Store> {
  return openStore(folder, { afterBuild: keepWhileBuilding((mix) => keptLines(config, mix, timeZone)) });
}
