import { type Component, createApp, h } from 'vue';

const pages = import.meta.glob<{ default: Component }>('../dist/usage/vue/*.vue', { eager: true });
createApp({ render: () => Object.values(pages).map((page) => h(page.default)) }).mount('#page');
