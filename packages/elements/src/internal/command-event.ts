import type { Command, HandoffRow } from '@sama/metrics/contracts';

/** What `sama-command` tells, before the command is sent; canceled, it is the page's to send. @public */
export interface CommandDetail {
  command: Command;
  /** Of the queue: the hand-off as it stands. */
  handoff?: HandoffRow;
}

declare global {
  interface HTMLElementEventMap {
    'sama-command': CustomEvent<CommandDetail>;
  }
}
