import type { View } from '@sama/metrics/contracts';
import type { KpiDrillDetail } from '../kpi/events.ts';

/** What `sama-stage-select` tells. @public */
export interface StageSelectDetail {
  stage: string;
  label: string;
  count: number;
  view: View;
}

/** What `sama-drill` tells: the step whose rate was chosen. @public */
export interface DrillDetail {
  kind: 'rate';
  from: string;
  to: string;
}

/** What `sama-drill` tells: the reason of a loss that was chosen; null for none given. @beta */
export interface ReasonDetail {
  kind: 'reason';
  stage: string;
  outcome: 'recycled' | 'lost' | 'disqualified';
  reason: string | null;
}

/** What `sama-drill` tells: a leak at a stage that was chosen, for a page that leads to its queue. @beta */
export interface LeakDetail {
  kind: 'leak';
  stage: string;
  leak: 'undecided' | 'overdue' | 'unowned';
}

/** What `sama-error` tells. @public */
export interface ErrorDetail {
  code: string;
  message: string;
}

declare global {
  interface HTMLElementEventMap {
    'sama-stage-select': CustomEvent<StageSelectDetail>;
    'sama-drill': CustomEvent<DrillDetail | ReasonDetail | LeakDetail | KpiDrillDetail>;
    'sama-error': CustomEvent<ErrorDetail>;
  }
}
