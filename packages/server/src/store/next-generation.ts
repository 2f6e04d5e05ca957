import { constants, copyFile, rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import {
  buildGeneration,
  dataVersionOf,
  reviseGeneration,
  type AfterBuild,
  type CurrentGeneration,
} from './generation.ts';
import type { LayerSource } from './layer-source.ts';
import type { BatchInfo } from './layers.ts';

/** The layers of a generation and of the next. */
export interface LayerChange {
  before: readonly BatchInfo[];
  after: readonly LayerSource[];
  /** The one that only one of them has. */
  changed?: LayerSource;
}

export interface GenerationOptions {
  /** Adds tables to every generation, such as materialised journeys. */
  afterBuild?: AfterBuild;
  /**
   * A generation is revised, instead of built anew, until the layers added or taken out since it was
   * built have more than this share of all rows. Default 0.1.
   */
  revise?: number;
}

const rowsOf = (layers: readonly BatchInfo[]): number =>
  layers.reduce((sum, { records, events, activities, figures }) => sum + records + events + activities + figures, 0);

/** Writes the next generation: a revised copy of the current one where that will do, else one built from all layers. */
export async function writeGeneration(
  connection: DuckDBConnection,
  target: string,
  current: CurrentGeneration | null,
  { before, after, changed }: LayerChange,
  { afterBuild, revise = 0.1 }: GenerationOptions,
): Promise<void> {
  if (changed !== undefined && current !== null && current.dataVersion === dataVersionOf(before)) {
    const revised = current.revised + rowsOf([changed.info]);
    if (revised <= rowsOf(before) * revise) {
      try {
        await copyFile(current.path, target, constants.COPYFILE_FICLONE);
        await reviseGeneration(connection, target, after, { changed, revised }, afterBuild);
        return;
      } catch {
        // A generation that is damaged, or of an older Sama, is left behind; the layers are the truth.
        await rm(target, { force: true });
      }
    }
  }
  await buildGeneration(connection, target, after, afterBuild);
}
