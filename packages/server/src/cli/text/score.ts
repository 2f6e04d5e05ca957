import type { ScoreAnswer } from '@sama/metrics/contracts';
import { count, fixed, percent } from './numbers.ts';
import { sentenceOf } from './period.ts';
import { plain, tableLines, type Column } from './table.ts';

const end = (head: string): Column => ({ head, align: 'end' });
const start = (head: string): Column => ({ head, align: 'start' });

/** Most of the lines that an explanation prints of each axis; the rest is in the JSON. */
const MOST_REASONS = 4;

/** Ratings as lines of text: how many of each, then the leads with what their scores are made of. */
export function scoreLines(answer: ScoreAnswer): string[] {
  const parts = [`${count(answer.rated)} ${answer.grain === 'person' ? 'people' : 'accounts'} rated`];
  if (answer.segment !== undefined) parts.push(`segment ${plain(answer.segment.label)}`);
  if (answer.coverage !== null) parts.push(`fit known by ${percent(answer.coverage)}`);
  const cells = answer.cells.filter((cell) => cell.count > 0);
  const lines = [plain(answer.label), sentenceOf(parts), ''];
  lines.push(
    ...tableLines(
      [start('Rating'), end('Count'), start('Action')],
      cells.map(({ rating, count: n, action }) => [rating, count(n), plain(action)]),
    ),
  );
  const leads = answer.leads ?? [];
  if (leads.length > 0) {
    const more = answer.matching > leads.length ? ` (${count(leads.length)} of ${count(answer.matching)})` : '';
    lines.push('', `Leads${more}`);
    lines.push(
      ...tableLines(
        [start('Id'), start('Rating'), end('Fit'), end('Engagement'), end('Known'), start('Because of')],
        leads.map((lead) => [
          plain(lead.id),
          lead.rating,
          fixed(lead.fit.score, 1),
          fixed(lead.engagement.score, 1),
          percent(lead.fit.coverage),
          reasons(lead),
        ]),
      ),
    );
    for (const { id, changes = [] } of leads) {
      if (changes.length === 0) continue;
      lines.push(
        '',
        `What alone would change the rating of ${plain(id)}`,
        ...changes.map((one) => `  ${changeText(one)}`),
      );
    }
  }
  return lines;
}

type Lead = NonNullable<ScoreAnswer['leads']>[number];

/** The strongest reasons of both axes, with their points. */
function reasons({ fit, engagement }: Lead): string {
  const all = [...fit.contributions, ...engagement.contributions].toSorted(
    (a, b) => Math.abs(b.points) - Math.abs(a.points),
  );
  const shown = all
    .slice(0, MOST_REASONS)
    .map(
      ({ label, points }) => `${plain(label)} ${points > 0 ? '+' : points < 0 ? '−' : ''}${fixed(Math.abs(points), 1)}`,
    );
  return [...shown, ...(all.length > MOST_REASONS ? [`and ${all.length - MOST_REASONS} more`] : [])].join(', ');
}

function changeText(change: NonNullable<Lead['changes']>[number]): string {
  switch (change.kind) {
    case 'signal':
      return `${change.rating}: ${count(change.times)} more ${plain(change.label)}`;
    case 'criterion':
      return `${change.rating}: ${plain(change.label)}${change.unknown ? ', which is not known yet' : ''}`;
    case 'time':
      return `${change.rating}: ${count(change.days)} days without a new activity`;
  }
}
