import manifest from '@sama/elements/custom-elements.json';
import { type Preview, setCustomElementsManifest } from '@storybook/web-components-vite';
import '@sama/elements/locale/ar/define';
import '@sama/elements/locale/de/define';
import '@sama/elements/locale/es/define';
import '@sama/elements/locale/ja/define';
import '@sama/tokens/sama.css';
import './preview.css';
import { withChoices } from '../src/pages/choices.ts';
import ElementPage from '../src/pages/page.mdx';
import { withReader } from '../src/reader.ts';

// The tables of each element's page: attributes, properties, events, slots, parts and custom properties.
setCustomElementsManifest(manifest);

const preview: Preview = {
  tags: ['autodocs'],
  decorators: [withReader],
  argTypesEnhancers: [withChoices],
  initialGlobals: { theme: 'light', density: 'comfortable', locale: 'en', direction: 'ltr' },
  globalTypes: {
    theme: {
      description: 'Theme',
      toolbar: {
        icon: 'contrast',
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
          { value: 'contrast', title: 'High contrast' },
        ],
        dynamicTitle: true,
      },
    },
    density: {
      description: 'Density',
      toolbar: {
        icon: 'component',
        items: [
          { value: 'comfortable', title: 'Comfortable' },
          { value: 'compact', title: 'Compact' },
        ],
        dynamicTitle: true,
      },
    },
    locale: {
      description: 'Language and number format',
      toolbar: {
        icon: 'globe',
        items: [
          { value: 'en', title: 'English' },
          { value: 'de', title: 'Deutsch' },
          { value: 'es', title: 'Español' },
          { value: 'ja', title: '日本語' },
          { value: 'ar', title: 'العربية' },
        ],
        dynamicTitle: true,
      },
    },
    direction: {
      description: 'Writing direction',
      toolbar: {
        icon: 'transfer',
        items: [
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
        dynamicTitle: true,
      },
    },
  },
  parameters: {
    a11y: { test: 'error' },
    controls: { expanded: true },
    // Every element's page has the same order, and what it says in src/pages.
    docs: { page: ElementPage },
    options: {
      storySort: {
        order: [
          'Welcome',
          'Drop it into your page',
          'Elements',
          'Patterns',
          'Foundations',
          'Languages',
          'Accessibility',
          'Changes',
          'API',
          ['Overview'],
        ],
      },
    },
  },
};

export default preview;
