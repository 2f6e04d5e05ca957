import type { Criteria, ImpactOrReason, TermDefinition } from '../contracts/index.ts';
import { compileCriteria, type FieldReader } from '../criteria/index.ts';
import { definitionHash } from '../definitions/hash.ts';
import { rate } from '../funnel/stages.ts';
import { fillMessage } from '../messages/fill.ts';
import { impactMessages } from '../messages/glossary.ts';
import { isDay, zone, type Period } from '../time/index.ts';

/**
 * A share to be shown before and after: of the members for which `of` holds, those for which `to` holds too.
 * @public
 */
export interface ImpactRateQuestion {
  id: string;
  of: Criteria;
  to: Criteria;
}

/** Two versions of a term, and the records they are tried on. @public */
export interface ImpactQuestion {
  before: TermDefinition;
  after: TermDefinition;
  /** How many records `read` knows, numbered from 0. */
  size: number;
  read: FieldReader;
  /** Milliseconds. */
  asOf: number;
  timeZone: string;
  /** The field whose instant or day selects records: `reached.mql`. Without it every record is looked at. */
  entered?: string;
  /** Default, with `entered`: the last two whole quarters before `asOf`. */
  period?: Period;
  rates?: readonly ImpactRateQuestion[];
}

/** A preview with the record numbers that move. @public */
export interface ImpactPreview {
  /** What a proposal carries. */
  impact: ImpactOrReason;
  /** Records only the new version holds for, ascending. */
  gained: number[];
  /** Records only the old version holds for, ascending. */
  lost: number[];
}

/** The two whole calendar quarters before the one an instant lies in. @public */
export function lastTwoQuarters(asOf: number, timeZone: string): Period {
  const day = zone(timeZone).dayOf(asOf);
  const quarter = Number(day.slice(0, 4)) * 4 + Math.floor((Number(day.slice(5, 7)) - 1) / 3);
  const start = (q: number): string =>
    `${String(Math.floor(q / 4)).padStart(4, '0')}-${String((q % 4) * 3 + 1).padStart(2, '0')}-01`;
  const [from, to] = [start(quarter - 2), start(quarter)];
  return { text: `${from}/${to}`, from, to };
}

/**
 * What another text of a term would have meant for past records: how many would come in or drop out, and how the
 * shares among the members would read.
 *
 * A version holds for a record when its criteria do; a version without criteria holds for every record
 * looked at, since then the source's own label decides. Null with `insufficient-data` when neither
 * version has criteria or no record was looked at.
 * @public
 */
export function previewImpact(question: ImpactQuestion): ImpactPreview {
  const { before, after, size, read, asOf, timeZone, entered } = question;
  const context = { asOf, timeZone };
  const period = question.period ?? (entered === undefined ? undefined : lastTwoQuarters(asOf, timeZone));
  const chosen =
    entered === undefined || period === undefined ? () => true : enteredIn(read(entered), period, timeZone);
  const holds = (criteria: Criteria | undefined): ((i: number) => boolean) =>
    criteria === undefined ? () => true : compileCriteria(criteria, read, context);
  const [old, now] = [holds(before.criteria), holds(after.criteria)];
  const shares = (question.rates ?? []).map(({ id, of, to }) => {
    return { id, of: holds(of), to: holds(to), before: { k: 0, n: 0 }, after: { k: 0, n: 0 } };
  });
  let [records, kept] = [0, 0];
  const [gained, lost]: [number[], number[]] = [[], []];
  for (let i = 0; i < size; i++) {
    if (!chosen(i)) continue;
    records++;
    const [was, is] = [old(i), now(i)];
    if (was && is) kept++;
    else if (was) lost.push(i);
    else if (is) gained.push(i);
    if (!was && !is) continue;
    for (const share of shares) {
      if (!share.of(i)) continue;
      const converted = share.to(i) ? 1 : 0;
      if (was) share.before = { k: share.before.k + converted, n: share.before.n + 1 };
      if (is) share.after = { k: share.after.k + converted, n: share.after.n + 1 };
    }
  }
  if (records === 0 || (before.criteria === undefined && after.criteria === undefined)) {
    return { impact: { value: null, reason: 'insufficient-data' }, gained, lost };
  }
  const impact: ImpactOrReason = {
    before: { version: before.version, hash: definitionHash(before) },
    after: { version: after.version, hash: definitionHash(after) },
    asOf: new Date(asOf).toISOString(),
    ...(period === undefined ? {} : { period: { from: period.from, to: period.to } }),
    records,
    members: {
      before: kept + lost.length,
      after: kept + gained.length,
      kept,
      gained: gained.length,
      lost: lost.length,
    },
    rates: shares.map(({ id, before, after }) => ({
      id,
      before: rate(before.k, before.n),
      after: rate(after.k, after.n),
    })),
  };
  return { impact, gained, lost };
}

/** Whether a record's instant lies in the period's days of the time zone; a day counts as it is written. */
function enteredIn(value: ReturnType<FieldReader>, { from, to }: Period, timeZone: string): (i: number) => boolean {
  const [start, end] = [zone(timeZone).startOf(from), zone(timeZone).startOf(to)];
  return (i) => {
    const at = value(i);
    if (typeof at !== 'string') return false;
    if (isDay(at)) return at >= from && at < to;
    const ms = Date.parse(at);
    return ms >= start && ms < end;
  };
}

/**
 * A preview as English sentences: `212 of 1,040 would not qualify.`, `sal-to-won: 9.1% → 11.8%.`
 *
 * @param label names a share; default its id.
 * @public
 */
export function impactText(impact: ImpactOrReason, label: (id: string) => string = (id) => id): string[] {
  if ('value' in impact) return [fillMessage(impactMessages.none)];
  const { before, gained, lost } = impact.members;
  return [
    fillMessage(lost === 0 && gained === 0 ? impactMessages.same : impactMessages.lost, { lost, before }),
    ...(gained === 0 ? [] : [fillMessage(impactMessages.gained, { gained })]),
    ...impact.rates.flatMap((share) =>
      share.before.value === null || share.after.value === null
        ? []
        : [
            fillMessage(impactMessages.rate, {
              rate: label(share.id),
              before: share.before.value,
              after: share.after.value,
            }),
          ],
    ),
  ];
}
