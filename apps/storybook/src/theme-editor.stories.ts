import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import './theme-editor.css';
import './theme-editor.ts';
import { themeOf } from './tokens.ts';

const meta = {
  title: 'Foundations/Theme editor',
  parameters: { controls: { disable: true } },
  tags: ['!autodocs'],
} satisfies Meta;

export default meta;

/** Five variables, a funnel in them, a report of their contrast and the lines to copy. */
export const Editor: StoryObj = {
  render: (_, { globals }) => html`<theme-editor .theme=${themeOf(globals['theme'])}></theme-editor>`,
};
