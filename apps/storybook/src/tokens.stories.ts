import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, svg } from 'lit';
import './tokens.css';
import { families, scale, type Theme } from './tokens.ts';

const meta = {
  title: 'Foundations/Tokens',
  parameters: { controls: { disable: true } },
  tags: ['!autodocs'],
} satisfies Meta;

export default meta;
type Story = StoryObj;

function themeOf(name: unknown): Theme {
  return name === 'dark' || name === 'contrast' ? name : 'light';
}

/** Every colour of the theme in the toolbar, as it comes out in sRGB. */
export const Colours: Story = {
  render: (_, { globals }) => html`
    ${families(themeOf(globals['theme'])).map(
      ({ title, use, swatches }) => html`
        <section class="tokens" aria-labelledby=${`tokens-${title}`}>
          <h2 id=${`tokens-${title}`}>${title}</h2>
          <p>${use}</p>
          <ul class="swatches">
            ${swatches.map(
              ({ name, value }) => html`
                <li>
                  <svg width="100%" height="48" aria-hidden="true">
                    <rect width="100%" height="48" rx="6" fill=${value} />
                  </svg>
                  <code>--sama-${name}</code>
                  <span>${value}</span>
                </li>
              `,
            )}
          </ul>
        </section>
      `,
    )}
  `,
};

/** Sizes follow the text of the host page, so they are in em. */
export const Type: Story = {
  render: () => html`
    <section class="tokens">
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
    <section class="tokens">
      <h2>Sizes and motion</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Token</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          ${['space', 'radius', 'row', 'duration', 'easing'].flatMap((prefix) =>
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

const OUTCOMES = [
  { key: 'advanced', words: 'Advanced: solid' },
  { key: 'open', words: 'Open: pale, with an outline' },
  { key: 'recycled', words: 'Recycled: diagonal hatch' },
  { key: 'lost', words: 'Lost or disqualified: dots' },
] as const;

/** The four outcomes of a stage keep their meaning in grey, in print and in forced colours, since each has a pattern. */
export const DataPatterns: Story = {
  render: () => html`
    <section class="tokens">
      <h2>Data patterns</h2>
      <svg width="0" height="0" aria-hidden="true">
        <defs>
          <pattern id="tokens-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="recycled-ground" width="6" height="6" />
            <rect class="recycled-line" width="1.5" height="6" />
          </pattern>
          <pattern id="tokens-dots" width="6" height="6" patternUnits="userSpaceOnUse">
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
