import type { TableHost } from '../internal/table-view.ts';
import type { ScorecardWords } from '../locale/index.ts';
import type { Shown } from './shown.ts';

/** KPIs, as what is loaded for them sees them. */
export interface NumbersHost extends TableHost {
  readonly renderRoot: ParentNode;
  readonly words: ScorecardWords;
  readonly rtl: boolean;
  /** What is shown at the moment. */
  look(): Shown | undefined;
}
