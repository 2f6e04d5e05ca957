import type { Flag, NullReason } from '../../contracts/index.ts';
import type { Reporting } from '../exchange.ts';
import type { InputValue } from '../inputs.ts';
import type { Scope } from './scope.ts';
import type { Tally } from './tally.ts';

/** An input as found, or why it is not known. */
export interface Found {
  value: InputValue | { readonly [segment: string]: number } | null;
  reason?: NullReason;
  /** Of money in it. */
  currencies?: readonly string[];
  flags?: readonly Flag[];
  /** Whether the period selects something. */
  inPeriod?: boolean;
}

/** What a source may ask for. */
export interface Asker {
  tally: Tally;
  scope: Scope;
  /** The reader's rows, the segment and the question's filter. */
  filter: Scope['filter'];
  reporting: Reporting | undefined;
  /** The value of another KPI in the same scope. */
  kpi(name: string): Promise<Found>;
  /** A KPI as a score from 0 to 100; null when it has no value. */
  score(name: string, target: number | undefined): Promise<number | null>;
}
