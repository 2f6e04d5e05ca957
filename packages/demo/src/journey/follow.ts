import { draw, REGION_MIX, type Mix } from '../company/market.ts';
import { DEAL_MEDIAN, SELLERS } from '../company/market.ts';
import {
  DELAYS,
  LATE_SHARE,
  LOST_SHARE,
  MQL_CAP,
  OLDER_CRITERIA,
  RATES,
  REGION_WINS,
  VICIOUS,
} from '../company/rates.ts';
import { WINDOW_DAYS, type Frame } from '../frame.ts';
import type { Stream } from '../random.ts';
import { DAY, inOfficeHours, localDayOf } from '../time/berlin.ts';
import { step, type Deal, type Journey, type StageName } from './journey.ts';

type Delay = readonly [median: number, sigma: number];

/** Where those go who do not become an MQL; the rest stay open. */
const BEFORE_MQL: Mix<StageName | undefined> = [
  ['nurture', 0.14],
  ['disqualified', 0.1],
  [undefined, 0.76],
];
/** Where MQLs go that sales does not accept in calm times. */
const NOT_ACCEPTED: Mix<StageName> = [
  ['returned', 0.28],
  ['recycled', 0.42],
  ['disqualified', 0.2],
  ['expired', 0.1],
];
/** Where accepted leads go that sales does not qualify, or that come to no opportunity. */
const NOT_QUALIFIED: Mix<StageName | undefined> = [
  ['recycled', 0.42],
  ['disqualified', 0.26],
  [undefined, 0.32],
];

const REASONS: Partial<Record<StageName, readonly [string, ...string[]]>> = {
  returned: ['missing.phone', 'missing.need', 'missing.role', 'missing.timing', 'threshold.notMet', 'missing.context'],
  recycled: ['timing.later', 'unreachable', 'budget.none', 'need.early', 'contract.competitor', 'priority.changed'],
  disqualified: ['fit.size', 'fit.industry', 'data.false', 'kind.student', 'duplicate', 'noInterest'],
  lost: ['price', 'competitor', 'no-decision', 'timing'],
};

/** Contracts closed this long after the lead count within the window, whatever office hours add. */
const LAST_WIN = (WINDOW_DAYS - 4) * DAY;

/** The place of an MQL's month in the vicious quarter, if it lies in it. */
function viciousMonth(frame: Frame, at: number): 0 | 1 | 2 | undefined {
  const day = localDayOf(at);
  if (day < frame.vicious.from || day >= frame.vicious.to) return undefined;
  const [, second, third] = frame.viciousMonths;
  if (day < second.from) return 0;
  return day < third.from ? 1 : 2;
}

/** Tells what becomes of leads, step by step, up to the moment of the frame. */
export class Follower {
  readonly #frame: Frame;
  readonly #stream: Stream;

  constructor(frame: Frame, stream: Stream) {
    this.#frame = frame;
    this.#stream = stream;
  }

