import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';

/** A page of another origin, and what its own server answers. */
export interface HostPage {
  origin: string;
  /** HTML of the body, and the policy it is served under; told anew for each test. */
  show: (html: string, policy?: string) => void;
  /** What `POST /sama-token` answers. */
  token: () => Promise<string>;
  close: () => void;
}

/** Starts a server of one page. */
export async function hostPage(token: () => Promise<string> = async () => ''): Promise<HostPage> {
  let [html, policy] = ['', ''];
  const made: HostPage = {
    origin: '',
    show: (...said) => ([html, policy = ''] = said),
    token,
    close: () => server.close(),
  };
  const server = createServer(async (request, response) => {
    if (request.method === 'POST' && request.url === '/sama-token') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ v: 1, token: await made.token() }));
      return;
    }
    response.setHeader('content-type', 'text/html');
    if (policy !== '') response.setHeader('content-security-policy', policy);
    response.end(`<!doctype html><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">${html}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  made.origin = `http://127.0.0.1:${portOf(server.address())}`;
  return made;
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0;

/** Opens an address in a browser of its own, and gathers what goes wrong. */
export async function visit(
  browser: Browser,
  url: string,
  javaScriptEnabled = true,
): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ javaScriptEnabled });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    // What a browser asks for by itself is no problem of the page.
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(url, { waitUntil: 'load' });
  return { page, problems };
}
