import { localSource } from '@sama/metrics/client';
import {
  type DataSource,
  type Flag,
  type LeadCard,
  OWNER_RIGHTS,
  type HandoffFilter,
  type Rights,
} from '@sama/metrics/contracts';
import { createMemoryDesk, type MemoryDesk } from '@sama/metrics/desk';
import type { HandoffAction, HandoffActor, HandoffEvent, Staff } from '@sama/metrics/handoff';
import { compileCalendar } from '@sama/metrics/time';

type Rating = NonNullable<HandoffFilter['ratings']>[number];

/** A Tuesday, 15:52 in Lisbon: the moment of the stories. */
export const NOW = '2026-06-16T14:52:00Z';
const ZONE = 'Europe/Lisbon';

const person = (id: string, name: string, team: string, role: HandoffActor['role']): HandoffActor => ({
  id,
  name,
  team,
  role,
});
export const SELLER = person('sam', 'Sam Orlo', 'sales', 'seller');
export const COLLEAGUE = person('dana', 'Dana Ilves', 'sales', 'seller');
export const MARKETER = person('mia', 'Mia Tarn', 'marketing', 'marketing');
export const MANAGER = person('max', 'Max Ode', 'sales', 'manager');

const STAFF: Staff = {
  sellers: [
    { id: 'sam', name: SELLER.name },
    { id: 'dana', name: COLLEAGUE.name },
    { id: 'eli', name: 'Eli Marsh', cap: 0 },
  ],
  pools: [{ id: 'south', sellers: [{ id: 'sam' }, { id: 'dana' }] }],
};
const WEEK: [string, string][] = [['08:00', '18:00']];
const HOURS = compileCalendar({ timeZone: ZONE, week: { 1: WEEK, 2: WEEK, 3: WEEK, 4: WEEK, 5: WEEK } });

/** A lead in few words: what it is, when it was offered, and what its card says. */
interface Sketch {
  id: string;
  rating: Rating;
  /** Minutes before now. */
  since: number;
  card: Omit<LeadCard, 'id' | 'attributes'>;
  /** What was done since, with minutes before now. */
  after?: readonly (readonly [minutes: number, by: HandoffActor, action: HandoffAction])[];
}

const touch = (what: string, at: string) => ({ what, at });
const company = (name: string, more: Partial<LeadCard['company']> = {}) => ({ name, ...more });

export const SKETCHES: readonly Sketch[] = [
  {
    id: 'H1',
    rating: 'A1',
    since: 22,
    card: {
      name: 'Ines Calloway',
      role: 'Operations director',
      email: 'ines@brightwater.example',
      consent: 'given',
      timeZone: 'America/New_York',
      company: company('Brightwater Foods', { size: 350, industry: 'Food', openOpportunities: 0, otherPeople: 2 }),
      quote: 'We need two palletising cells before the autumn season. Can you show one running with crates?',
      opening: 'What weight, and how many crates an hour?',
      asset: 'The Kestrel case',
      source: 'Paid search',
      campaign: 'Safety',
      reasons: [
        { text: 'Demo request 1 day ago', points: 39.1 },
        { text: 'size 350', points: 20 },
        { text: 'food industry', points: 15 },
      ],
      touches: [
        touch('Asked for a demo', '2026-06-15T15:00:00Z'),
        touch('Pricing page', '2026-06-14T09:00:00Z'),
        touch('Webinar', '2026-06-09'),
      ],
    },
  },
  {
    id: 'H2',
    rating: 'A1',
    since: 8,
    card: {
      name: 'Teo Marchetti',
      role: 'Plant manager',
      company: company('Alpenglas'),
      touches: [touch('Pricing page twice', '2026-06-16T09:20:00Z')],
    },
  },
  {
    id: 'H3',
    rating: 'B1',
    since: 2,
    card: {
      name: 'Rhea Okonjo',
      role: 'Head of automation',
      company: company('Kestrel Parts'),
      touches: [touch('Webinar, stayed to the end', '2026-06-15')],
    },
  },
  {
    id: 'H4',
    rating: 'A2',
    since: 85,
    card: {
      name: 'Jonas Lindqvist',
      role: 'Process engineer',
      company: company('Norrvik Paper', { size: 1200 }),
      touches: [touch('Downloaded the safety case', '2026-06-16T10:00:00Z')],
    },
  },
  {
    id: 'H5',
    rating: 'B2',
    since: 30,
    card: {
      name: 'Mina Castell',
      role: 'Buyer',
      company: company('Orbis Ceramics'),
      touches: [touch('Talked at the trade fair', '2026-06-12')],
    },
  },
  {
    id: 'H6',
    rating: 'A2',
    since: 20,
    card: { name: 'Olu Farren', role: 'COO', company: company('Tidewell Logistics') },
  },
  {
    id: 'H7',
    rating: 'C1',
    since: 60,
    card: {
      name: 'Sara Quill',
      role: 'Consultant',
      company: company('independent'),
      touches: [touch('Third visit this week', '2026-06-16T12:00:00Z')],
    },
  },
  {
    id: 'H8',
    rating: 'B1',
    since: 300,
    card: { name: 'Ivo Brandt', role: 'Maintenance lead', company: company('Halden Timber') },
    after: [
      [200, SELLER, { type: 'handoff.accept', payload: {} }],
      [
        100,
        SELLER,
        { type: 'handoff.return', payload: { missing: [{ element: 'missing.phone' }, { element: 'missing.timing' }] } },
      ],
    ],
  },
  {
    id: 'H9',
    rating: 'B2',
    since: 400,
    card: { name: 'Noor Adeyemi', role: 'Engineer', company: company('Lumen Works') },
    after: [
      [
        90,
        COLLEAGUE,
        {
          type: 'handoff.return',
          payload: { missing: [{ element: 'missing.phone', text: 'The number rings out.' }] },
        },
      ],
    ],
  },
  {
    id: 'H10',
    rating: 'A2',
    since: 500,
    card: { name: 'Pia Lorne', role: 'Head of logistics', company: company('Seaford Ports') },
    after: [[450, SELLER, { type: 'handoff.accept', payload: {} }]],
  },
];

