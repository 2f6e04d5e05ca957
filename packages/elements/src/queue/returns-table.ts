import type { HandoffReturns } from '@sama/metrics/contracts';
import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { Counts } from '../internal/counts.ts';
import type { DeskWords } from './desk-words.ts';
import { partsOf } from './returns.ts';

/** Each reason for a return, most frequent first, with the running total. */
export function returnsTable(
  group: HandoffReturns['groups'][number],
  f: Counts,
  t: DeskWords,
  rtl: boolean,
): TemplateResult {
  const few = group.returns < 10;
  const part = partsOf(group, f, t);
  return html`<table>
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
    ${group.tooManyOther ? html`<p class="sub">${t.tooManyOther}</p>` : nothing}`;
}
