import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { examples } from '../../../../scripts/examples.mjs';
import { type EmbedWorld, openEmbedWorld } from '../testing/embed-world.ts';
import { visit } from '../testing/host-page.ts';
import { OEmbedAnswer } from './oembed.ts';

const guides = examples('hosts');
let world: EmbedWorld;

beforeAll(async () => {
  world = await openEmbedWorld();
});
afterAll(() => world?.close());

/** The snippets of a guide, for this server, with a link and a ticket that hold. */
async function snippetsOf(guide: string): Promise<string[]> {
  const [first, second] = [await world.keep('Third quarter'), await world.keep('Third quarter')];
  const ticket = await world.ticket();
  const own = guides.filter(({ page }) => page === `docs/hosts/${guide}.md`);
  return own.map(({ code }) =>
    code
      .replaceAll('https://metrics.example.com', world.at)
      .replaceAll('=LINK', `=${first}`)
      .replaceAll('/LINK', `/${second}`)
      .replaceAll('TICKET', ticket),
  );
}

/** What hosts leave of what somebody writes: the frame. */
const frameOnly = (html: string): string => /<iframe [^>]*><\/iframe>/.exec(html)?.[0] ?? '';
const framed = (address: string, sandbox = ''): string =>
  `<iframe src="${address.trim().replaceAll('&', '&amp;')}" ${sandbox} title="Sama" width="700" height="640"></iframe>`;
/** The page around allows no script, and frames of the server only. */
const strict = (): string => `default-src 'none'; frame-src ${world.at}; img-src data:`;

/** Shows a page of a host, waits until a text can be read in its frame, and gives what went wrong and the height. */
async function read(
  html: string,
  policy: string,
  text: string,
): Promise<{ problems: string[]; height: () => Promise<string | null>; close: () => Promise<void> }> {
  world.host.show(html, policy);
  const { page, problems } = await visit(world.browser, world.host.origin);
  await page.frameLocator('iframe').getByText(text).filter({ visible: true }).first().waitFor();
  const close = (): Promise<void> => page.context().close();
  return { problems, height: () => page.locator('iframe').getAttribute('height'), close };
}

test('SharePoint: a frame alone, under a policy for frames', async () => {
  const [snippet = ''] = await snippetsOf('sharepoint');
  const { problems, height, close } = await read(frameOnly(snippet), strict(), '7,312');
  expect([problems, await height()]).toEqual([[], '640']);
  await close();
});

test.each([
  ['confluence', 'sandbox="allow-scripts allow-same-origin"'],
  ['notion', 'sandbox="allow-scripts allow-popups allow-forms allow-same-origin"'],
])('%s: a frame made of an address, in its sandbox', async (guide, sandbox) => {
  const [address = ''] = await snippetsOf(guide);
  const { problems, close } = await read(framed(address, sandbox), strict(), '7,312');
  expect(problems).toEqual([]);
  await close();
});

test('Salesforce: a frame with a ticket, and no script around it', async () => {
  const [snippet = ''] = await snippetsOf('salesforce');
  const { problems, close } = await read(frameOnly(snippet), strict(), 'Cam Demoson');
  expect(problems).toEqual([]);
  await close();
});

test('HubSpot: the frame that the call of a card opens', async () => {
  const [snippet = ''] = await snippetsOf('hubspot');
  const file = join(world.folder, 'card.mjs');
  await writeFile(file, `export default (actions, ticket) => {\n${snippet}};\n`);
  const card: unknown = Reflect.get(await import(pathToFileURL(file).href), 'default');
  const opened: unknown[] = [];
  if (typeof card === 'function') card({ openIframeModal: (what: unknown) => opened.push(what) }, await world.ticket());
  const { uri } = z.parse(z.object({ uri: z.string(), title: z.string(), width: z.int(), height: z.int() }), opened[0]);
  const { problems, close } = await read(framed(uri), strict(), 'Cam Demoson');
  expect(problems).toEqual([]);
  await close();
});

test('WordPress: what is left of the answer of oEmbed, in its sandbox; and a block of an administrator', async () => {
  const [address = '', block = ''] = await snippetsOf('wordpress');
  const page = await (await fetch(address.trim())).text();
  const [, found = ''] = /application\/json\+oembed" href="([^"]*)"/.exec(page) ?? [];
  const answer = OEmbedAnswer.parse(await (await fetch(new URL(found.replaceAll('&amp;', '&'), world.at))).json());
  const left = frameOnly(answer.html)
    .replace(/ sandbox="[^"]*"/, '')
    .replace(
      /<iframe src="([^"]*)"/,
      '<iframe sandbox="allow-scripts" security="restricted" src="$1#?secret=abc" data-secret="abc"',
    );
  const kept = await read(left, strict(), '7,312');
  await kept.close();
  const { problems, height, close } = await read(
    block,
    `default-src 'none'; script-src ${world.at}; frame-src ${world.at}; img-src data:`,
    '7,312',
  );
  await expect.poll(height).not.toBe('640');
  expect(problems).toEqual([]);
  await close();
});

test('mail: a picture without a token or a script, until its snapshot is taken back', async () => {
  const [html = ''] = await snippetsOf('mail');
  const link = await world.keep('Week 27');
  const picture = `${world.at}/embed/funnel.png?snapshot=${link}`;
  const mail = html.replace('LINK', `${world.at}/s/${link}`).replace('PICTURE', picture);
  world.host.show(mail, `default-src 'none'; img-src ${world.at} data:`);
  const { page, problems } = await visit(world.browser, world.host.origin);
  const width = await page.evaluate('document.images[0].decode().then(() => document.images[0].naturalWidth)');
  expect(width).toBe(1920);
  expect(problems).toEqual([]);
  await page.context().close();
  for (const { id } of await world.snapshots.list()) await world.snapshots.revoke(id);
  expect((await fetch(picture)).status).toBe(410);
});