const BEFORE = (minutes: number): string => new Date(Date.parse(NOW) - minutes * 60_000).toISOString();

function eventsOf({ id, rating, since, after = [] }: Sketch): HandoffEvent[] {
  const steps: (readonly [number, HandoffActor, HandoffAction])[] = [
    [since + 3, MARKETER, { type: 'handoff.draft', payload: { personId: `P-${id}`, rating } }],
    [since, MARKETER, { type: 'handoff.offer', payload: { pool: 'south' } }],
    ...after,
  ];
  return steps.map(([minutes, by, action], i) => ({
    v: 1,
    commandId: `${id}-${i}`,
    target: id,
    version: i + 1,
    by,
    at: BEFORE(minutes),
    action,
  }));
}

/** A desk at the moment of the stories, and who sits at it. */
export interface QueueDesk {
  made: MemoryDesk;
  /** What one person sees and may do. */
  sit: (reader?: HandoffActor, rights?: Rights) => DataSource;
  /** Lets time pass. */
  wait: (ms: number) => void;
}

/** Opens a desk; two made from the same sketches are alike. */
export function queueDesk(sketches: readonly Sketch[] = SKETCHES, flags: readonly Flag[] = []): QueueDesk {
  let passed = 0;
  const cards = new Map(sketches.map(({ id, card }) => [`P-${id}`, { ...card, id: `P-${id}`, attributes: {} }]));
  const made = createMemoryDesk({
    staff: STAFF,
    calendars: { teams: { sales: HOURS, marketing: HOURS }, lead: HOURS },
    lead: (id) => cards.get(id),
    events: sketches.flatMap(eventsOf),
    flags,
    now: () => new Date(Date.parse(NOW) + passed).toISOString(),
  });
  const sit: QueueDesk['sit'] = (reader = SELLER, rights = OWNER_RIGHTS) => {
    const seat = made.sit({ reader, rights, definitions: [], timeZone: ZONE });
    return localSource(made.engine, seat.context, seat.ledger);
  };
  return { made, sit, wait: (ms) => void (passed += ms) };
}

/** So many hand-offs in one pool, names from a list. */
export function manySketches(count: number): Sketch[] {
  const names = ['Ada', 'Ben', 'Cleo', 'Dov', 'Esi', 'Fay', 'Gil', 'Hana'];
  const ratings: Rating[] = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'D1', 'D2'];
  return Array.from({ length: count }, (_, i) => ({
    id: `N${i}`,
    rating: ratings[i % ratings.length] ?? 'A1',
    since: 5 + (i % 50),
    card: {
      name: `${names[i % names.length]} ${i + 1}`,
      role: 'Planner',
      company: company(`Works ${i % 97}`),
      touches: [touch('Visited the page of prices', '2026-06-15T10:00:00Z')],
    },
  }));
}

/** Text that is markup, script, of 300 letters, or runs from the right and turns what follows. */
export function hostileSketches(): Sketch[] {
  const texts = [
    '<img src=x onerror="document.title = \'hacked\'">',
    'W'.repeat(300),
    'نورا العلي ‮evil',
    '${alert(1)} </span><script>document.title = "hacked"</script>',
  ];
  return texts.map((text, i) => ({
    id: `X${i}`,
    rating: 'A1',
    since: 10,
    card: {
      name: text,
      role: text,
      company: company(text),
      quote: text,
      source: text,
      reasons: [{ text, points: -1e15 }],
      touches: [touch(text, '2026-06-15T10:00:00Z')],
    },
  }));
}
