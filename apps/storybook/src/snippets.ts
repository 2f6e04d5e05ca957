import { SERVER } from '../../../packages/elements/src/testing/usage.ts';

/** A way to put Sama into a page. Every one is run in a browser by `snippets.test.ts`. */
export interface Snippet {
  title: string;
  /** When to take this one. */
  when: string;
  html: string;
}

/** Where the snippets say the server is; a page names its own. */
export { SERVER };

const script = `<script type="module" src="${SERVER}/cdn/latest/sama-funnel.js"></script>`;

const NUMBERS = `  <script type="application/json">
    [
      { "stage": "Lead", "count": 18400 },
      { "stage": "MQL", "count": 7312 },
      { "stage": "Won", "count": 391 }
    ]
  </script>`;

export const snippets = {
  server: {
    title: 'From a server',
    when: 'The numbers are asked anew each time the page opens, and the reader can choose the period.',
    html: `${script}
<sama-funnel src="${SERVER}" funnel="lead-to-won" period="2026-Q1"></sama-funnel>`,
  },
  file: {
    title: 'From a file',
    when: 'Something writes a JSON file beside the page, for instance every night.',
    html: `${script}
<sama-funnel src="funnel.json"></sama-funnel>`,
  },
  script: {
    title: 'From the page itself',
    when: 'The page is rendered by a server that knows the numbers.',
    html: `${script}
<sama-funnel>
${NUMBERS}
</sama-funnel>`,
  },
  table: {
    title: 'From a table',
    when: 'The page must read well without JavaScript, in a mail client or in print.',
    html: `${script}
<sama-funnel>
  <table>
    <tr><th>Lead</th><td>18400</td></tr>
    <tr><th>MQL</th><td>7312</td></tr>
    <tr><th>Won</th><td>391</td></tr>
  </table>
</sama-funnel>`,
  },
  data: {
    title: 'From JavaScript',
    when: 'An application has the numbers already.',
    html: `${script}
<sama-funnel id="funnel"></sama-funnel>
<script type="module">
  document.querySelector('#funnel').data = [
    { stage: 'Lead', count: 18400 },
    { stage: 'MQL', count: 7312 },
    { stage: 'Won', count: 391 },
  ];
</script>`,
  },
  language: {
    title: 'In another language',
    when: 'The page is not in English: a file before that of the elements brings the words, and lang of the page or locale of an element chooses them.',
    html: `<script type="module" src="${SERVER}/cdn/latest/sama-locale-de.js"></script>
${script}
<sama-funnel locale="de">
${NUMBERS}
</sama-funnel>`,
  },
  page: {
    title: 'All of them, from one server',
    when: 'A page shows several: the provider says once where the numbers are and for which period, and one script has them all.',
    html: `<script type="module" src="${SERVER}/cdn/latest/sama.js"></script>
<sama-provider src="${SERVER}" period="2026-Q1">
  <p>Of each <sama-term key="mql">MQL</sama-term> both teams know what became of it.</p>
  <sama-scorecard></sama-scorecard>
  <sama-funnel funnel="lead-to-won"></sama-funnel>
  <sama-handoff-queue view="team"></sama-handoff-queue>
  <sama-glossary></sama-glossary>
</sama-provider>`,
  },
} as const satisfies Record<string, Snippet>;

/** What `funnel.json` holds in the second snippet. */
export const FUNNEL_JSON = `[
  { "stage": "Lead", "count": 18400 },
  { "stage": "MQL", "count": 7312 },
  { "stage": "Won", "count": 391 }
]`;
