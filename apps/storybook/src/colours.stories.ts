import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import './foundations.css';
import { families, themeOf } from './tokens.ts';

const meta = {
  title: 'Foundations/Colours',
  parameters: { controls: { disable: true } },
  tags: ['!autodocs'],
} satisfies Meta;

export default meta;
type Story = StoryObj;

/** Every colour of the theme in the toolbar, as it comes out in sRGB. */
export const Colours: Story = {
  render: (_, { globals }) => html`
    ${families(themeOf(globals['theme'])).map(
      ({ title, use, swatches }) => html`
        <section class="foundation" aria-labelledby=${`family-${title}`}>
          <h2 id=${`family-${title}`}>${title}</h2>
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
