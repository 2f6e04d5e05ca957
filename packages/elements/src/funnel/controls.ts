import type { FunnelAnswer } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Formats } from '../internal/format.ts';
import { chevronIcon } from '../internal/icons.ts';
import type { FunnelWords } from '../locale/index.ts';
import { comparedWith } from './summary.ts';

/** What can be chosen; each is an attribute of the element. */
export type Choice = 'view' | 'period' | 'compare' | 'segment';

interface Option {
  value: string;
  text: string;
}

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
  const pick = (choice: Choice, label: string, text: string, options: readonly Option[]): TemplateResult => {
    const value = chosen[choice] ?? '';
    if (onChoose === undefined || options.length < 2) return html`<b>${text}</b>`;
    const offered = options.some((option) => option.value === value) ? options : [{ value, text }, ...options];
    return html`<span class="pick"
      ><span aria-hidden="true">${text}</span>${chevronIcon()}<select
        aria-label=${label}
        @change=${(event: Event) => event.target instanceof HTMLSelectElement && onChoose(choice, event.target.value)}
      >
        ${offered.map((option) => html`<option value=${option.value} ?selected=${option.value === value}>${option.text}</option>`)}
      </select></span
    >`;
  };
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
    period: () => pick('period', t.periodLabel, period, periods(asOf, f, t)),
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

/** A sentence with its `{slots}` filled. */
function filled(sentence: string, slots: Record<string, () => TemplateResult | string>): (TemplateResult | string)[] {
  return sentence.split(/\{(\w+)\}/).map((part, i) => (i % 2 === 0 ? part : (slots[part]?.() ?? part)));
}

/** The quarter of the answer's date and the four before, this year and the last, and running spans. */
function periods(asOf: string | undefined, f: Formats, t: FunnelWords): Option[] {
  const at = Date.parse(asOf ?? '');
  if (Number.isNaN(at)) return [];
  const today = new Date(at);
  const year = today.getUTCFullYear();
  const quarter = Math.floor(today.getUTCMonth() / 3);
  const quarters = Array.from({ length: 5 }, (_, back) => {
    const index = year * 4 + quarter - back;
    return `${Math.floor(index / 4)}-Q${(index % 4) + 1}`;
  });
  const texts = [...quarters, String(year), String(year - 1), 'last-90-days', 'last-365-days'];
  return [...texts.map((text) => ({ value: text, text: f.period({ text }) })), { value: '', text: t.anyTime }];
}
