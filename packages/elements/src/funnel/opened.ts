import type { Loss, RecordsQuestion } from '@sama/metrics/contracts';

/** What stands open below a chart: a stage, or the rate that leads to it, and which of its records are listed. */
export interface OpenedMark {
  stage: string;
  ofRate: boolean;
  list: List;
}

/** Which records are listed, and in which order. */
export interface List {
  outcome?: NonNullable<RecordsQuestion['outcome']>;
  /** Null for those without one. */
  reason?: string | null;
  /** Of those nobody is responsible for. */
  unowned?: boolean;
  sort?: NonNullable<RecordsQuestion['sort']>;
  /** How many are shown. Default: one page. */
  limit?: number;
}

export const OUTCOMES = ['advanced', 'open', 'overdue', 'recycled', 'lost', 'disqualified'] as const;

/** Whether an outcome is one that has reasons. */
export const isLoss = (outcome: string | undefined): outcome is Loss =>
  outcome === 'recycled' || outcome === 'lost' || outcome === 'disqualified';

/** How many records are asked for at a time, and the most that are shown. */
export const [PAGE, MOST] = [20, 500] as const;

/** Reads the text an element keeps, `mql?rate` or `mql?outcome=lost&reason=price`; what it does not say is left out. */
export function openedOf(text: string): OpenedMark {
  const [stage = '', list] = text.split('?');
  const said = new URLSearchParams(list);
  const [outcome, by, limit] = [said.get('outcome'), said.get('by'), Number(said.get('n'))];
  const known = OUTCOMES.find((one) => one === outcome);
  const reason = said.get('reason');
  return {
    stage,
    ofRate: said.has('rate'),
    list: {
      ...(known === undefined ? {} : { outcome: known }),
      ...(reason === null || !isLoss(known) ? {} : { reason: reason === '' ? null : reason }),
      ...(said.has('unowned') ? { unowned: true } : {}),
      ...(by === null ? {} : { sort: { by, descending: said.has('down') } }),
      ...(limit > PAGE && Number.isInteger(limit) ? { limit: Math.min(MOST, limit) } : {}),
    },
  };
}

/** The text of it. */
export function textOf({ stage, ofRate, list }: OpenedMark): string {
  const { outcome, reason, unowned, sort, limit } = list;
  const said = new URLSearchParams(ofRate ? { rate: '' } : {});
  if (outcome !== undefined) said.set('outcome', outcome);
  if (reason !== undefined) said.set('reason', reason ?? '');
  if (unowned === true) said.set('unowned', '');
  if (sort !== undefined) said.set('by', sort.by);
  if (sort?.descending === true) said.set('down', '');
  if (limit !== undefined) said.set('n', String(limit));
  const text = String(said);
  return text === '' ? stage : `${stage}?${text}`;
}
