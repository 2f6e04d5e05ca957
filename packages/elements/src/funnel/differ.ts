import type {
  DifferenceAnswer,
  DifferenceItem,
  DifferenceQuestion,
  FunnelAnswer,
  FunnelQuestion,
} from '@sama/metrics/contracts';
import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { DataTable } from '../internal/data-table.ts';
import type { Formats } from '../internal/format.ts';
import { harmless } from '../internal/harmless.ts';
import { periodsAt } from '../internal/periods.ts';
import { type Option, pickTemplate } from '../internal/pick.ts';
import { wear } from '../internal/sheets.ts';
import type { BehindWords } from '../locale/en/funnel-detail.ts';
import type { DetailWords } from './detail-words.ts';
import { differStyles } from './differ.styles.ts';
import { windowsIn, windowText } from './controls.ts';
import type { Differ, Otherwise } from './opened.ts';
import { windowOf } from './question.ts';

/** Which number is compared, and with what. */
export interface Wanted {
  question: FunnelQuestion;
  answer: FunnelAnswer;
  asOf: string | undefined;
  stage: string;
  differ: Differ;
}

/** What the comparison of two numbers is drawn from. */
export interface Compared extends Pick<Wanted, 'answer' | 'asOf' | 'differ'> {
  f: Formats;
  t: DetailWords;
  b: BehindWords;
  /** Of the definition of what is shown. */
  version: string | undefined;
  choose: (differ: Differ) => void;
  /** Hands out a table. */
  copy: (table: DataTable) => void;
}

/** How many of those who come and who go are named at each reason. */
const NAMED = 20;

/** In place of a segment: none. */
const EVERYBODY = '*';

const VIEWS = ['cohort', 'activity', 'snapshot'] as const;
const SKIPS = ['impute', 'strict', 'open'] as const;
const ENTRIES = ['first', 'every', 'last'] as const;

/** Why the number of a stage is not another: what the other is counted by, or what somebody says it is. */
export function differenceOf({ question, answer, asOf, stage, differ }: Wanted): DifferenceQuestion {
  const { kind: _, v: __, compare: ___, measure: ____, details: _____, currency, ...a } = question;
  const view = VIEWS.find((one) => one === (differ.view ?? answer.view)) ?? 'cohort';
  const { anchor, skipPolicy, entryPolicy, window, period, segment, timeZone, ...who } = a;
  const others = {
    anchor: differ.anchor ?? anchor,
    // Policies and windows are those of a cohort.
    skipPolicy: SKIPS.find((one) => one === differ.skipPolicy) ?? (view === 'cohort' ? skipPolicy : undefined),
    entryPolicy: ENTRIES.find((one) => one === differ.entryPolicy) ?? (view === 'cohort' ? entryPolicy : undefined),
    window: view !== 'cohort' ? undefined : differ.window === undefined ? window : windowOf(differ.window),
    segment: differ.segment === EVERYBODY ? undefined : (differ.segment ?? segment),
    timeZone: differ.timeZone ?? timeZone,
    // What stands somewhere has not entered in a time.
    period: differ.period ?? (view === 'snapshot' ? undefined : period),
    reported: differ.reported === undefined ? undefined : Number(differ.reported),
  };
  const [name = ''] = a.funnel.split('@');
  return {
    kind: 'difference',
    ...(asOf === undefined ? {} : { asOf }),
    a: { ...a, stage },
    b: {
      ...who,
      ...Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)),
      view,
      funnel: differ.version === undefined ? a.funnel : `${name}@${differ.version}`,
      stage,
    },
    of: answer.measure,
    ...(currency && answer.measure === 'value' ? { currency } : {}),
    records: NAMED,
  };
}

/** Whether an answer is a difference that can be drawn. */
export const isDifference = ({ a, b, items, difference, unexplained }: DifferenceAnswer): boolean =>
  [a?.value, b?.value, difference, unexplained].every(Number.isFinite) &&
  Array.isArray(items) &&
  items.every(({ causes, from, to, amount }) => Number.isFinite(amount) && [causes, from, to].every(Array.isArray));

