import type { EventFunnelAnswer, EventFunnelStep } from '@sama/metrics/contracts';
import { count, duration, interval, moment, nothing, number, rate, span } from './numbers.ts';
import { sentenceOf, within } from './period.ts';
import { plain, tableLines, type Column } from './table.ts';

const end = (head: string): Column => ({ head, align: 'end' });
const start = (head: string): Column => ({ head, align: 'start' });

/** A funnel of events as lines of text: a row for each step, then time, trend, breakdown and correlation. */
export function eventFunnelLines(answer: EventFunnelAnswer): string[] {
  return [
    plain(answer.label),
    sentence(answer),
    '',
    ...tableLines(STEP_COLUMNS, answer.steps.map(stepRow)),
    ...ratio(answer),
    ...time(answer),
    ...trend(answer),
    ...breakdown(answer),
    ...correlation(answer),
  ];
}

function sentence(answer: EventFunnelAnswer): string {
  const { window, unit, order } = answer;
  const parts = [
    `first steps ${within(answer.period)}`,
    window === undefined ? 'followed without end' : `${duration(window.ms)} to convert`,
    `each ${unit} counts`,
    `order ${order}`,
  ];
  if (answer.segment !== undefined) parts.push(`segment ${plain(answer.segment.label)}`);
  return sentenceOf(parts);
}

const STEP_COLUMNS: readonly Column[] = [
  start('Step'),
  end('Count'),
  end('Step rate'),
  end('95 % interval'),
  end('Of all'),
  end('Median time'),
  end('Advanced'),
  end('Open'),
  end('Dropped'),
];

function stepRow(step: EventFunnelStep): string[] {
  const { outcomes } = step;
  return [
    `${plain(step.label)}${step.optional ? ' (optional)' : ''}`,
    count(step.count),
    rate(step.stepRate),
    interval(step.stepRate),
    rate(step.cumulativeRate),
    span(step.time?.median),
    count(outcomes.advanced),
    count(outcomes.open),
    count(outcomes.dropped),
  ];
}

function ratio({ ratio: given }: EventFunnelAnswer): string[] {
  if (given === undefined) return [];
  const text = given.value === null ? nothing(given.reason) : number(Number(given.value.toFixed(2)));
  return ['', `Conversions for each entry: ${text}`];
}

function time({ time: given, steps }: EventFunnelAnswer): string[] {
  if (given === undefined) return [];
  const label = (id: string): string => plain(steps.find((step) => step.id === id)?.label ?? id);
  const parts = [`mean ${span(given.mean)}`, `median ${span(given.median)}`, `90 % within ${span(given.p90)}`];
  return ['', `From ${label(given.from)} to ${label(given.to)}, ${count(given.n)} times: ${parts.join(', ')}`];
}

function trend({ trend: given, timeZone }: EventFunnelAnswer): string[] {
  if (given === undefined) return [];
  const rows = given.rows.map((row) => [
    moment(row.from, timeZone).slice(0, 16),
    count(row.entered),
    count(row.converted),
    count(row.open),
    count(row.dropped),
    rate(row.rate),
    row.conversions === undefined ? '' : count(row.conversions),
  ]);
  const heads = ['Entered', 'Converted', 'Open', 'Dropped', 'Rate', 'Conversions'];
  return ['', ...tableLines([start(`By ${given.interval} from`), ...heads.map(end)], rows)];
}

function breakdown({ breakdown: given, steps }: EventFunnelAnswer): string[] {
  if (given === undefined) return [];
  const rows = given.groups.map((group) => [
    group.other ? '(all others)' : group.key === null ? '(none)' : plain(String(group.key)),
    ...group.steps.map((step) => count(step.count)),
    rate(group.steps.at(-1)?.cumulativeRate),
  ]);
  return [
    '',
    ...tableLines([start(plain(given.field)), ...steps.map((step) => end(plain(step.label))), end('Of all')], rows),
  ];
}

const WITH = { success: 'with success', failure: 'with failure', none: '' } as const;

function correlation({ correlation: given }: EventFunnelAnswer): string[] {
  if (given === undefined) return [];
  const rows = given.rows.map((row) => [
    row.key === null ? '(none)' : plain(String(row.key)),
    count(row.converted),
    count(row.dropped),
    number(Number(row.odds.toFixed(2))),
    WITH[row.direction],
  ]);
  const what = given.field === undefined ? 'Event' : plain(given.field);
  return [
    '',
    `Of ${count(given.converted)} who converted and ${count(given.dropped)} who dropped, those with`,
    ...tableLines([start(what), end('Converted'), end('Dropped'), end('Odds'), start('Goes')], rows),
  ];
}
