import type { Envelope, FunnelAnswer, FunnelEnvelope, FunnelStage } from '@sama/metrics/contracts';
import type { Formats } from '../internal/format.ts';
import { rateText } from '../internal/rates.ts';
import type { FunnelWords } from '../locale/index.ts';
import { type Chart, clearChange } from './model.ts';

/** A sentence with its weighty part marked. */
export type Finding = readonly { text: string; strong?: boolean }[];

/** The name of what is compared with: a period, or a segment. */
export function comparedWith(answer: FunnelAnswer, f: Formats): string {
  const { compare } = answer;
  return compare?.segment?.label ?? (compare?.period === undefined ? '' : f.period(compare.period));
}

/** What the funnel says, in a sentence or two: how far people came, and the clearest change. */
export function findingOf(envelope: FunnelEnvelope, chart: Chart, f: Formats, t: FunnelWords): Finding {
  const { answer, things } = chart;
  const known = answer.stages.filter((stage) => stage.missing === undefined);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const gaps = answer.stages.filter((stage) => stage.missing !== undefined).map((stage) => stage.label);
  const gap = gaps.length === 0 ? [] : [{ text: `${t.unknownStages(gaps.join(t.comma))} ` }];
  if (answer.view !== 'cohort') return [...gap, ...flowOrStock(answer, first, last, f, t)];
  const soFar = envelope.flags.includes('immature');
  const rate = last === first ? null : rateText(last.cumulativeRate, f, t);
  const reached = t.reached(f.count(last.count), f.count(first.count), things, last.label, soFar);
  const share = rate === null ? t.stop : rate.muted ? `${t.stop} ${t.tooFew}` : t.comma + rate.text + t.stop;
  return [...gap, { text: `${reached}${share} ` }, ...changes(answer, f, t)];
}

function changes(answer: FunnelAnswer, f: Formats, t: FunnelWords): Finding {
  const against = comparedWith(answer, f);
  if (against === '') return [];
  const clear = answer.stages
    .map((stage, i) => ({ from: answer.stages[i - 1]?.label ?? '', to: stage.label, change: clearChange(stage) }))
    .sort((a, b) => Math.abs(b.change?.difference ?? 0) - Math.abs(a.change?.difference ?? 0))[0];
  if (clear === undefined || clear.change === null) {
    return answer.stages.some((stage) => stage.before?.change !== undefined) ? [{ text: t.unchanged(against) }] : [];
  }
  const { difference, low, high, up } = clear.change;
  return [
    { text: t.changed(clear.from, clear.to, up, f.hundredths(Math.abs(difference), 1)), strong: true },
    { text: t.clearly(against, f.hundredths(low, 1), f.hundredths(high, 1)) },
  ];
}

function flowOrStock(answer: FunnelAnswer, first: FunnelStage, last: FunnelStage, f: Formats, t: FunnelWords): Finding {
  if (answer.view === 'activity') {
    return [{ text: [first, last].map(({ count, label }) => t.entered(f.count(count), label)).join(t.comma) + t.stop }];
  }
  const total = answer.stages.reduce((sum, stage) => sum + stage.count, 0);
  const most = answer.stages.toSorted((a, b) => b.count - a.count)[0] ?? first;
  return [
    { text: t.standing(f.count(total), t.counted[answer.grain ?? 'none']) },
    { text: ` ${t.most(f.count(most.count), most.label)}` },
  ];
}

/** What is counted, of whom and when: the first sentence of the summary, and the caption of the table. */
export function headOf(
  envelope: FunnelEnvelope,
  { answer, things }: Chart,
  title: string,
  f: Formats,
  t: FunnelWords,
): string {
  return t.summaryHead(
    title,
    t.views[answer.view],
    things,
    answer.period === undefined || answer.view === 'snapshot' ? '' : f.period(answer.period),
    answer.segment?.label ?? '',
    `${f.count(answer.stages[0]?.count ?? 0)} ${things}`,
    f.date(envelope.asOf),
  );
}

/** The whole chart as one paragraph, for those who hear it. */
export function summaryOf(
  { answer, rows }: Chart,
  head: string,
  finding: Finding,
  inferred: string,
  f: Formats,
  t: FunnelWords,
): string {
  const found = finding
    .map(({ text }) => text)
    .join('')
    .trim();
  const steps = rows.slice(1).map(({ stage, said }) => `${stage.label}: ${said}${t.stop}`);
  const open = rows
    .slice(0, -1)
    .flatMap(({ stage: { outcomes, label } }) => (outcomes?.open ? [t.stillOpen(f.count(outcomes.open), label)] : []));
  const loss = (stage: FunnelStage): number =>
    stage.count - (stage.outcomes?.advanced ?? stage.count) - (stage.outcomes?.open ?? 0);
  const worst = answer.stages.slice(0, -1).toSorted((a, b) => loss(b) - loss(a))[0];
  const most = worst !== undefined && loss(worst) > 0 ? [t.largestLoss(worst.label)] : [];
  return [head, found, ...steps, ...open, ...most, ...(inferred === '' ? [] : [inferred + t.stop]), t.chartHelp].join(
    ' ',
  );
}

/** `212 entries inferred (1.2%)`; empty when none is. */
export function inferredOf({ stages }: FunnelAnswer, f: Formats, t: FunnelWords): string {
  const inferred = stages.reduce((sum, stage) => sum + stage.imputed, 0);
  const all = stages.reduce((sum, stage) => sum + stage.count, 0);
  return inferred === 0
    ? ''
    : t.inferred(
        inferred,
        f.count(inferred),
        all < 10 ? t.of(f.count(inferred), f.count(all)) : f.percent(inferred / all, 1),
      );
}

/** Why there is nothing to show. */
export function emptyText(empty: Envelope, data: FunnelAnswer | undefined, f: Formats, t: FunnelWords): string {
  if (empty.code !== 'nothing-matches')
    return (empty.flags.includes('as-supplied') ? t.noStages : t.errors['no-data-yet']) ?? '';
  const chosen = [data?.segment?.label, data?.period === undefined ? undefined : f.period(data.period)];
  return t.nothingMatches(chosen.filter((part) => part !== undefined).join(t.comma));
}
