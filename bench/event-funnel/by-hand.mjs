/**
 * The question as one would write it by hand in SQL, for one funnel and no other: every first step begins a try, each
 * later step takes the earliest event after the one before, all within the window from the first, and a person counts by
 * the deepest try. In two ways; the faster one is the one to beat.
 */
import { STEPS, WINDOW_DAYS } from './history.mjs';

const WINDOW_MS = WINDOW_DAYS * 86_400_000;
const later = STEPS.slice(1).map((name, i) => ({ name, step: i + 2 }));
const counts = STEPS.map((_, i) => `CAST(count(*) FILTER (level >= ${i + 1}) AS INTEGER) AS s${i}`).join(', ');

/** One join for each step, from every try to the next event. */
export const BY_JOINS = `
  WITH t1 AS (SELECT person, at_ms AS first, at_ms AS at FROM events WHERE name = '${STEPS[0]}'),
  ${later
    .map(
      ({ name, step }) => `e${step} AS (SELECT person, at_ms FROM events WHERE name = '${name}'),
  t${step} AS (SELECT t.person, t.first, e.at_ms AS at FROM t${step - 1} t ASOF JOIN e${step} e
    ON t.person = e.person AND t.at <= e.at_ms WHERE e.at_ms - t.first <= ${WINDOW_MS})`,
    )
    .join(',\n  ')},
  levels AS (
    SELECT person, max(level) AS level FROM (
      ${STEPS.map((_, i) => `SELECT person, ${i + 1} AS level FROM t${i + 1}`).join(' UNION ALL ')}
    ) GROUP BY person)
  SELECT ${counts} FROM levels`;

/** One pass of window functions for each step: the latest start from which the step before was reached. */
export const BY_WINDOWS = `
  WITH l1 AS (
    SELECT person, at_ms, list_position([${STEPS.map((name) => `'${name}'`).join(', ')}], name) AS step,
      CASE WHEN name = '${STEPS[0]}' THEN at_ms END AS start
    FROM events WHERE name IN (${STEPS.map((name) => `'${name}'`).join(', ')})),
  ${later
    .map(
      ({
        step,
      }) => `r${step} AS (SELECT *, max(CASE WHEN step = ${step - 1} THEN start END) OVER (PARTITION BY person ORDER BY at_ms) AS before FROM l${step - 1}),
  l${step} AS (SELECT person, at_ms, step,
      CASE WHEN step = ${step} THEN CASE WHEN at_ms - before <= ${WINDOW_MS} THEN before END ELSE start END AS start FROM r${step})`,
    )
    .join(',\n  ')},
  levels AS (SELECT person, max(step) AS level FROM l${STEPS.length} WHERE start IS NOT NULL GROUP BY person)
  SELECT ${counts} FROM levels`;