  /** A delay in whole seconds. */
  wait([median, sigma]: Delay): number {
    return Math.floor(this.#stream.lognormal(median, sigma) / 1000) * 1000;
  }

  /** `at` moved into office hours. */
  office(at: number): number {
    return Math.floor(inOfficeHours(at, this.#stream.unit()) / 1000) * 1000;
  }

  seller(journey: Journey): string {
    return this.#stream.pick(SELLERS[journey.region]);
  }

  /** Adds a step unless it lies in the future; says whether it was added. */
  enter(journey: Journey, stage: StageName, at: number): boolean {
    if (at > this.#frame.asOf) return false;
    const reasons = REASONS[stage];
    journey.steps.push(step(stage, at, reasons === undefined ? {} : { reason: this.#stream.pick(reasons) }));
    return true;
  }

  /** From a lead on. */
  fromLead(journey: Journey, created: number): void {
    this.enter(journey, 'lead', created);
    const stream = this.#stream;
    const rates = RATES[journey.origin][journey.segment];
    let at = created + Math.min(this.wait(DELAYS.mql[journey.origin]), MQL_CAP);
    if (stream.unit() < 0.88) at = this.office(at);
    const older = journey.origin === 'marketing' && at < this.#frame.breakAt;
    if (stream.unit() >= (older ? rates.mql * OLDER_CRITERIA : rates.mql)) {
      const side = draw(stream, BEFORE_MQL);
      if (side !== undefined) this.enter(journey, side, created + this.wait(DELAYS.nurture));
      return;
    }
    if (this.enter(journey, 'mql', at)) this.fromMql(journey, created, at);
  }

  /** From an MQL on. */
  fromMql(journey: Journey, created: number, mql: number): void {
    const stream = this.#stream;
    const rates = RATES[journey.origin][journey.segment];
    const older = journey.origin === 'marketing' && mql < this.#frame.breakAt;
    const calm = older ? rates.sal / OLDER_CRITERIA : rates.sal;
    const month = viciousMonth(this.#frame, mql);
    const chance = stream.unit();
    if (chance >= (month === undefined ? calm : calm * VICIOUS.followUp[month])) {
      // Those who would have been accepted in calm times are not turned down: nobody calls them.
      const side = chance < calm ? 'expired' : draw(stream, NOT_ACCEPTED);
      this.enter(journey, side, this.office(mql + (side === 'expired' ? 5 * DAY : this.wait(DELAYS.decline))));
      return;
    }
    const [median, sigma] = DELAYS.accept;
    const accepted = this.office(mql + this.wait([median * (month === undefined ? 1 : VICIOUS.delay[month]), sigma]));
    if (accepted > this.#frame.asOf) return;
    const seller = this.seller(journey);
    journey.steps.push(step('sal', accepted, { seller }));
    journey.owner = seller;
    if (stream.unit() >= (month === undefined ? rates.sql : rates.sql * VICIOUS.quality[month])) {
      const side = draw(stream, NOT_QUALIFIED);
      if (side !== undefined) this.enter(journey, side, this.office(accepted + this.wait(DELAYS.drop)));
      return;
    }
    const qualified = this.office(accepted + this.wait(DELAYS.qualify));
    if (!this.enter(journey, 'sql', qualified)) return;
    const created2 = this.office(qualified + this.wait(DELAYS.opportunity));
    if (stream.unit() < rates.opportunity) {
      journey.deal = this.deal(journey, created, created2, rates.won * REGION_WINS[journey.region], true);
      return;
    }
    const side = draw(stream, NOT_QUALIFIED);
    if (side !== undefined) this.enter(journey, side, this.office(qualified + this.wait(DELAYS.drop)));
  }

  /** An opportunity and how it ends. `created` is the lead's day, from which the window runs. */
  deal(journey: Journey, created: number, opened: number, won: number, linked: boolean): Deal | undefined {
    const { asOf } = this.#frame;
    if (opened > asOf) return undefined;
    const stream = this.#stream;
    const amount = Math.max(
      5_000_00,
      Math.round(stream.lognormal(DEAL_MEDIAN[journey.segment], 0.5) / 100_00) * 100_00,
    );
    const deal: Deal = { amount, linked, steps: [step('opportunity', opened)] };
    const chance = stream.unit();
    const late = won + (1 - won) * LATE_SHARE;
    let closed: number;
    if (chance < won) closed = this.#closeBy(opened, created + LAST_WIN);
    else if (chance < late) closed = Math.max(opened, created + (WINDOW_DAYS + 1) * DAY) + this.wait([20 * DAY, 0.6]);
    else if (chance < late + (1 - won) * LOST_SHARE) closed = opened + this.wait(DELAYS.lose);
    else return deal;
    closed = this.office(closed);
    if (closed > asOf) return deal;
    const isWon = chance < late;
    deal.steps.push(
      step(isWon ? 'won' : 'lost', closed, isWon ? {} : { reason: stream.pick(REASONS.lost ?? ['other']) }),
    );
    return deal;
  }

  /** When a contract is signed: log-normal, cut off so that it counts within the window. */
  #closeBy(opened: number, last: number): number {
    for (let i = 0; i < 8; i += 1) {
      const closed = opened + this.wait(DELAYS.win);
      if (closed <= last) return closed;
    }
    return opened + Math.max(DAY, Math.floor((last - opened) * (0.5 + this.#stream.unit() / 2)));
  }

  region(): Journey['region'] {
    return draw(this.#stream, REGION_MIX);
  }
}
