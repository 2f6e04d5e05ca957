import { html } from 'lit';
import { glossary, glossaryDesk } from '../testing/glossary-desk.ts';
import { silent, sourceOf, type Story } from '../testing/story.ts';
import './define.ts';
import '../locale/ar/define.ts';
import '../provider/define.ts';

export default { title: 'Elements/Term', component: 'sama-term', tags: ['autodocs'] };

export const InText: Story = {
  name: 'In a text',
  render: () =>
    html`<sama-provider .source=${glossaryDesk().source()} glossary-href="/glossary">
      <p>
        Last quarter we handed over 2,431 <sama-term key="mql">MQLs</sama-term> and sales accepted seven in ten of them
        as <sama-term key="sal"></sama-term>; <sama-term key="recycled">recycled leads</sama-term> stayed flat.
      </p>
    </sama-provider>`,
};
export const Alone: Story = {
  name: 'Without a provider',
  render: () =>
    html`<p>
      A
      <sama-term key="mql" .source=${glossaryDesk().source()} glossary-href="/words">qualified lead</sama-term> counts.
    </p>`,
};
export const Unknown: Story = {
  name: 'A word nobody defined',
  render: () => html`<p>A <sama-term key="zebra" .source=${glossaryDesk().source()}>zebra</sama-term>.</p>`,
};
export const Waiting: Story = {
  render: () => html`<p>An <sama-term key="mql" .source=${silent}>MQL</sama-term>.</p>`,
};
export const Unreachable: Story = {
  render: () =>
    html`<p>
      An
      <sama-term
        key="mql"
        .source=${sourceOf({ v: 1, status: 'error', code: 'unreachable', message: 'no', flags: [], warnings: [] })}
        >MQL</sama-term
      >.
    </p>`,
};
export const WithoutSource: Story = { render: () => html`<p>An <sama-term key="mql">MQL</sama-term>.</p>` };
export const HostileText: Story = {
  render: () =>
    html`<p>
      <sama-term
        key="img"
        glossary-href="javascript:alert(1)"
        .source=${glossaryDesk({
          events: [],
          glossary: {
            ...glossary,
            terms: [
              {
                kind: 'term',
                id: 'img',
                version: '1.0.0',
                term: '<img src=x onerror="window.pwned=1">',
                owners: ['both'],
                definition: '"><script>window.pwned=1</script> ${alert(1)} \u202Eevil',
              },
            ],
          },
        }).source()}
      ></sama-term>
    </p>`,
};
export const Arabic: Story = {
  name: 'Right to left',
  render: () =>
    html`<p dir="rtl" lang="ar">
      سلّمنا ٢٤٣١ <sama-term key="mql" .source=${glossaryDesk().source()} glossary-href="/glossary">عميلًا</sama-term>.
    </p>`,
};
