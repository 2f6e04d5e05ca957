import type { HandoffAction, HandoffActor } from '@sama/metrics/handoff';
import { DISQUALIFY_REASONS, RECYCLE_REASONS, RETURN_REASONS } from '@sama/metrics/handoff';
import type { Rating } from '@sama/metrics/scoring';
import { SELLERS } from '../company/market.ts';
import type { Stream } from '../random.ts';
import { DAY, dayText, HOUR, localDayOf } from '../time/berlin.ts';
import type { Kind, Picked } from './pick.ts';
import { poolOf, READERS, sellerNamed } from './staff.ts';

const MINUTE = 60_000;

/** One command of the demo company's past. */
export interface Line {
  target: string;
  at: number;
  by: HandoffActor;
  action: HandoffAction;
}

const RATINGS = ['A1', 'A1', 'A2', 'A2', 'B1', 'B1', 'B2', 'B2', 'B3', 'C1', 'C2', 'C3', 'D2'] as const;
export const ratingOf = (stream: Stream): Rating => stream.pick(RATINGS);

const NOTES = [
  'Asked for crates: what weight, how many a day?',
  'The number rings out, and the mailbox is full.',
  'They want to know who else runs it in the cold.',
] as const;

/** What the ledger tells of a hand-off: the way the records say it went, at the instants they say. */
export function scriptOf(
  { id, kind, rating, variant }: { id: string; kind: Kind; rating: Rating; variant: number },
  { journey, mql, sal, end, reason }: Picked,
  stream: Stream,
  { asOf, openBefore }: { asOf: number; openBefore: (minutes: number) => number },
): Line[] {
  const { region, owner, source, campaignId } = journey;
  const seller = sellerNamed(owner ?? stream.pick(SELLERS[region]));
  const pool = poolOf(region);
  const lines: Line[] = [];
  const say = (at: number, by: HandoffActor, action: HandoffAction): void =>
    void lines.push({ target: id, at, by, action });
  const begun = (at: number): void =>
    say(at, READERS.marketer, {
      type: 'handoff.draft',
      payload: { personId: journey.id, rating, source, ...(campaignId === undefined ? {} : { campaignId }) },
    });
  const offered = (at: number): void => {
    begun(at - 3 * MINUTE);
    say(at, READERS.marketer, { type: 'handoff.offer', payload: { pool } });
  };
  if (kind === 'offered') return undecided(variant);
  offered(mql + 3 * MINUTE);
  const acceptedAt = Math.max(sal ?? 0, mql + 4 * MINUTE);
  const accepted = sal !== undefined;
  if (accepted) say(acceptedAt, seller, { type: 'handoff.accept', payload: {} });
  const endedAt = Math.max(end ?? 0, acceptedAt + MINUTE);
  const answered = accepted && (kind !== 'working' || variant % 3 !== 0);
  if (answered && acceptedAt + 20 * MINUTE < (end === undefined ? asOf : endedAt))
    say(acceptedAt + 20 * MINUTE, seller, {
      type: 'handoff.logResponse',
      payload: { activity: stream.pick(['call', 'email']), direction: 'out', by: 'human' },
    });
  if (kind === 'working') {
    if (variant % 4 === 1)
      say(asOf - 5 * MINUTE, seller, { type: 'handoff.note', payload: { text: stream.pick(NOTES) } });
    return lines;
  }
  say(endedAt, seller, endOf(kind, reason, endedAt, stream));
  return lines;

  /** Most wait for a seller since some minutes; a few are drafts, expired, given to one seller, or offered again. */
  function undecided(place: number): Line[] {
    const hot = rating === 'A1' || rating === 'A2' || rating === 'B1';
    const target = hot ? 60 : rating.startsWith('D') ? 630 : 240;
    if (place % 17 === 4) {
      begun(asOf - 4 * MINUTE);
      return lines;
    }
    if (place % 17 === 9) {
      offered(openBefore(target + 45));
      say(openBefore(20), READERS.rules, { type: 'handoff.timeout', payload: {} });
      return lines;
    }
    // One of eight is over its time; the others have some of it left.
    const waited = Math.round(target * (place % 8 === 3 ? 1.1 + stream.unit() / 2 : stream.unit() * 0.95));
    const at = openBefore(Math.max(1, waited));
    if (place % 11 === 7) {
      offered(at - 2 * DAY);
      const returned = endOf('returned', undefined, at, stream);
      const missing = returned.type === 'handoff.return' ? returned.payload.missing : [];
      const answers = missing.map(({ element }) => ({ element, answer: 'completed' as const }));
      say(at - DAY, seller, returned);
      say(at, READERS.marketer, { type: 'handoff.resubmit', payload: { answers } });
      return lines;
    }
    offered(at);
    if (place % 13 === 5) {
      say(at + 30_000, READERS.manager, { type: 'handoff.reassign', payload: { seller: seller.id } });
    }
    return lines;
  }
}

/** How a hand-off of a kind ends, or comes back. A reason of the records is kept where the list of today has it. */
function endOf(
  kind: Exclude<Kind, 'offered' | 'working'>,
  reason: string | undefined,
  at: number,
  stream: Stream,
): HandoffAction {
  const listed = (list: typeof RETURN_REASONS): string => {
    const codes = list.reasons.filter(({ needs }) => needs === undefined).map(({ code }) => code);
    return reason !== undefined && codes.includes(reason) ? reason : (codes[stream.below(codes.length)] ?? '');
  };
  switch (kind) {
    case 'qualified':
      return { type: 'handoff.qualify', payload: {} };
    case 'returned': {
      const first = listed(RETURN_REASONS);
      const more = first === 'missing.need' || stream.below(3) > 0 ? [] : [{ element: 'missing.need' }];
      const text = stream.pick(NOTES);
      return { type: 'handoff.return', payload: { missing: [{ element: first, text }, ...more] } };
    }
    case 'recycled':
      return {
        type: 'handoff.recycle',
        payload: { reason: listed(RECYCLE_REASONS), reviewOn: dayText(localDayOf(at + 90 * 24 * HOUR)) },
      };
    case 'disqualified':
      return {
        type: 'handoff.disqualify',
        payload: { reason: listed(DISQUALIFY_REASONS) },
      };
  }
}
