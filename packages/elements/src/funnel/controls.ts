import type { FunnelAnswer } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Formats } from '../internal/format.ts';
import { periodsAt } from '../internal/periods.ts';
import { filled, type Option, pickTemplate } from '../internal/pick.ts';
import type { FunnelWords } from '../locale/index.ts';
import { harmless } from '../internal/harmless.ts';
import { comparedWith } from './summary.ts';

/** What can be chosen; each is an attribute of the element. */
export type Choice = (typeof CHOICES)[number];
export const CHOICES = [
  'view',
  'anchor',
  'period',
  'window',
  'compare',
  'segment',
  'measure',
  'entryPolicy',
  'skipPolicy',
] as const;
/** Windows to choose from; a page may set any other. */
const WINDOWS = [30, 60, 90, 120, 180, 365];
const DAY = 86_400_000;

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

/** How long each is followed, in words. */
export const windowText = ({ windowMs }: FunnelAnswer, f: Formats, t: FunnelWords): string =>
  windowMs === undefined ? t.noWindow : f.span({ value: windowMs });

/** The windows to choose from. */
export const windowsIn = (f: Formats, t: FunnelWords): Option[] => [
  ...WINDOWS.map((days) => ({ value: `${days}d`, text: f.span({ value: days * DAY }) })),
  { value: 'none', text: t.noWindow },
];

/** The question as a sentence, with a picker for each thing that can be chosen. */
export function controlsTemplate(controls: Controls): TemplateResult | typeof nothing {
  const { answer, asOf, things, f, t, chosen, onChoose } = controls;
  const { view } = answer;
  const cohort = view === 'cohort';
  const pick = (choice: Choice, label: string, text: string, options: readonly Option[], now = chosen[choice] ?? '') =>
    pickTemplate(label, text, now, options, onChoose && ((value) => onChoose(choice, value)));
  /** One of a few, by their words. */
  const oneOf = (choice: Choice, label: string, now: string, words: Readonly<Record<string, string>>) =>
    pick(
      choice,
      label,
      words[now] ?? now,
      Object.entries(words).map(([value, text]) => ({ value, text })),
      now,
    );
  const period = answer.period === undefined ? t.anyTime : f.period(answer.period);
  const against = comparedWith(answer, f);
  const slots: Record<string, () => TemplateResult | string> = {
    view: () => oneOf('view', t.viewLabel, view, t.views),
    things: () =>
      pick(
        'anchor',
        t.anchorLabel,
        things,
        (answer.anchors ?? []).map(({ key, label }) => ({ value: key, text: t.plural(harmless(label)) })),
        answer.anchor,
      ),
    asOf: () => html`<b>${f.date(asOf)}</b>`,
    period: () => pick('period', t.periodLabel, period, periodsAt(asOf, f, t)),
    window: () =>
      pick('window', t.windowLabel, windowText(answer, f, t), [{ value: '', text: t.asDefined }, ...windowsIn(f, t)]),
    measure: () => oneOf('measure', t.measureLabel, answer.measure, t.measures),
    entry: () => oneOf('entryPolicy', t.entryLabel, answer.entryPolicy, t.entries),
    skip: () => oneOf('skipPolicy', t.skipLabel, answer.skipPolicy, t.skips),
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
    cohort && (answer.windowMs !== undefined || onChoose !== undefined) ? t.followed : '',
    cohort && (against !== '' || (onChoose !== undefined && answer.period !== undefined)) ? t.compared : '',
    segmented ? t.within : '',
    cohort && (onChoose !== undefined || answer.entryPolicy !== 'first' || answer.skipPolicy !== 'impute')
      ? t.under
      : '',
  ].join('');
  return sentence === '' ? nothing : html`<p class="controls">${filled(sentence, slots)}</p>`;
}
