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

/** Whether the story of a page is done: told of another one before, the catalogue loads itself anew. */
const isDone = (): boolean => {
  const preview: { currentRender?: { phase?: string } } | undefined = Reflect.get(globalThis, '__STORYBOOK_PREVIEW__');
  return preview?.currentRender?.phase === 'finished';
};

/** Tells an open page what the manager around it would, and waits until it has drawn. */
export async function tell(page: Page, event: 'setCurrentStory' | 'updateGlobals', what: object): Promise<void> {
  await page.waitForFunction(isDone);
  await page.evaluate(
    ([name, told]) =>
      new Promise<void>((resolve) => {
        const channel: { once(name: string, heard: () => void): void; emit(name: string, told: unknown): void } =
          Reflect.get(globalThis, '__STORYBOOK_ADDONS_CHANNEL__');
        channel.once('storyRendered', resolve);
        channel.emit(name, told);
      }),
    [event, what] as const,
  );
  await page.waitForFunction(isDone);
}
