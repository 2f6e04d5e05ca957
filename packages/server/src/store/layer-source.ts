import { join } from 'node:path';
import { sqlText, type Histories } from '@sama/sql';
import { ACTIVITIES_FILE, EVENTS_FILE, FIGURES_FILE, RECORDS_FILE, type Layout } from './layout.ts';
import type { BatchInfo } from './layers.ts';

/** A layer and where its rows are read: `FROM` clauses. */
export interface LayerSource {
  info: BatchInfo;
  records: string;
  events: string;
  /** Only where the layer has some. */
  activities: string;
  figures: string;
  /** The same as the events, where the layer's writer still has them row by row. */
  histories?: Histories;
}

export function layerSource(layout: Layout, info: BatchInfo): LayerSource {
  const path = (file: string): string => `read_parquet(${sqlText(join(layout.layer(info.batch), file))})`;
  return {
    info,
    records: path(RECORDS_FILE),
    events: path(EVENTS_FILE),
    activities: path(ACTIVITIES_FILE),
    figures: path(FIGURES_FILE),
  };
}
