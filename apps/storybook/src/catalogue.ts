import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { fileReply, serve, type WebServer } from './web-server.ts';

/** The built catalogue: what a designer opens. */
const BUILT = fileURLToPath(new URL('../storybook-static', import.meta.url));

/** A page of the catalogue. */
export interface Entry {
  id: string;
  title: string;
  type: 'docs' | 'story';
}

export const { entries }: { entries: Record<string, Entry> } = JSON.parse(readFileSync(`${BUILT}/index.json`, 'utf8'));

/** Every page asks for one; the catalogue has none. */
const NO_ICON = { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' };

/** Serves the built catalogue. */
export const serveCatalogue = (): Promise<WebServer> =>
  serve(async (path) => (path === '/favicon.ico' ? NO_ICON : fileReply(BUILT, path)));

/** Whether the story or the page of words is done: told of another one before, the catalogue loads itself anew. */
const isDone = (): boolean => {
  const preview: { currentRender?: { phase?: string; type?: string; preparing?: boolean } } | undefined = Reflect.get(
    globalThis,
    '__STORYBOOK_PREVIEW__',
  );
  const { phase, type, preparing } = preview?.currentRender ?? {};
  return phase === 'finished' || (type === 'docs' && preparing === false);
};

/** Tells an open page what the manager around it would, and waits until it has drawn. */
export async function tell(
  page: Page,
  event: 'setCurrentStory' | 'updateGlobals',
  what: { storyId: string; viewMode: 'docs' | 'story' } | { globals: Record<string, string> },
): Promise<void> {
  await page.waitForFunction(isDone);
  const done = 'viewMode' in what && what.viewMode === 'docs' ? 'docsRendered' : 'storyRendered';
  await page.evaluate(
    ([name, told, done]) =>
      new Promise<void>((resolve) => {
        const channel: { once(name: string, heard: () => void): void; emit(name: string, told: unknown): void } =
          Reflect.get(globalThis, '__STORYBOOK_ADDONS_CHANNEL__');
        channel.once(done, resolve);
        channel.emit(name, told);
      }),
    [event, what, done] as const,
  );
  await page.waitForFunction(isDone);
}
