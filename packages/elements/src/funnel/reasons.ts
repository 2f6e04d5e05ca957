import type { LossReasons } from '@sama/metrics/contracts';
import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { Formats } from '../internal/format.ts';
import { harmless } from '../internal/harmless.ts';
import type { BehindWords } from '../locale/en/funnel-detail.ts';
import type { DetailWords } from './detail-words.ts';

/** Fewer are told as counts only. */
const FEWEST = 10;

interface Words {
  f: Formats;
  t: DetailWords;
  b: BehindWords;
}

/** What a reason is called: one of Sama's lists in the reader's language. */
export const reasonText = ({ reason, label }: LossReasons['named'][number], { reasonNames }: BehindWords): string =>
  harmless((label === undefined ? undefined : reasonNames[reason]) ?? label ?? reason);

/** Why people are gone: each outcome with its reasons, the most frequent first, and how far they add up. */
export function reasonsTemplate(
  reasons: readonly LossReasons[],
  { f, t, b }: Words,
  choose: (outcome: LossReasons['outcome'], reason: string | null) => void,
): TemplateResult[] {
  return reasons.map(({ outcome, named, others, none }) => {
    const total = named.reduce((sum, { count }) => sum + count, others + none);
    const share = (count: number): string => f.percent(count / total, total < 100 ? 0 : 1);
    let together = 0;
    const rows: { text: string; count: number; reason?: string | null }[] = [
      ...named.map((one) => ({ text: reasonText(one, b), count: one.count, reason: one.reason })),
      ...(others > 0 ? [{ text: b.otherReasons, count: others }] : []),
      ...(none > 0 ? [{ text: b.noReason, count: none, reason: null }] : []),
    ];
    const small = total < FEWEST;
    const title = b.reasons(t[outcome], f.count(total));
    return html`<h4>${title}</h4>
      <table class="pareto">
        <caption>
          ${title}
        </caption>
        <thead>
          <tr>
            <th scope="col">${b.reason}</th>
            <th scope="col">${t.counted.none}</th>
            ${
              small
                ? nothing
                : html`<th scope="col">${t.share}</th>
                    <th scope="col">${b.together}</th>`
            }
          </tr>
        </thead>
        <tbody>
          ${rows.map(({ text, count, reason }) => {
            together += count;
            return html`<tr>
              <th scope="row">
                ${reason === undefined ? text : html`<button class="link" @click=${() => choose(outcome, reason)}>${text}</button>`}
                ${barTemplate(count / total)}
              </th>
              <td>${f.count(count)}</td>
              ${
                small
                  ? nothing
                  : html`<td>${share(count)}</td>
                      <td>${share(together)}</td>`
              }
            </tr>`;
          })}
        </tbody>
      </table>`;
  });
}

const barTemplate = (share: number): TemplateResult =>
  svg`<svg class="part" aria-hidden="true" focusable="false"><rect width=${`${share * 100}%`} height="100%"></rect></svg>`;