/** Pickers of what the other number is counted by, and the reasons found, the sum of which is the difference. */
export function differTemplate(compared: Compared, found: DifferenceAnswer | string | undefined): TemplateResult {
  const { answer, asOf, f, t, b, differ, choose } = compared;
  const period = answer.period === undefined ? t.anyTime : f.period(answer.period);
  const pick = (by: Otherwise, label: string, shown: string, now: string, options: readonly Option[]) => {
    const others = options.filter(({ value }) => value !== now && value !== '');
    const chosen = others.find(({ value }) => value === differ[by]);
    return html`<label
      >${label}
      ${pickTemplate(
        label,
        chosen?.text ?? differ[by] ?? b.asHere(shown),
        differ[by] ?? '',
        [{ value: '', text: b.asHere(shown) }, ...others],
        (value) => choose(without(differ, by, value)),
      )}</label
    >`;
  };
  const oneOf = (by: Otherwise, label: string, now: string, words: Readonly<Record<string, string>>) =>
    pick(
      by,
      label,
      words[now] ?? now,
      now,
      Object.entries(words).map(([value, text]) => ({ value, text })),
    );
  const type = (by: 'timeZone' | 'version' | 'reported', label: string, kind: string, now?: string): TemplateResult =>
    html`<label
      >${label}
      <input
        type=${kind}
        step="any"
        placeholder=${now === undefined ? nothing : b.asHere(now)}
        pattern=${by === 'version' ? '\\d+\\.\\d+\\.\\d+' : nothing}
        .value=${String(differ[by] ?? '')}
        @change=${({ target }: Event) => {
          if (!(target instanceof HTMLInputElement)) return;
          const { value } = target;
          target.setCustomValidity(by === 'timeZone' && value !== '' && !isZone(value) ? value : '');
          if (target.validity.valid) choose(without(differ, by, value));
        }}
    /></label>`;
  return html`<h4 tabindex="-1">${b.whyDiffers}</h4>
    <div class="differ">
      <p class="otherwise">
        ${oneOf('view', t.viewLabel, answer.view, t.views)}
        ${pick(
          'anchor',
          t.anchorLabel,
          harmless((answer.anchors ?? answer.stages).find(({ key }) => key === answer.anchor)?.label ?? answer.anchor),
          answer.anchor,
          (answer.anchors ?? []).map(({ key, label }) => ({ value: key, text: harmless(label) })),
        )}
        ${oneOf('skipPolicy', t.skipLabel, answer.skipPolicy, t.skips)}
        ${oneOf('entryPolicy', t.entryLabel, answer.entryPolicy, t.entries)}
        ${pick('period', t.periodLabel, period, answer.period?.text ?? '', periodsAt(asOf, f, t))}
        ${answer.view === 'cohort' ? pick('window', t.windowLabel, windowText(answer, f, t), '', windowsIn(f, t)) : nothing}
        ${pick('segment', t.segmentLabel, answer.segment?.label ?? b.everybody, answer.segment?.id ?? EVERYBODY, [
          { value: EVERYBODY, text: b.everybody },
          ...(answer.segments ?? []).map(({ id, label }) => ({ value: id, text: harmless(label) })),
        ])}
        ${type('timeZone', b.causes['time-zone'], 'text', answer.timeZone)}
        ${type('version', b.version, 'text', compared.version)} ${type('reported', b.myNumber, 'number')}
      </p>
      ${
        found === undefined
          ? html`<p class="found">${b.chooseOther}</p>`
          : typeof found === 'string'
            ? html`<p class="found" role="status">${found}</p>`
            : foundTemplate(compared, found)
      }
    </div>`;
}

/** Whether a time zone is known here. */
function isZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
  } catch {
    return false;
  }
}

/** A choice changed, or taken back by an empty text. */
function without(differ: Differ, by: Otherwise, value: string): Differ {
  const { [by]: _, ...rest } = differ;
  return value === '' ? rest : { ...rest, [by]: value };
}

/** A line of the way from one number to the other, and from where to where its bar goes. */
interface Step {
  text: string;
  how: string;
  amount: number;
  from: number;
  to: number;
  whole?: boolean;
  item?: DifferenceItem;
}

function stepsOf(compared: Compared, found: DifferenceAnswer): Step[] {
  const { b } = compared;
  const { a, items, unexplained } = found;
  let at = a.value;
  const step = (text: string, how: string, amount: number, item?: DifferenceItem): Step => {
    const from = at;
    at += amount;
    return { text, how, amount, from, to: at, ...(item && { item }) };
  };
  const causes: Readonly<Record<string, string>> = b.causes;
  return [
    { text: b.shownHere, how: '', amount: a.value, from: 0, to: a.value, whole: true },
    ...items.map((item) =>
      step(
        item.causes.map((cause) => causes[cause] ?? cause).join(' + '),
        item.causes
          .map((cause, i) => {
            const said = (text: string | null | undefined): string => settingText(cause, text, compared);
            return b.fromTo(said(item.from[i]), said(item.to[i]));
          })
          .join(', '),
        item.amount,
        item,
      ),
    ),
    ...(unexplained === 0 ? [] : [step(b.causes.unexplained, b.noSetting, unexplained)]),
    { text: b.other, how: '', amount: found.b.value, from: 0, to: found.b.value, whole: true },
  ];
}

