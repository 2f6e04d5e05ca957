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

/** What `sama-error` tells. @public */
export interface ErrorDetail {
  code: string;
  message: string;
}

declare global {
  interface HTMLElementEventMap {
    'sama-stage-select': CustomEvent<StageSelectDetail>;
    'sama-drill': CustomEvent<DrillDetail | KpiDrillDetail>;
    'sama-error': CustomEvent<ErrorDetail>;
  }
}
