import type { HandoffReturns } from '@sama/metrics/contracts';
import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { Counts } from '../internal/counts.ts';
import type { QueueWords } from '../locale/index.ts';

/** Why hand-offs came back: the finding in words, then each reason, most frequent first, with the running total. */
export function returnsTemplate(
  { groups }: HandoffReturns,
  f: Counts,
  t: QueueWords,
  rtl: boolean,
): TemplateResult | typeof nothing {
  const [group] = groups;
  const [first] = group?.reasons ?? [];
  if (group === undefined || first === undefined) return nothing;
  const { returns } = group;
  // Of so few a share says more than there is.
  const few = returns < 10;
  const part = (count: number, share: number): string =>
    few ? t.of(f.count(count), f.count(returns)) : f.percent(share, 0);
  const finding = t.returnsFinding(part(first.count, first.share), first.label);
  const head = `${t.returnsHead(returns, f.count(returns))}${t.stop} ${finding}`;
  return html`<details class="returns">
    <summary>${head}</summary>
    <table>
      <caption class="vh">
        ${t.returnsCaption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t.reasonHead}</th>
          <td></td>
          <th scope="col">${t.timesHead}</th>
          <th scope="col">${t.shareOfReturns}</th>
          ${few ? nothing : html`<th scope="col">${t.cumulativeHead}</th>`}
        </tr>
      </thead>
      <tbody>
        ${group.reasons.map(
          ({ label, count, share, cumulative }) =>
            html`<tr>
              <th scope="row" dir="auto">${label}</th>
              <td class="paretobar" aria-hidden="true">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none">
                  ${svg`<rect x=${rtl ? 100 - share * 100 : 0} width=${share * 100} height="10"></rect>`}
                </svg>
              </td>
              <td>${f.count(count)}</td>
              <td>${part(count, share)}</td>
              ${few ? nothing : html`<td>${f.percent(cumulative, 0)}</td>`}
            </tr>`,
        )}
      </tbody>
    </table>
    ${group.tooManyOther ? html`<p class="sub">${t.tooManyOther}</p>` : nothing}
  </details>`;
}
