import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { FUNNEL_JSON } from './snippets.ts';

/** The built files of the elements, as a page would copy them beside itself. */
const CDN = fileURLToPath(new URL('../../../packages/elements/dist/cdn/', import.meta.url));

/** A host page's own small web server. */
export interface Host {
  origin: string;
  /** Puts this body on the page at `/`, under this content security policy when there is one. */
  show(body: string, policy?: string): void;
  close(): Promise<void>;
}

function document(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A host page</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`;
}

/** The port a server listens on, asked of the system. */
async function listenAnywhere(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the host page has no port');
  return address.port;
}

/** Starts a web server that has one page, `funnel.json` and, under `/cdn/`, the elements. */
export async function startHost(): Promise<Host> {
  let page = document('');
  let pagePolicy: string | undefined;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://host').pathname;
    const script = /^\/cdn\/([\w.-]+\.js)$/.exec(path)?.[1];
    if (path === '/') {
      if (pagePolicy !== undefined) response.setHeader('Content-Security-Policy', pagePolicy);
      response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
    } else if (path === '/funnel.json') {
      response.setHeader('Content-Type', 'application/json').end(FUNNEL_JSON);
    } else if (script !== undefined) {
      readFile(CDN + script).then(
        (code) => response.setHeader('Content-Type', 'text/javascript').end(code),
        () => response.writeHead(404).end(),
      );
    } else {
      response.writeHead(404).end();
    }
  });
  const port = await listenAnywhere(server);
  return {
    origin: `http://localhost:${port}`,
    show(body, policy) {
      page = document(body);
      pagePolicy = policy;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
