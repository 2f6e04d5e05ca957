import { ORIGINS, ORIGIN_MIX, SEGMENTS, SEGMENT_MIX, type Mix, type Origin, type Segment } from '../company/market.ts';
import { OLDER_CRITERIA, RATES } from '../company/rates.ts';

/** Shares of all leads of one origin and segment that reach each stage in calm quarters. */
export interface Reach {
  lead: number;
  mql: number;
  sal: number;
  sql: number;
  opportunity: number;
  won: number;
}

const shareOf = <T>(mix: Mix<T>, entry: T): number => mix.find(([e]) => e === entry)?.[1] ?? 0;

const EMPTY: Reach = { lead: 0, mql: 0, sal: 0, sql: 0, opportunity: 0, won: 0 };

const sum = (a: Reach, b: Reach): Reach => ({
  lead: a.lead + b.lead,
  mql: a.mql + b.mql,
  sal: a.sal + b.sal,
  sql: a.sql + b.sql,
  opportunity: a.opportunity + b.opportunity,
  won: a.won + b.won,
});

function cell(origin: Origin, segment: Segment, older: boolean): Reach {
  const rates = RATES[origin][segment];
  const lead = shareOf(ORIGIN_MIX, origin) * shareOf(SEGMENT_MIX[origin], segment);
  const passed = lead * rates.mql;
  const sal = passed * rates.sal;
  const sql = sal * rates.sql;
  const opportunity = sql * rates.opportunity;
  return {
    lead,
    mql: older && origin === 'marketing' ? passed * OLDER_CRITERIA : passed,
    sal,
    sql,
    opportunity,
    won: opportunity * rates.won,
  };
}

/**
 * What the company's rates add up to, as shares of all leads, within the window. `older` takes the
 * MQL criteria in force before the definition break.
 */
export function reachOf(which: { origin?: Origin; segment?: Segment; older?: boolean } = {}): Reach {
  const origins = which.origin === undefined ? ORIGINS : [which.origin];
  const segments = which.segment === undefined ? SEGMENTS : [which.segment];
  return origins
    .flatMap((origin) => segments.map((segment) => cell(origin, segment, which.older ?? false)))
    .reduce(sum, EMPTY);
}
