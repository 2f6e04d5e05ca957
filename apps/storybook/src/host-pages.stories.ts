import '@sama/elements/funnel/define';
import '@sama/elements/kpi/define';
import '@sama/elements/provider/define';
import '@sama/elements/queue/define';
import '@sama/elements/scorecard/define';
import '@sama/elements/term/define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { glossaryDesk } from '../../../packages/elements/src/testing/glossary-desk.ts';
import { maturing } from '../../../packages/elements/src/testing/funnel-samples.ts';
import { healthy } from '../../../packages/elements/src/testing/kpi-samples.ts';
import { queueDesk } from '../../../packages/elements/src/testing/queue-desk.ts';
import './host-pages.css';

const meta = {
  title: 'Patterns',
  parameters: { controls: { disable: true } },
  tags: ['!autodocs'],
} satisfies Meta;

export default meta;
type Story = StoryObj;

/** What whoever leads both teams opens first: the answer, then the figures, then where it leaks. No person is named. */
export const Leadership: Story = {
  name: 'Leadership page',
  render: () => html`
    <div class="host">
      <header>
        <h1>Are we on pace, and do both teams keep their word?</h1>
        <p>Second quarter, for the management board</p>
      </header>
      <sama-scorecard label="Q2 2026 shared scorecard" .data=${healthy}></sama-scorecard>
      <sama-funnel .data=${maturing}></sama-funnel>
    </div>
  `,
};

/** What a seller has open all day: the account, what both teams agreed to watch, and who is next. */
export const Record: Story = {
  name: 'CRM record',
  render: () => html`
    <div class="host">
      <header>
        <p>Account</p>
        <h1>Brightwater Foods</h1>
      </header>
      <dl class="facts">
        <div>
          <dt>Trade</dt>
          <dd>Food</dd>
        </div>
        <div>
          <dt>People</dt>
          <dd>350</dd>
        </div>
        <div>
          <dt>Stage</dt>
          <dd><sama-term term="mql" .source=${glossaryDesk().source()}>MQL</sama-term></dd>
        </div>
      </dl>
      <div class="tiles">
        <sama-kpi kpi="acceptance" .data=${healthy}></sama-kpi>
        <sama-kpi kpi="first-response" .data=${healthy}></sama-kpi>
      </div>
      <h2>Hand-offs</h2>
      <sama-handoff-queue time-zone="Europe/Lisbon" .source=${queueDesk().sit()}></sama-handoff-queue>
    </div>
  `,
};

/** A page of a document portal has no script of ours: it frames one that has. */
export const Documents: Story = {
  name: 'Document portal',
  render: (_, { globals }) => {
    const chosen = ['theme', 'density', 'locale', 'direction'].map((name) => `${name}:${String(globals[name])}`);
    const address = `iframe.html?id=elements-funnel--healthy&viewMode=story&globals=${chosen.join(';')}`;
    return html`
      <div class="host">
        <header>
          <p>Library › Revenue</p>
          <h1>Review of the second quarter</h1>
        </header>
        <div class="library">
          <ul>
            <li><b>Review of the second quarter</b>Today</li>
            <li><b>Plan of the third quarter</b>Last week</li>
            <li><b>Words we agreed on</b>In March</li>
          </ul>
          <iframe
            title="Funnel of the second quarter"
            src=${address}
            sandbox="allow-scripts allow-same-origin"
          ></iframe>
        </div>
      </div>
    `;
  },
};
