import type { Command, HandoffRow } from '@sama/metrics/contracts';
import type { ErrorDetail } from '../funnel/events.ts';

export type { ErrorDetail };

/** What `sama-command` tells, before the command is sent; canceled, it is the page's to send. @public */
export interface CommandDetail {
  command: Command;
  handoff: HandoffRow;
}

/** What `sama-lead-select` tells: the hand-off a reader opened. @public */
export interface LeadSelectDetail {
  handoff: string;
  name: string | null;
}

declare global {
  interface HTMLElementEventMap {
    'sama-command': CustomEvent<CommandDetail>;
    'sama-lead-select': CustomEvent<LeadSelectDetail>;
  }
}
