import type { FunnelAnswer, FunnelStage } from '@sama/metrics/contracts';
import { change, count, duration, interval, moment, money, rate, share, span } from './numbers.ts';
import { sentenceOf, within } from './period.ts';
import { plain, tableLines, type Column } from './table.ts';

const PEOPLE = { person: 'People', account: 'Accounts', opportunity: 'Opportunities' } as const;

const OUTCOMES = [
  ['advanced', 'Advanced'],
  ['open', 'Open'],
  ['recycled', 'Recycled'],
  ['lost', 'Lost'],
  ['disqualified', 'Disqualified'],
] as const;

/** A funnel as lines of text: a sentence that says what is counted, and one row for each stage. */
export function funnelLines(answer: FunnelAnswer): string[] {
  const lines = [plain(answer.label), sentence(answer), ''];
  lines.push(
    ...tableLines(
      columnsOf(answer),
      answer.stages.map((stage) => rowOf(stage, answer)),
    ),
  );
  lines.push(...outcomeLines(answer));
  const { handoff } = answer;
  if (handoff !== undefined) {
    const label = (key: string): string => plain(answer.stages.find((stage) => stage.key === key)?.label ?? key);
    const parts = [
      `${rate(handoff.inTime)} decided within ${duration(handoff.withinMs)}`,
      `median ${span(handoff.median)}`,
    ];
    lines.push('', `Hand-off ${label(handoff.from)} to ${label(handoff.to)}: ${parts.join(', ')}`);
  }
  const side = answer.side.filter((one) => one.count > 0);
  if (side.length > 0)
    lines.push('', `Off the line: ${side.map((one) => `${plain(one.label)} ${count(one.count)}`).join(', ')}`);
  return lines;
}

function columnsOf(answer: FunnelAnswer): Column[] {
  const cohort = answer.view === 'cohort';
  const end = (head: string): Column => ({ head, align: 'end' });
  return [
    { head: 'Stage', align: 'start' },
    end(countHead(answer)),
    end('Before'),
    end('Value'),
    end('Inferred'),
    end('Step rate'),
    end('95 % interval'),
    { head: 'Change', align: 'start' },
    end(cohort ? 'Of all' : answer.view === 'snapshot' ? 'Share' : 'Of stage before'),
    end(answer.view === 'snapshot' ? 'Median age' : 'Median time'),
    end('Expected'),
  ];
}

/** What became of those who reached each stage; the columns add up to its count. */
function outcomeLines(answer: FunnelAnswer): string[] {
  const rows = answer.stages.flatMap(({ label, outcomes }) =>
    outcomes === undefined
      ? []
      : [
          [
            plain(label),
            ...OUTCOMES.map(([key]) => count(outcomes[key])),
            outcomes.overdue > 0 ? count(outcomes.overdue) : '',
          ],
        ],
  );
  if (rows.length === 0) return [];
  const heads = [...OUTCOMES.map(([, head]) => head), 'of open overdue'];
  return [
    '',
    ...tableLines(
      [{ head: 'Outcome', align: 'start' }, ...heads.map((head): Column => ({ head, align: 'end' }))],
      rows,
    ),
  ];
}

function countHead(answer: FunnelAnswer): string {
  if (answer.view === 'activity' || answer.unit !== 'entity') return answer.unit === 'cycle' ? 'Cycles' : 'Entries';
  return PEOPLE[answer.grain ?? 'person'];
}

function rowOf(stage: FunnelStage, answer: FunnelAnswer): string[] {
  const label = plain(stage.label);
  if (stage.missing !== undefined) return [label, '–'];
  const { estimate, before } = stage;
  const some = (value: number | undefined): string => (value === undefined ? '' : count(value));
  return [
    label,
    count(stage.count),
    some(before?.count),
    money(stage.value),
    stage.imputed > 0 ? count(stage.imputed) : '',
    rate(stage.stepRate),
    interval(stage.stepRate),
    change(before?.change),
    answer.view === 'cohort' ? rate(stage.cumulativeRate) : share(stage.share),
    span(stage.time?.median),
    estimate === undefined ? '' : `${share(estimate)} by day ${count(estimate.byDay)}`,
  ];
}

/** What is counted, in the words of the question. */
function sentence(answer: FunnelAnswer): string {
  const anchor = plain(answer.stages.find((stage) => stage.key === answer.anchor)?.label ?? answer.anchor);
  const parts: string[] = [];
  if (answer.view === 'snapshot') parts.push('where each stands now');
  else if (answer.view === 'activity') parts.push(`entries ${within(answer.period)}`);
  else {
    const follow = answer.windowMs === undefined ? 'followed without end' : `followed for ${duration(answer.windowMs)}`;
    parts.push(`those who entered ${anchor} ${within(answer.period)}, ${follow}`);
  }
  if (answer.segment !== undefined) parts.push(`segment ${plain(answer.segment.label)}`);
  if (answer.view === 'cohort') parts.push(`skip policy ${answer.skipPolicy}, entry policy ${answer.entryPolicy}`);
  const { compare } = answer;
  if (compare?.period !== undefined) {
    const then = moment(compare.asOf, answer.timeZone).slice(0, 10);
    parts.push(`compared with ${plain(compare.period.text)} as it stood on ${then}`);
  }
  if (compare?.segment !== undefined) parts.push(`compared with segment ${plain(compare.segment.label)}`);
  return sentenceOf(parts);
}
