import type { AttributionAnswer } from '@sama/metrics/contracts';
import { count, fixed, money, percent, rate } from './numbers.ts';
import { sentenceOf, within } from './period.ts';
import { plain, tableLines, type Column } from './table.ts';

const end = (head: string): Column => ({ head, align: 'end' });
const start = (head: string): Column => ({ head, align: 'start' });
const MODELS: Readonly<Record<string, string>> = {
  first: 'first touch',
  last: 'last touch',
  lastNonDirect: 'last non-direct touch',
  positionBased: 'position based',
  uShaped: 'U-shaped',
  wShaped: 'W-shaped',
  fullPath: 'full path',
  timeDecay: 'time decay',
};
const EXCLUDED = {
  'after-conversion': 'after the conversion',
  'before-lookback': 'before the look-back',
  duplicate: 'twice',
  unnamed: 'without a name',
} as const;

const modelText = (model: string): string => MODELS[model] ?? model;
const nameText = (key: string | null): string => (key === null ? '(not said)' : plain(key));
const credit = (value: number): string => fixed(value, 2);

/** Credit as lines of text: who gets how much by the agreed model, and by each of the others. */
export function attributionLines(answer: AttributionAnswer): string[] {
  const { rows, others, unattributed, choices } = answer;
  const own = modelText(choices.model.model);
  const parts = [`conversions to ${plain(answer.source.conversion)} ${within(answer.period)}`, `model ${own}`];
  if (answer.segment !== undefined) parts.push(`segment ${plain(answer.segment.label)}`);
  const lines = [
    plain(answer.label),
    sentenceOf(parts),
    'Credit is a convention of the model, not proof of cause.',
    '',
  ];
  const spread = new Map(answer.spread.map((one) => [one.key, one]));
  const table = rows.map((row) => {
    const wide = others.length === 0 ? undefined : spread.get(row.key);
    return [
      nameText(row.key),
      credit(row.conversions),
      money(row.amount),
      row.removalEffect === undefined ? '' : percent(row.removalEffect),
      ...others.map((other) => credit(other.rows.find(({ key }) => key === row.key)?.conversions ?? 0)),
      wide === undefined ? '' : `${credit(wide.low)} to ${credit(wide.high)}`,
    ];
  });
  table.push(['Nobody', count(unattributed.conversions), money(unattributed.amount), '', ...others.map(() => ''), '']);
  table.push(['All', count(answer.conversions), money(answer.amount), '', ...others.map(() => ''), '']);
  lines.push(
    ...tableLines(
      [
        start(answer.by.charAt(0).toUpperCase() + answer.by.slice(1)),
        end('Conversions'),
        end('Amount'),
        end('Lost without it'),
        ...others.map(({ model }) => end(`by ${modelText(model.model)}`)),
        end('Models say'),
      ],
      table,
    ),
  );
  const { both, marketingOnly, salesOnly, neither, share } = answer.sharedJourneys;
  lines.push(
    '',
    `Journeys: both teams ${count(both)} (${rate(share)}), marketing alone ${count(marketingOnly)}, sales alone ${count(salesOnly)}, neither ${count(neither)}`,
  );
  const left = answer.excluded.filter(({ touches }) => touches > 0);
  if (left.length > 0)
    lines.push(`Touches left out: ${left.map((one) => `${count(one.touches)} ${EXCLUDED[one.reason]}`).join(', ')}`);
  return lines;
}
