/**
 * The question both sides of the comparisons answer: of all persons who became leads (or were first seen at a later
 * stage), how many reached each stage within 120 days, and what became of the others. Here it is as one would write it
 * by hand in SQL, for one funnel and no other.
 */

const DAY = 86_400_000;
export const WINDOW_MS = 120 * DAY;
/** After the last event of the demo company. */
export const AS_OF = '2026-10-20T06:00:00Z';
export const TIME_ZONE = 'Europe/Berlin';
export const QUESTION = { kind: 'funnel', funnel: 'lead-to-won', details: [] };

/** Main stages first: a higher place is a later stage. Then what resting in a side stage counts as. */
const MAIN = ['lead', 'mql', 'sal', 'sql', 'opportunity', 'won'];
const SIDE = ['lost', 'disqualified', 'recycled', 'returned', 'nurture', 'churned', 'expired'];
const OUTCOMES = {
  lost: 'lost',
  churned: 'lost',
  disqualified: 'disqualified',
  recycled: 'recycled',
  returned: 'recycled',
  nurture: 'recycled',
};

const RANK = `CASE stage ${[...MAIN, ...SIDE].map((stage, rank) => `WHEN '${stage}' THEN ${rank}`).join(' ')} END`;

/**
 * One statement: `furthest` stage, `last` stage by the end of the window, and how many persons.
 * An event and its rank are packed into one integer, so that one `max` finds the latest; who had
 * no event after the window, nearly everybody, is counted in the first pass.
 *
 * @param {string} events a FROM clause with `person, stage, at_ms`
 */
export const cohortSql = (events) => `
  WITH e AS (SELECT person, at_ms, ${RANK} AS rank FROM ${events} WHERE at_ms <= ${Date.parse(AS_OF)}),
  p AS (
    SELECT person, min(at_ms) FILTER (rank <= 5) + ${WINDOW_MS} AS ends,
      min(at_ms) FILTER (rank = 1) AS mql, min(at_ms) FILTER (rank = 2) AS sal, min(at_ms) FILTER (rank = 3) AS sql,
      min(at_ms) FILTER (rank = 4) AS opportunity, min(at_ms) FILTER (rank = 5) AS won, max(at_ms * 16 + rank) AS latest
    FROM e GROUP BY person),
  late AS (
    SELECT person, max(at_ms * 16 + rank) AS latest
    FROM e JOIN (SELECT person, ends FROM p WHERE latest >> 4 > ends) USING (person)
    WHERE at_ms <= ends GROUP BY person)
  SELECT CASE WHEN won <= ends THEN 5 WHEN opportunity <= ends THEN 4 WHEN sql <= ends THEN 3
      WHEN sal <= ends THEN 2 WHEN mql <= ends THEN 1 ELSE 0 END AS furthest,
    CAST(coalesce(late.latest, p.latest) & 15 AS INTEGER) AS last, CAST(count(*) AS DOUBLE) AS persons
  FROM p LEFT JOIN late USING (person) WHERE ends IS NOT NULL GROUP BY ALL`;

/** The same as a page of Sama's answer: count and outcomes of each stage. */
export function stagesOfRows(rows) {
  const stages = MAIN.map(() => ({ count: 0, advanced: 0, open: 0, recycled: 0, lost: 0, disqualified: 0 }));
  for (const { furthest, last, persons } of rows) {
    stages.forEach((stage, i) => {
      if (i > furthest) return;
      const rest = OUTCOMES[SIDE[last - MAIN.length]] ?? 'open';
      stage.count += persons;
      stage[i < furthest || i === MAIN.length - 1 ? 'advanced' : rest] += persons;
    });
  }
  return stages;
}

export function stagesOfAnswer({ status, code, message, data }) {
  if (status !== 'ok') throw new Error(`the question was not answered: ${code ?? status} ${message ?? ''}`);
  return data.stages.map(({ count, outcomes: { overdue: _, ...outcomes } }) => ({ count, ...outcomes }));
}

/** Both must say the same before either is timed. */
export function mustAgree(answer, rows) {
  const [ours, theirs] = [stagesOfAnswer(answer), stagesOfRows(rows)];
  for (const [i, stage] of ours.entries()) {
    for (const [name, value] of Object.entries(stage)) {
      const other = theirs[i][name];
      if (other !== value) throw new Error(`stage ${i}, ${name}: Sama says ${value}, the statement by hand ${other}`);
    }
  }
}
