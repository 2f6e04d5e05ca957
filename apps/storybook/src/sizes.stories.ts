import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import './foundations.css';
import { scale } from './tokens.ts';

const meta = {
  title: 'Foundations/Type and size',
  parameters: { controls: { disable: true } },
  tags: ['!autodocs'],
} satisfies Meta;

export default meta;
type Story = StoryObj;

/** Sizes follow the text of the host page, so they are in em. */
export const Type: Story = {
  render: () => html`
    <section class="foundation">
      <h2>Type</h2>
      <p>The host's own typeface, with tabular numerals. 1 em is the host's text size.</p>
      ${scale('font-size').map(
        ({ name, value }) => html`
          <p class="sample ${name}" dir="ltr">
            <span>7,312 of 18,400 leads qualified</span> <code>--sama-${name}: ${value}</code>
          </p>
        `,
      )}
    </section>
  `,
};

/** Space, corners, rows and motion. */
export const Sizes: Story = {
  render: () => html`
    <section class="foundation">
      <h2>Sizes and motion</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Token</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          ${['space', 'radius', 'line', 'edge', 'row', 'bar', 'duration', 'easing'].flatMap((prefix) =>
            scale(prefix).map(
              ({ name, value }) =>
                html`<tr>
                  <td><code>--sama-${name}</code></td>
                  <td>${value}</td>
                </tr>`,
            ),
          )}
        </tbody>
      </table>
    </section>
  `,
};
