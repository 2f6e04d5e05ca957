import type { ErrorDetail } from '../funnel/events.ts';

export type { CommandDetail } from '../internal/command-event.ts';
export type { ErrorDetail };

/** What `sama-lead-select` tells: the hand-off a reader opened. @public */
export interface LeadSelectDetail {
  handoff: string;
  name: string | null;
}

declare global {
  interface HTMLElementEventMap {
    'sama-lead-select': CustomEvent<LeadSelectDetail>;
  }
}
