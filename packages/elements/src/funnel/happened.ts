import type { Annotation, FunnelEnvelope } from '@sama/metrics/contracts';
import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { Formats } from '../internal/format.ts';
import { harmless } from '../internal/harmless.ts';
import type { BehindWords } from '../locale/en/funnel-detail.ts';

/** Where a mark stands on the line of the period, from 0 to 1. */
interface Marked extends Annotation {
  place: number;
}

/** What is noted between the first day and the last, or until now where there is no period; the earliest first. */
function marksOf({ annotation = [], asOf, data }: FunnelEnvelope): Marked[] {
  const dated = annotation.filter(({ at }) => Number.isFinite(Date.parse(at)));
  const times = dated.map(({ at }) => Date.parse(at));
  const from = data?.period === undefined ? Math.min(...times) : Date.parse(data.period.from);
  const to = data?.period === undefined ? Date.parse(asOf ?? '') || Math.max(...times) : Date.parse(data.period.to);
  return dated
    .map((one) => ({ ...one, place: to > from ? (Date.parse(one.at) - from) / (to - from) : 0 }))
    .filter(({ place }) => place >= 0 && place <= 1)
    .toSorted((a, b) => a.place - b.place);
}

/** What happened in the time the chart is of: a line with a mark for each, and a list that says it. */
export function happenedTemplate(
  envelope: FunnelEnvelope,
  f: Formats,
  b: BehindWords,
  rtl: boolean,
): TemplateResult | typeof nothing {
  const marks = marksOf(envelope);
  if (marks.length === 0) return nothing;
  const kinds: Readonly<Record<string, string>> = b.kinds;
  const isBreak = ({ kind }: Annotation): boolean => kind === 'definition-break';
  return html`<h4>${b.happened}</h4>
    <svg class="when" aria-hidden="true" focusable="false">
      <line x1="0" x2="100%" y1="50%" y2="50%"></line>
      ${marks.map((mark) => {
        const x = `${(rtl ? 1 - mark.place : mark.place) * 98 + 1}%`;
        return isBreak(mark)
          ? svg`<line class="break" x1=${x} x2=${x} y1="0" y2="100%"></line>`
          : svg`<circle cx=${x} cy="50%" r="4"></circle>`;
      })}
    </svg>
    <ul class="happened">
      ${marks.map(
        (mark) =>
          html`<li>
            <b>${f.date(mark.at)}</b> ${kinds[mark.kind] ?? harmless(mark.kind)}: ${harmless(mark.text)}
            ${isBreak(mark) ? b.broken : nothing}
          </li>`,
      )}
    </ul>`;
}
