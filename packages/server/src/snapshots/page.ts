import type { Envelope, FunnelAnswer, KpiAnswer } from '@sama/metrics/contracts';
import { html, raw } from 'hono/html';
import { discovery } from '../http/oembed.ts';
import type { ElementFiles } from '../http/element-files.ts';
import type { Snapshot } from './store.ts';

const whole = new Intl.NumberFormat('en');
const share = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

/** Element and file of each kind of answer a snapshot holds. */
const SHOWN = {
  funnel: { tag: 'sama-funnel', file: 'sama-funnel.js' },
  kpi: { tag: 'sama-scorecard', file: 'sama-scorecard.js' },
} as const;

/** A snapshot as a page: tables that read without a script, and elements that take them over where one runs. */
export function snapshotPage({ title, made, answers }: Snapshot, elements: ElementFiles, address: URL) {
  const [timeZone = 'UTC'] = answers.flatMap(({ data }) =>
    data !== undefined && 'timeZone' in data ? [data.timeZone] : [],
  );
  const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
    made * 1000,
  );
  const kinds = new Set(
    answers.flatMap(({ data }) => (data?.kind === 'kpi' || data?.kind === 'funnel' ? data.kind : [])),
  );
  const scripts = [...kinds].map((kind) => elements.listed.find(({ path }) => path === SHOWN[kind].file));
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${raw(discovery(address.href))}${previewOf(title, answers, address)}
        ${scripts.map((file) => (file === undefined ? '' : html`<script src="${file.url}" integrity="${file.integrity}" defer></script>`))}
      </head>
      <body>
        <h1>${title}</h1>
        <p>As it stood on ${moment} (times in ${timeZone}). It does not change.</p>
        ${answers.map(partOf)}
      </body>
    </html>`;
}

/** What chats and mails say of a link: its title, and the first of its pictures. */
function previewOf(title: string, answers: readonly Envelope[], address: URL) {
  const [kind] = answers.flatMap(({ data }) => (data?.kind === 'kpi' || data?.kind === 'funnel' ? [data.kind] : []));
  if (kind === undefined) return '';
  const widget = kind === 'kpi' ? 'scorecard' : 'funnel';
  const link = address.pathname.split('/').at(-1) ?? '';
  const picture = new URL(`/embed/${widget}.png?snapshot=${encodeURIComponent(link)}`, address);
  return html`<meta property="og:title" content="${title}" />
    <meta property="og:image" content="${picture.href}" />
    <meta property="og:image:alt" content="${title}" />`;
}

function partOf(envelope: Envelope) {
  const { data } = envelope;
  if (data?.kind !== 'funnel' && data?.kind !== 'kpi') return '';
  const { tag } = SHOWN[data.kind];
  // A text in an answer must not end the script.
  const json = raw(JSON.stringify(envelope).replaceAll('<', String.raw`\u003c`));
  return html`<${raw(tag)}
    ><script type="application/json">
      ${json}
    </script
    >${data.kind === 'funnel' ? funnelTable(data) : kpiTable(data)}</${raw(tag)}
  > `;
}

function funnelTable({ label, stages }: FunnelAnswer) {
  return html`<table>
    <caption>
      ${label}
    </caption>
    <tr>
      <th>Stage</th>
      <th>Count</th>
      <th>From the stage before</th>
    </tr>
    ${stages.map(({ label: stage, count, missing, stepRate }) => {
      const rate = stepRate === undefined || stepRate.value === null ? '' : share.format(stepRate.value);
      return html`<tr>
        <th>${stage}</th>
        <td>${missing ?? whole.format(count)}</td>
        <td>${rate}</td>
      </tr> `;
    })}
  </table>`;
}

function kpiTable({ kpis }: KpiAnswer) {
  return html`<table>
    <tr>
      <th>KPI</th>
      <th>Value</th>
      <th>Unit</th>
    </tr>
    ${kpis.map(({ label, value, unit, currency }) => {
      const { result } = value;
      const shown =
        result.value === null ? '–' : unit === 'share' ? share.format(result.value) : plain.format(result.value);
      return html`<tr>
        <th>${label}</th>
        <td>${shown}</td>
        <td>${unit === 'share' ? '' : (currency ?? unit)}</td>
      </tr> `;
    })}
  </table>`;
}
