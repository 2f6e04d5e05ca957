import { SELLERS } from '../company/market.ts';
import { HOSTILE_COMPANIES } from '../company/people.ts';
import { DELAYS, SKIP_WON } from '../company/rates.ts';
import type { Frame } from '../frame.ts';
import type { Stream } from '../random.ts';
import { DAY, HOUR, fromLocal, startOfDay } from '../time/berlin.ts';
import type { Follower } from './follow.ts';
import { step, type Journey, type StageName, type Step } from './journey.ts';
import { autumnNights, springNights, type Night } from './nights.ts';
import type { Story } from './plan.ts';

/** Days between being recycled and becoming an MQL again; the cooling-off is 30. */
const EARLY = { from: 8, to: 25 };
const LATE = { from: 35, to: 70 };
const UNDATED: readonly [StageName, ...StageName[]] = ['lead', 'mql', 'sal', 'nurture'];

/** The longest gap between the two acceptances of one lead, in seconds. */
export const DOUBLE_ACCEPT_SECONDS = 40;

/** Planted stories are told by marketing's leads, so that what sales wins is not diluted; a skip is sales' own. */
export function originOf(story: Story): Journey['origin'] | undefined {
  if (story === 'date-only') return undefined;
  return story === 'skip' ? 'sales' : 'marketing';
}

/** Tells the planted stories. */
export class Storyteller {
  readonly #frame: Frame;
  readonly #stream: Stream;
  readonly #follow: Follower;

  constructor(frame: Frame, stream: Stream, follow: Follower) {
    this.#frame = frame;
    this.#stream = stream;
    this.#follow = follow;
  }

  /** Fills a journey with its story. */
  tell(journey: Journey, created: number, story: Story, ordinal: number): void {
    switch (story) {
      case 'date-only':
        this.#follow.fromLead(journey, created);
        return;
      case 're-mql-early':
        this.#again(journey, created, EARLY);
        return;
      case 're-mql-late':
        this.#again(journey, created, LATE);
        return;
      case 'skip':
        this.#follow.enter(journey, 'lead', created);
        journey.owner = this.#follow.seller(journey);
        journey.deal = this.#follow.deal(
          journey,
          created,
          this.#follow.office(created + this.#follow.wait([12 * DAY, 0.4])),
          SKIP_WON,
          true,
        );
        return;
      case 'double-accept':
        this.#twice(journey, created);
        return;
      case 'corrected':
        this.#corrected(journey, created);
        return;
      case 'undated':
        journey.currentStage = this.#stream.pick(UNDATED);
        return;
      case 'unlinked':
        this.#follow.enter(journey, 'lead', created);
        journey.deal = this.#follow.deal(journey, created, this.#follow.office(created + 30 * DAY), 0.3, false);
        return;
      case 'hostile':
        journey.company = HOSTILE_COMPANIES[ordinal] ?? HOSTILE_COMPANIES[0];
        this.#accept(journey, this.#mql(journey, created));
        return;
      case 'dst-spring':
        this.#night(journey, this.#frame.springDay, springNights, ordinal);
        return;
      case 'dst-autumn':
        this.#night(journey, this.#frame.autumnDay, autumnNights, ordinal);
        return;
    }
  }

  /** Adds steps that do not lie in the future. */
  #push(journey: Journey, ...steps: Step[]): void {
    for (const told of steps) if (told.at <= this.#frame.asOf) journey.steps.push(told);
  }

  /** A lead that becomes an MQL within three weeks; returns when. */
  #mql(journey: Journey, created: number): number {
    this.#follow.enter(journey, 'lead', created);
    const at = this.#follow.office(created + Math.min(this.#follow.wait(DELAYS.mql.marketing), 21 * DAY));
    this.#follow.enter(journey, 'mql', at);
    return at;
  }

  #accept(journey: Journey, mql: number): number {
    const at = this.#follow.office(mql + this.#follow.wait(DELAYS.accept));
    const seller = this.#follow.seller(journey);
    this.#push(journey, step('sal', at, { seller }));
    journey.owner = seller;
    return at;
  }

  /** Recycled, and an MQL again after some days; every second one is then accepted. */
  #again(journey: Journey, created: number, days: { from: number; to: number }): void {
    const mql = this.#mql(journey, created);
    const recycled = this.#follow.office(mql + Math.min(this.#follow.wait(DELAYS.decline), 8 * DAY));
    this.#follow.enter(journey, 'recycled', recycled);
    const again = recycled + days.from * DAY + this.#stream.below((days.to - days.from) * 86_400) * 1000;
    this.#follow.enter(journey, 'mql', again);
    if (this.#stream.unit() < 0.5) this.#accept(journey, again);
  }

  /** Two sellers of a region accept the same lead within seconds. */
  #twice(journey: Journey, created: number): void {
    const first = this.#accept(journey, this.#mql(journey, created));
    const colleagues = SELLERS[journey.region];
    const at = colleagues.indexOf(journey.owner ?? '');
    const seller = colleagues[(at + 1) % colleagues.length] ?? colleagues[0];
    const gap = 2 + this.#stream.below(DOUBLE_ACCEPT_SECONDS - 2);
    this.#push(journey, step('sal', first + gap * 1000, { seller }));
    if (this.#stream.unit() < 0.5) this.#follow.enter(journey, 'sql', this.#follow.office(first + 7 * DAY));
  }

  /** The MQL date was entered three weeks late and put right. */
  #corrected(journey: Journey, created: number): void {
    this.#follow.enter(journey, 'lead', created);
    const right = this.#follow.office(created + Math.min(this.#follow.wait(DELAYS.mql.marketing), 21 * DAY));
    this.#push(journey, step('mql', right + 21 * DAY), step('mql', right, { corrects: 1 }));
    this.#accept(journey, right);
  }

  #night(journey: Journey, day: number | undefined, nights: (day: number) => readonly Night[], ordinal: number): void {
    if (day === undefined) return;
    const night = nights(day)[ordinal];
    if (night === undefined) return;
    const at = (text: string): number => (text.length === 10 ? startOfDay(day) : Date.parse(text));
    this.#push(
      journey,
      step('lead', at(night.lead), { text: night.lead }),
      step('mql', at(night.mql), { text: night.mql }),
    );
    const seller = this.#follow.seller(journey);
    this.#push(journey, step('sal', fromLocal((day + 1) * DAY + 9 * HOUR), { seller }));
    journey.owner = seller;
  }
}