/** A setting as people say it; what only machines write stays as it is. */
function settingText(cause: string, text: string | null | undefined, { answer, f, t, b }: Compared): string {
  if (text === null || text === undefined) return b.none;
  const [first = ''] = text.split(' ');
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    view: t.views,
    'skip-policy': t.skips,
    'entry-policy': t.entries,
    anchor: Object.fromEntries((answer.anchors ?? answer.stages).map(({ key, label }) => [key, label])),
    filter: Object.fromEntries((answer.segments ?? []).map(({ id, label }) => [id, label])),
  };
  if (cause === 'as-of') return f.date(text);
  const [from = '', to = ''] = text.split('/');
  if (cause === 'period') return f.period({ text, from, to });
  return harmless(words[cause]?.[first] ?? text);
}

/** The sentence, the reasons with their bars, and who stands behind each. */
function foundTemplate(compared: Compared, found: DifferenceAnswer): TemplateResult {
  const { f, t, b, copy } = compared;
  const { a, b: other, difference, unit, currency } = found;
  const shown = (value: number): string =>
    unit === 'minor' && currency !== undefined ? f.money(value, currency) : f.count(value);
  const signed = (value: number): string =>
    // The mark keeps the sign before the number where the page runs from the right.
    value === 0 ? shown(0) : `\u200E${value > 0 ? '+' : '−'}${shown(Math.abs(value))}`;
  const steps = stepsOf(compared, found);
  const top = Math.max(1, ...steps.flatMap(({ from, to }) => [from, to]));
  const heads = [b.setting, b.adds, b.becomes];
  const file: DataTable = {
    caption: b.whyDiffers,
    heads,
    rows: steps.map(({ text, how, amount, to, whole }) => [
      { text: how === '' ? text : `${text}: ${how}`, by: text },
      { text: whole ? '' : signed(amount), by: whole ? '' : amount },
      { text: shown(to), by: to },
    ]),
  };
  return html`<div class="found">
    <p role="status">${b.differs(shown(a.value), shown(other.value), signed(difference))}</p>
    <table class="pareto steps">
      <caption>
        ${b.whyDiffers}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${steps.map(
          ({ text, how, amount, from, to, whole, item }) =>
            html`<tr>
              <th scope="row">
                ${whole ? html`<b>${text}</b>` : text} ${how === '' ? nothing : html`<small>${how}</small>`}
                <svg class="part" aria-hidden="true" focusable="false">
                  ${svg`<rect class=${whole || amount < 0 ? '' : 'more'} x=${`${(Math.min(from, to) / top) * 100}%`} width=${`${(Math.abs(to - from) / top) * 100}%`} height="100%"></rect>`}
                </svg>
                ${item === undefined ? nothing : namesTemplate(item, f, b)}
              </th>
              <td>${whole ? '' : signed(amount)}</td>
              <td>${shown(to)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <button class="button" @click=${() => copy(file)}>${t.copyCsv}</button>
  </div>`;
}

/** Who comes and who goes, where the source names them. */
function namesTemplate(
  { added, removed }: DifferenceItem,
  f: Formats,
  b: BehindWords,
): TemplateResult | typeof nothing {
  const lists = [
    { list: added, title: b.added },
    { list: removed, title: b.removed },
  ].flatMap(({ list, title }) => (list !== undefined && list.total > 0 ? [{ ...list, title }] : []));
  if (lists.length === 0) return nothing;
  return html`<details>
    <summary>${b.whoTheyAre}</summary>
    ${lists.map(
      ({ total, ids, title }) =>
        html`<p>
          <b>${title(f.count(total))}</b> ${ids.map(harmless).join(', ')}
          ${total > ids.length ? `(${b.shown(f.count(ids.length), f.count(total))})` : nothing}
        </p>`,
    )}
  </details>`;
}

/** Lets a shadow tree show it. */
export const dressDiffer = (root: ShadowRoot): void => wear(root, differStyles);
