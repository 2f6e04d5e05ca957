// Renders every story where there is no window, and writes the HTML by file and story.
import { globSync } from 'node:fs';
import { renderTemplate } from '../ssr/index.ts';

const src = new URL('..', import.meta.url);
/** Long enough for every source that has an answer. */
const PATIENCE_MS = 200;

const patience = new AbortController();
setTimeout(() => patience.abort(), PATIENCE_MS);
const files = [];
// One after the other, as a page has them: each brings words of languages.
for (const file of globSync('**/*.stories.ts', { cwd: src }).toSorted())
  files.push([file, await import(new URL(file, src).href)]);
const served = await Promise.all(
  files.map(async ([file, { default: _, ...stories }]) => {
    const html = await Promise.all(
      Object.entries(stories).map(async ([name, { render }]) => {
        return [name, await renderTemplate(render(), { signal: patience.signal })];
      }),
    );
    return [`../${file}`, Object.fromEntries(html)];
  }),
);
console.log(JSON.stringify({ window: typeof window, served: Object.fromEntries(served) }));
