import type { KpiAnswer } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Formats } from '../internal/format.ts';
import { harmless } from '../internal/harmless.ts';
import { periodsAt } from '../internal/periods.ts';
import { filled, type Option, pickTemplate } from '../internal/pick.ts';
import type { ScorecardWords } from '../locale/index.ts';

/** What can be chosen; each is an attribute of the element. */
export type Choice = 'period' | 'compare' | 'segment' | 'section';

export interface Controls {
  answer: KpiAnswer;
  asOf: string | undefined;
  f: Formats;
  t: ScorecardWords;
  chosen: Readonly<Record<Choice, string | null | undefined>>;
  /** The views of the answer, and the words for the one that is shown. */
  sections: readonly Option[];
  section: string;
  onChoose: (choice: Choice, value: string) => void;
  /** Whether another question would be answered. */
  canAsk: boolean;
}

/** The question as a sentence, with a picker for each thing that can be chosen. */
export function controlsTemplate(controls: Controls): TemplateResult | typeof nothing {
  const { answer, asOf, f, t, chosen, sections, section, onChoose, canAsk } = controls;
  const pick = (
    choice: Choice,
    label: string,
    text: string,
    options: readonly Option[],
    can: boolean,
  ): TemplateResult =>
    pickTemplate(label, text, chosen[choice] ?? '', options, can ? (value) => onChoose(choice, value) : undefined);
  const { period, compare, segment, segments = [] } = answer;
  const against =
    compare?.segment !== undefined
      ? harmless(compare.segment.label)
      : compare?.period === undefined
        ? ''
        : t.sameAge(f.period(compare.period));
  const slots = {
    period: () =>
      pick('period', t.periodLabel, period === undefined ? t.anyTime : f.period(period), periodsAt(asOf, f, t), canAsk),
    compare: () => {
      const offered = [
        { value: '', text: t.noComparison },
        { value: 'previous', text: t.previous },
        { value: 'previous-year', text: t.previousYear },
      ];
      return pick('compare', t.compareLabel, against === '' ? t.noComparison : against, offered, canAsk);
    },
    segment: () => {
      const offered = segments.map(({ id, label }) => ({ value: id, text: harmless(label) }));
      const all = { value: '', text: t.allSegments };
      return pick(
        'segment',
        t.segmentLabel,
        segment === undefined ? all.text : harmless(segment.label),
        [all, ...offered],
        canAsk,
      );
    },
    section: () => pick('section', t.sectionLabel, section, sections, true),
  };
  const sentence = [
    period !== undefined || canAsk ? t.scoreSentence : '',
    against !== '' || (canAsk && period !== undefined) ? t.scoreCompared : '',
    segment !== undefined || (canAsk && segments.length > 0) ? t.scoreWithin : '',
    sections.length > 1 ? t.scoreSection : '',
  ]
    .join('')
    .replace(/^[, ]+/, '');
  return sentence === '' ? nothing : html`<p class="controls">${filled(sentence, slots)}</p>`;
}
