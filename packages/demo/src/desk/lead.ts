import type { LeadCard } from '@sama/metrics/contracts';
import type { Rating } from '@sama/metrics/scoring';
import { HOSTILE_COMPANIES } from '../company/people.ts';
import type { Region, Segment } from '../company/market.ts';
import type { Journey } from '../journey/journey.ts';
import type { Stream } from '../random.ts';
import { DAY, HOUR, instantText } from '../time/berlin.ts';

const ROLES = [
  'Operations director',
  'Warehouse manager',
  'Head of automation',
  'Plant manager',
  'Process engineer',
  'Finance director',
  'Logistics buyer',
] as const;
const INDUSTRIES = ['Food', 'Parcels', 'Pharma', 'Retail', 'Textiles', 'Hardware'] as const;
const QUOTES = [
  'We need two palletising cells before the autumn season. Can you show one running with crates?',
  'Our night shift loses an hour a day on returns. What would a pilot cost?',
  'Does it work at minus twenty degrees, and who services it on a Sunday?',
  'We compare three suppliers until the end of the month and want to see a site like ours.',
  'How many totes an hour, honestly, with mixed sizes?',
] as const;
const ASKED = ['Asked for a demo', 'Asked for a price', 'Sent the contact form', 'Called the hotline'] as const;
const LOOKED = [
  'Pricing page twice',
  'Webinar, stayed to the end',
  'Downloaded the safety case',
  'Talked at the trade fair',
  'Third visit this week',
] as const;
const ASSETS = ['Case study: night shift', 'Savings calculator: returns', 'Video: cold store'] as const;
const OPENINGS = [
  'Which weight and how many pieces a day?',
  'What happens on the night shift today?',
  'Who decides with you, and until when?',
] as const;
const SIZES: Readonly<Record<Segment, readonly [number, number]>> = {
  small: [12, 49],
  'mid-market': [50, 480],
  enterprise: [600, 9000],
};
const ZONES: Readonly<Record<Region, readonly [zone: string, country: string]>> = {
  DACH: ['Europe/Berlin', 'DE'],
  Nordics: ['Europe/Helsinki', 'FI'],
  'UK & Ireland': ['Europe/Dublin', 'IE'],
  Benelux: ['Europe/Amsterdam', 'NL'],
};

/** What the card of a lead is made of. */
export interface LeadOf {
  journey: Pick<Journey, 'id' | 'name' | 'email' | 'company' | 'region' | 'segment' | 'source' | 'campaignId'>;
  rating: Rating;
  /** When the lead became an MQL; touches lie before. */
  at: number;
  place: number;
}

/** The card of a lead. Every fifth lacks something, every fortieth has a name that must stay plain text. */
export function leadCard({ journey, rating, at, place }: LeadOf, stream: Stream): LeadCard {
  const { id, name, email, region, segment, source, campaignId } = journey;
  const [zone, country] = ZONES[region];
  const [from, to] = SIZES[segment];
  const size = from + stream.below(to - from);
  const grade = rating.slice(0, 1);
  const incomplete = stream.below(5) === 0;
  const asked = stream.pick(ASKED);
  const hot = rating.endsWith('1') || rating.endsWith('2');
  const hostile = place % 40 === 39 ? HOSTILE_COMPANIES[Math.floor(place / 40) % HOSTILE_COMPANIES.length] : undefined;
  const touch = (what: string, before: number) => ({ what, at: instantText(at - before) });
  return {
    id,
    name,
    ...(incomplete && stream.below(2) === 0 ? {} : { role: stream.pick(ROLES) }),
    email,
    ...(incomplete ? {} : { phone: `+49 30 23125 ${String(stream.below(900) + 100)}` }),
    channel: stream.pick(['e-mail', 'phone']),
    consent: incomplete && stream.below(3) === 0 ? 'unknown' : 'given',
    timeZone: zone,
    company: {
      id: `a-${id.slice(2)}`,
      name: hostile ?? journey.company,
      industry: stream.pick(INDUSTRIES),
      size,
      country,
      ...(stream.below(3) === 0 ? { owner: 'Lever Testerman' } : {}),
      openOpportunities: stream.below(4) === 0 ? 1 : 0,
      otherPeople: stream.below(4),
    },
    ...(hot ? { quote: stream.pick(QUOTES) } : {}),
    opening: stream.pick(OPENINGS),
    asset: stream.pick(ASSETS),
    source: source.replaceAll('-', ' '),
    ...(campaignId === undefined ? {} : { campaign: campaignId }),
    reasons: [
      { text: asked, points: hot ? 39.1 : 12.4 },
      { text: `Size ${size}`, points: grade === 'A' ? 20 : grade === 'B' ? 12 : 4 },
      { text: 'Industry on the list', points: grade === 'D' ? 0 : 15 },
    ],
    touches: [
      touch(asked, 5 * 60_000),
      touch(stream.pick(LOOKED), DAY + stream.below(20) * HOUR),
      touch(stream.pick(LOOKED), (3 + stream.below(20)) * DAY),
    ],
    attempts: stream.below(8),
    attributes: {
      region,
      segment,
      ...(incomplete ? {} : { timing: stream.pick(['this quarter', 'next quarter', 'this year']) }),
      ...(stream.below(3) === 0 ? { budget: 'approved' } : {}),
    },
  };
}
