import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  logLevel: 'warn',
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('sama-') } } })],
  build: {
    outDir: '../dist/vue',
    emptyOutDir: true,
    rollupOptions: { input: ['index.html', 'usage.html'].map((page) => `${import.meta.dirname}/${page}`) },
  },
});
