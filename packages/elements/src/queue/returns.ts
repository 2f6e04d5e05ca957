import type { HandoffReturns } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Counts } from '../internal/counts.ts';
import type { QueueWords } from '../locale/index.ts';

type Group = HandoffReturns['groups'][number];

/** Who draws the table of the reasons, once that is loaded. */
interface Tables {
  reasons(group: Group, f: Counts, t: QueueWords, rtl: boolean): TemplateResult;
}

/** Why hand-offs came back: the finding in words, and a table of the reasons once it is opened. */
export function returnsTemplate(
  returns: HandoffReturns | undefined,
  f: Counts,
  t: QueueWords,
  rtl: boolean,
  desk: Tables | undefined,
  onOpen: () => void,
): TemplateResult | typeof nothing {
  const [group] = returns?.groups ?? [];
  const [first] = group?.reasons ?? [];
  if (!group || !first) return nothing;
  const { returns: n } = group;
  const part = partsOf(group, f, t);
  const finding = t.returnsFinding(part(first.count, first.share), first.label);
  const head = `${t.returnsHead(n, f.count(n))}${t.stop} ${finding}`;
  return html`<details class="returns" @toggle=${onOpen}>
    <summary>${head}</summary>
    ${desk?.reasons(group, f, t, rtl)}
  </details>`;
}

/** A count as a share of the returns. */
export function partsOf({ returns }: Group, f: Counts, t: QueueWords): (count: number, share: number) => string {
  // Of so few a share says more than there is.
  return (count, share) => (returns < 10 ? t.of(f.count(count), f.count(returns)) : f.percent(share, 0));
}
