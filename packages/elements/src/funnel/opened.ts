import type { Loss, RecordsQuestion } from '@sama/metrics/contracts';

/** What stands open below a chart: a stage, or the rate that leads to it, and which of its records are listed. */
export interface OpenedMark {
  stage: string;
  ofRate: boolean;
  list: List;
  /** How another number is counted that this one is compared with; absent when none is. */
  differ?: Differ | undefined;
}

/** Settings of the other number as an address has them, what somebody says it is among them; what is left out is as in the chart. */
export type Differ = Readonly<Partial<Record<Otherwise, string>>>;
export type Otherwise = (typeof OTHERWISE)[number];
export const OTHERWISE = [
  'view',
  'anchor',
  'skipPolicy',
  'entryPolicy',
  'period',
  'window',
  'segment',
  'timeZone',
  'version',
  'reported',
] as const;

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
    ...(said.has('differ')
      ? { differ: Object.fromEntries(OTHERWISE.flatMap((by) => (said.get(by) ? [[by, said.get(by)]] : []))) }
      : {}),
  };
}

/** The text of it. */
export function textOf({ stage, ofRate, list, differ }: OpenedMark): string {
  const { outcome, reason, unowned, sort, limit } = list;
  const said = new URLSearchParams(ofRate ? { rate: '' } : {});
  if (outcome !== undefined) said.set('outcome', outcome);
  if (reason !== undefined) said.set('reason', reason ?? '');
  if (unowned === true) said.set('unowned', '');
  if (sort !== undefined) said.set('by', sort.by);
  if (sort?.descending === true) said.set('down', '');
  if (limit !== undefined) said.set('n', String(limit));
  if (differ !== undefined) for (const [by, text] of Object.entries({ differ: '', ...differ })) said.set(by, text);
  const text = String(said);
  return text === '' ? stage : `${stage}?${text}`;
}
