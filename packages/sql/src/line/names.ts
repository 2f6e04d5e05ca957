import type { Line } from '@sama/metrics/funnel';
import { canonicalJson, sha256Hex } from '@sama/metrics/definitions';

/** The tables one line is kept in; the name says the definition and the time zone. @beta */
export interface LineTables {
  /** Histories that fit a row: one row for each entity, one column for each stage. */
  journeys: string;
  /** The ordered events of all other entities. */
  events: string;
  /** One row for each event of an unknown stage. */
  unknown: string;
  /** Entities with events but no record. */
  strangers: string;
  /** One row: what a question without filters says of the data. */
  facts: string;
}

/** The names of the tables a line is kept in. @beta */
export function lineTables(line: Line): LineTables {
  const key = sha256Hex(canonicalJson([line.hash, line.timeZone])).slice(0, 16);
  return {
    journeys: `journeys_${key}`,
    events: `line_events_${key}`,
    unknown: `line_unknown_${key}`,
    strangers: `line_strangers_${key}`,
    facts: `line_facts_${key}`,
  };
}
