import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  logLevel: 'warn',
  build: {
    outDir: '../dist/react',
    emptyOutDir: true,
    rollupOptions: { input: ['index.html', 'usage.html'].map((page) => `${import.meta.dirname}/${page}`) },
  },
});
