import type { ActivityEvent } from '@sama/metrics/contracts';
import type { Frame } from '../frame.ts';
import type { Deal, Journey } from '../journey/journey.ts';
import { LANES, Stream } from '../random.ts';
import { DAY, instantText } from '../time/berlin.ts';
import {
  CALL_BEFORE,
  DEMO_SHARE,
  LAST_CHANNEL,
  MAIL_DAYS,
  MAIL_SHARE,
  PAGES,
  VISIT_BEFORE,
  WEBINAR_SHARE,
} from './rates.ts';

/** What an activity says besides who, when and where from. */
interface Said {
  name: string;
  channel: string;
  campaignId?: string | undefined;
  page?: string;
}

/** Where activities of a name are recorded. */
const SYSTEMS: Readonly<Record<string, string>> = {
  'page.view': 'website',
  'form.submitted': 'website',
  'mail.clicked': 'hubspot',
  'webinar.attended': 'hubspot',
  'call.connected': 'salesforce',
  'demo.attended': 'salesforce',
};

/**
 * What people of the company's records did before they came to their stages. Draws from its own
 * lane, so that records are the same with and without.
 */
export class Activities {
  readonly #frame: Frame;
  readonly #stream: Stream;
  readonly #batch: string;

  constructor(frame: Frame, batch: string) {
    this.#frame = frame;
    this.#stream = new Stream(frame.seed, LANES.activities);
    this.#batch = batch;
  }

  /** The activities of a person, in the order they happened. */
  of(journey: Journey): ActivityEvent[] {
    const lead = journey.steps.find(({ stage }) => stage === 'lead')?.at;
    if (lead === undefined) return [];
    const made: [at: number, said: Said][] = [];
    const demo = this.#demo(journey.deal);
    if (journey.origin === 'marketing') this.#visit(journey, lead, demo, made);
    if (journey.origin === 'teleprospecting')
      made.push([lead - this.#seconds(CALL_BEFORE), { name: 'call.connected', channel: journey.source }]);
    if (demo !== undefined) made.push([demo, { name: 'demo.attended', channel: LAST_CHANNEL }]);
    return made
      .filter(([at]) => at <= this.#frame.asOf)
      .sort(([a], [b]) => a - b)
      .map(([at, said], place) => this.#activity(journey.id, at, said, place));
  }

  /** A visit, the form that made the lead, and what answered its mails; nothing of it after the demo. */
  #visit(
    { source, campaignId }: Journey,
    lead: number,
    demo: number | undefined,
    made: [at: number, said: Said][],
  ): void {
    const from = { channel: source, campaignId };
    const visited = lead - 60_000 - this.#seconds(VISIT_BEFORE - 60_000);
    made.push([visited, { name: 'page.view', page: this.#stream.pick(PAGES), ...from }]);
    made.push([lead, { name: 'form.submitted', ...from }]);
    const until = Math.min(MAIL_DAYS * DAY, (demo ?? Number.POSITIVE_INFINITY) - lead);
    for (const [share, said] of [
      [MAIL_SHARE, { name: 'mail.clicked', channel: 'e-mail' }],
      [WEBINAR_SHARE, { name: 'webinar.attended', channel: 'webinar' }],
    ] as const) {
      const chance = this.#stream.unit();
      const at = lead + 1000 + this.#seconds(until - 2000);
      if (chance < share) made.push([at, { ...said, campaignId }]);
    }
  }

  /** When a deal was shown the robots, if it was: between its opening and its end. */
  #demo(deal: Deal | undefined): number | undefined {
    const [opened, closed] = deal?.steps ?? [];
    if (opened === undefined || deal?.linked !== true) return undefined;
    const outcome = closed?.stage === 'won' ? 'won' : closed === undefined ? 'open' : 'lost';
    const chance = this.#stream.unit();
    const at = opened.at + this.#seconds((closed?.at ?? this.#frame.asOf) - opened.at);
    return chance < DEMO_SHARE[outcome] ? at : undefined;
  }

  /** A span below another, in whole seconds. */
  #seconds(span: number): number {
    return Math.floor((this.#stream.unit() * span) / 1000) * 1000;
  }

  #activity(person: string, at: number, { name, channel, campaignId, page }: Said, place: number): ActivityEvent {
    return {
      name,
      at: instantText(at),
      personId: person,
      ...(campaignId === undefined ? {} : { campaignId }),
      attributes: { channel, ...(page === undefined ? {} : { page }) },
      source: { system: SYSTEMS[name] ?? 'website', recordId: `${person}:a${place}` },
      batch: this.#batch,
    };
  }
}
