import type { KpiAnswer, KpiEnvelope } from '@sama/metrics/contracts';
import type { Seen } from '../internal/figures.ts';
import type { Tile } from './model.ts';

/** The last good answer, in words. */
export interface Shown extends Seen {
  envelope: KpiEnvelope;
  answer: KpiAnswer;
  tiles: Tile[];
  /** Where only one is shown: that, or none. */
  alone?: readonly Tile[];
}
