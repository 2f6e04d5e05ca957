import type { FunnelEnvelope, FunnelQuestion } from '@sama/metrics/contracts';
import type { Formats } from '../internal/format.ts';
import type { ReactiveElement } from '../internal/reactive.ts';
import type { TableHost } from '../internal/table-view.ts';
import type { Asked } from '../internal/widget.ts';
import type { FunnelWords } from '../locale/index.ts';
import type { Chart } from './model.ts';

/** A funnel, as its details see it. */
export interface DetailHost extends ReactiveElement, TableHost {
  readonly question: FunnelQuestion;
  readonly answers: Pick<Asked, 'good' | 'source' | 'canAsk'>;
  readonly later: { again: (() => void) | undefined };
  readonly words: FunnelWords;
  readonly rtl: boolean;
  readonly turned: boolean;
  /** What stands open below the chart. */
  panel?: string | null | undefined;
  skin?: string | null | undefined;
  heading(): string;
  toLink(): string;
  /** What it shows at the moment. */
  look(): { envelope: FunnelEnvelope; chart: Chart; f: Formats } | undefined;
}

/** Draws a template at a place; what is loaded later brings no drawing of its own. */
export type Draw = (what: unknown, into: HTMLElement) => unknown;
