import type { FunnelAnswer } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Formats } from '../internal/format.ts';
import { periodsAt } from '../internal/periods.ts';
import { filled, type Option, pickTemplate } from '../internal/pick.ts';
import type { FunnelWords } from '../locale/index.ts';
import { comparedWith } from './summary.ts';

/** What can be chosen; each is an attribute of the element. */
export type Choice = 'view' | 'period' | 'compare' | 'segment';

export interface Controls {
  answer: FunnelAnswer;
  asOf: string | undefined;
  things: string;
  f: Formats;
  t: FunnelWords;
  /** What the attributes say now; absent where they say nothing. */
  chosen: Readonly<Record<Choice, string | null | undefined>>;
  /** Absent when nothing can be chosen: then the sentence is plain words. */
  onChoose: ((choice: Choice, value: string) => void) | undefined;
}

/** The question as a sentence, with a picker for each thing that can be chosen. */
export function controlsTemplate(controls: Controls): TemplateResult | typeof nothing {
  const { answer, asOf, things, f, t, chosen, onChoose } = controls;
  const { view } = answer;
  const cohort = view === 'cohort';
  const pick = (choice: Choice, label: string, text: string, options: readonly Option[]): TemplateResult =>
    pickTemplate(label, text, chosen[choice] ?? '', options, onChoose && ((value) => onChoose(choice, value)));
  const period = answer.period === undefined ? t.anyTime : f.period(answer.period);
  const against = comparedWith(answer, f);
  const slots: Record<string, () => TemplateResult | string> = {
    view: () =>
      pick(
        'view',
        t.viewLabel,
        t.views[view],
        (['cohort', 'activity', 'snapshot'] as const).map((value) => ({ value, text: t.views[value] })),
      ),
    things: () => things,
    asOf: () => html`<b>${f.date(asOf)}</b>`,
    period: () => pick('period', t.periodLabel, period, periodsAt(asOf, f, t)),
    window: () => html`<b>${f.span({ value: answer.windowMs ?? 0 })}</b>`,
    compare: () =>
      pick(
        'compare',
        t.compareLabel,
        against === '' ? t.noComparison : answer.compare?.period === undefined ? against : t.sameAge(against),
        [
          { value: '', text: t.noComparison },
          { value: 'previous', text: t.previous },
          { value: 'previous-year', text: t.previousYear },
        ],
      ),
    segment: () =>
      pick('segment', t.segmentLabel, answer.segment?.label ?? t.allSegments, [
        { value: '', text: t.allSegments },
        ...(answer.segments ?? []).map(({ id, label }) => ({ value: id, text: label })),
      ]),
  };
  const segmented = answer.segment !== undefined || ((answer.segments?.length ?? 0) > 0 && onChoose !== undefined);
  const supplied = asOf === undefined && answer.period === undefined && onChoose === undefined;
  const sentence = [
    supplied ? '' : t.sentences[view],
    cohort && answer.windowMs !== undefined ? t.followed : '',
    cohort && (against !== '' || (onChoose !== undefined && answer.period !== undefined)) ? t.compared : '',
    segmented ? t.within : '',
  ].join('');
  return sentence === '' ? nothing : html`<p class="controls">${filled(sentence, slots)}</p>`;
}
