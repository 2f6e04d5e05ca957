import { colors } from '@sama/tokens';
import { type Contrast, contrastsOf } from '@sama/tokens/host';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, svg, type TemplateResult } from 'lit';
import './foundations.css';
import { themeOf } from './tokens.ts';

const meta = {
  title: 'Foundations/Contrast',
  parameters: { controls: { disable: true } },
  tags: ['!autodocs'],
} satisfies Meta;

export default meta;
type Story = StoryObj;

const row =
  (theme: keyof typeof colors) =>
  ({ kind, color, on, ratio, need, passes }: Contrast): TemplateResult =>
    html`
      <tr>
        <td>
          <svg class="pair" width="44" height="24" aria-hidden="true">
            <rect width="44" height="24" rx="4" fill=${colors[theme][on]} />
            ${
              kind === 'text'
                ? svg`<text x="22" y="17" fill=${colors[theme][color]}>Aa</text>`
                : svg`<rect x="14" y="6" width="16" height="12" fill=${colors[theme][color]} />`
            }
          </svg>
        </td>
        <td><code>${color}</code> on <code>${on}</code></td>
        <td class="number">${(Math.floor(ratio * 100) / 100).toFixed(2)}</td>
        <td class="number">${need}</td>
        <td>${passes ? 'passes' : 'fails'}</td>
      </tr>
    `;

const table = (kind: Contrast['kind'], caption: string): Story => ({
  render: (_, { globals }) => {
    const theme = themeOf(globals['theme']);
    const pairs = contrastsOf(colors[theme], theme).filter((pair) => pair.kind === kind);
    const least = Math.min(...pairs.map(({ ratio }) => ratio));
    return html`
      <section class="foundation">
        <h2>${caption}</h2>
        <p>${pairs.length} pairs in this theme. The least has ${(Math.floor(least * 100) / 100).toFixed(2)} : 1.</p>
        <table>
          <thead>
            <tr>
              <th scope="col"><span class="vh">Sample</span></th>
              <th scope="col">Pair</th>
              <th scope="col" class="number">Ratio</th>
              <th scope="col" class="number">Needed</th>
              <th scope="col">Result</th>
            </tr>
          </thead>
          <tbody>
            ${pairs.map(row(theme))}
          </tbody>
        </table>
      </section>
    `;
  },
});

/** What is read: 4.5 : 1, in high contrast 7 : 1. */
export const Text: Story = table('text', 'Text');

/** What is only seen: bars, shapes, edges and the ring of the focus, 3 : 1. */
export const Marks: Story = table('mark', 'Marks');
