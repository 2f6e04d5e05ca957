export type { CommandDetail } from '../internal/command-event.ts';

/** What `sama-term-select` tells. @public */
export interface TermSelectDetail {
  key: string;
  term: string;
}

declare global {
  interface HTMLElementEventMap {
    'sama-term-select': CustomEvent<TermSelectDetail>;
  }
}
