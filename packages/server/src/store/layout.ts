import { join } from 'node:path';

/** Where everything of a store stands. */
export interface Layout {
  folder: string;
  settings: string;
  current: string;
  layers: string;
  generations: string;
  /** Work in progress. Whatever is found here without a writer is left over and removed. */
  temporary: string;
  lock: string;
  lockInfo: string;
  layer(batch: string): string;
  generation(name: string): string;
}

export const RECORDS_FILE = 'records.parquet';
export const EVENTS_FILE = 'stage_events.parquet';
export const ACTIVITIES_FILE = 'activity_events.parquet';
export const FIGURES_FILE = 'figures.parquet';
export const BATCH_FILE = 'batch.json';

export function layoutOf(folder: string): Layout {
  const layers = join(folder, 'layers');
  const generations = join(folder, 'generations');
  return {
    folder,
    settings: join(folder, 'store.json'),
    current: join(folder, 'CURRENT'),
    layers,
    generations,
    temporary: join(folder, 'temporary'),
    lock: join(folder, 'lock.duckdb'),
    lockInfo: join(folder, 'lock.json'),
    layer: (batch) => join(layers, batch),
    generation: (name) => join(generations, name),
  };
}
