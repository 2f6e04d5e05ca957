import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, svg } from 'lit';
import './foundations.css';

const meta = {
  title: 'Foundations/Data patterns',
  parameters: { controls: { disable: true } },
  tags: ['!autodocs'],
} satisfies Meta;

export default meta;
type Story = StoryObj;

const OUTCOMES = [
  { key: 'advanced', words: 'Advanced: solid' },
  { key: 'open', words: 'Open: pale, with an outline' },
  { key: 'recycled', words: 'Recycled: diagonal hatch' },
  { key: 'lost', words: 'Lost or disqualified: dots' },
] as const;

/** The four outcomes of a stage keep their meaning in grey, in print and in forced colours, since each has a pattern. */
export const DataPatterns: Story = {
  render: () => html`
    <section class="foundation">
      <h2>Data patterns</h2>
      <svg width="0" height="0" aria-hidden="true">
        <defs>
          <pattern id="sample-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="recycled-ground" width="6" height="6" />
            <rect class="recycled-line" width="1.5" height="6" />
          </pattern>
          <pattern id="sample-dots" width="6" height="6" patternUnits="userSpaceOnUse">
            <rect class="lost-ground" width="6" height="6" />
            <circle class="lost-line" cx="3" cy="3" r="1.1" />
          </pattern>
        </defs>
      </svg>
      <ul class="outcomes">
        ${OUTCOMES.map(
          ({ key, words }) => html`
            <li>
              <svg width="240" height="24" aria-hidden="true">
                ${svg`<rect class=${`bar ${key}`} x="0.5" y="0.5" width="239" height="23" rx="3" />`}
              </svg>
              <span>${words}</span>
            </li>
          `,
        )}
      </ul>
    </section>
  `,
};

const OWNERS = [
  { owner: 'marketing', words: 'Marketing: the half where a line begins' },
  { owner: 'sales', words: 'Sales: the half where a line ends' },
  { owner: 'both', words: 'Shared: both halves' },
  { owner: 'customer-success', words: 'Customer success: the centre' },
  { owner: 'operations', words: 'Operations: the bar between them' },
] as const;

/** The half-mark says whose a stage is, without a colour; it mirrors in right-to-left pages. */
export const HalfMark: Story = {
  render: () => html`
    <section class="foundation">
      <h2>The half-mark</h2>
      <p>Whose a stage is. One shape in ink instead of two team colours, so no team looks like an alarm.</p>
      <ul class="owners">
        ${OWNERS.map(({ owner, words }) => html`<li><i class=${`half ${owner}`}></i><span>${words}</span></li>`)}
      </ul>
    </section>
  `,
};
