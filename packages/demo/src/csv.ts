import type { Mapping } from '@sama/metrics/contracts';
import { type DemoOptions, frameOf } from './frame.ts';
import type { Journey, MainStage, StageName, Step } from './journey/journey.ts';
import { journeys } from './journey/journeys.ts';
import { opportunityId, statusOf, whenText } from './records.ts';

const COLUMNS = [
  'Lead ID',
  'Name',
  'E-mail',
  'Company',
  'Region',
  'Segment',
  'Origin',
  'Source',
  'Campaign',
  'Owner',
  'Created',
  'Became MQL',
  'Accepted',
  'Qualified',
  'Opportunity ID',
  'Opportunity Created',
  'Amount',
  'Currency',
  'Close Date',
  'Status',
  'Status Date',
  'Status Reason',
] as const;

/** Status as the export words it, and the stage it means. */
const STATUS: Record<string, StageName> = {
  Lead: 'lead',
  MQL: 'mql',
  SAL: 'sal',
  SQL: 'sql',
  Opportunity: 'opportunity',
  Won: 'won',
  Lost: 'lost',
  Returned: 'returned',
  Recycled: 'recycled',
  Nurture: 'nurture',
  Disqualified: 'disqualified',
  Expired: 'expired',
};
const WORDS = new Map(Object.entries(STATUS).map(([word, stage]) => [stage, word]));
const BESIDE = ['Returned', 'Recycled', 'Nurture', 'Disqualified', 'Expired'] as const;
const BESIDE_STAGES = new Set<StageName>(BESIDE.map((word) => STATUS[word] ?? 'lead'));

/** A field after RFC 4180: quoted when it holds a comma, a quote or a line break. */
const field = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The first entry into a stage that no later step corrects: what a "became" column keeps. */
function became(journey: Journey, stage: MainStage): string {
  const { steps } = journey;
  const first = steps.find((s, place) => s.stage === stage && !steps.some((other) => other.corrects === place));
  return first === undefined ? '' : whenText(journey, first);
}

function row(journey: Journey): string {
  const deal = journey.deal?.linked === true ? journey.deal : undefined;
  const [opened, closed] = deal?.steps ?? [];
  const when = (step: Step | undefined): string => (step === undefined ? '' : whenText(journey, step));
  const last = journey.steps.at(-1);
  const status = deal === undefined ? (last?.stage ?? journey.currentStage) : statusOf(deal);
  const word = status === 'open' ? 'Opportunity' : WORDS.get(status ?? 'lead');
  const beside = deal === undefined && last !== undefined && BESIDE_STAGES.has(last.stage) ? last : undefined;
  return [
    journey.id,
    field(journey.name),
    journey.email,
    field(journey.company),
    journey.region,
    journey.segment,
    journey.origin,
    journey.source,
    journey.campaignId ?? '',
    field(journey.owner ?? ''),
    became(journey, 'lead'),
    became(journey, 'mql'),
    became(journey, 'sal'),
    became(journey, 'sql'),
    deal === undefined ? '' : opportunityId(journey),
    when(opened),
    deal === undefined ? '' : (deal.amount / 100).toFixed(2),
    deal === undefined ? '' : 'EUR',
    when(closed),
    word ?? '',
    when(beside),
    beside?.reason ?? closed?.reason ?? '',
  ].join(',');
}

/** Rows in one piece of text. */
const ROWS = 1000;

/**
 * The persons of the demo company as a CRM would export them: RFC 4180 with a header, a row for
 * each person, lines ending in CR LF, a thousand rows to a piece. As in most CRMs the export keeps
 * the first date of each stage and the last state only; opportunities without a person are not in
 * it. Amounts are in euros. Company names include hostile text, written as it is.
 *
 * @throws RangeError naming the option that is out of range.
 * @experimental
 */
export function* demoCsv(options: DemoOptions): Generator<string> {
  const frame = frameOf(options);
  yield `${COLUMNS.join(',')}\r\n`;
  let rows: string[] = [];
  for (const journey of journeys(frame)) {
    rows.push(row(journey));
    if (rows.length === ROWS) {
      yield `${rows.join('\r\n')}\r\n`;
      rows = [];
    }
  }
  if (rows.length > 0) yield `${rows.join('\r\n')}\r\n`;
}

/** How the columns of `demoCsv` become canonical records. @experimental */
export function demoMapping(): Mapping {
  return {
    v: 1,
    source: 'crm-export',
    rows: 'records',
    entityType: 'person',
    id: 'Lead ID',
    dates: { format: 'iso', timeZone: 'Europe/Berlin' },
    links: { campaignId: 'Campaign' },
    owner: 'Owner',
    amount: { column: 'Amount', currency: { column: 'Currency' }, unit: 'major' },
    stages: [
      { stage: 'lead', at: 'Created' },
      { stage: 'mql', at: 'Became MQL' },
      { stage: 'sal', at: 'Accepted' },
      { stage: 'sql', at: 'Qualified' },
      { stage: 'opportunity', at: 'Opportunity Created' },
      { stage: 'won', at: 'Close Date', when: { column: 'Status', in: ['Won'] } },
      { stage: 'lost', at: 'Close Date', when: { column: 'Status', in: ['Lost'] }, reason: 'Status Reason' },
      ...BESIDE.map((word) => ({
        stage: STATUS[word] ?? 'lead',
        at: 'Status Date',
        when: { column: 'Status', in: [word] },
        reason: 'Status Reason',
      })),
    ],
    currentStage: { column: 'Status', values: { ...STATUS } },
    attributes: {
      name: { column: 'Name' },
      email: { column: 'E-mail' },
      company: { column: 'Company' },
      region: { column: 'Region' },
      segment: { column: 'Segment' },
      origin: { column: 'Origin' },
      source: { column: 'Source' },
      opportunity: { column: 'Opportunity ID' },
    },
  };
}
