import { fileURLToPath } from 'node:url';
import { FUNNEL_JSON } from './snippets.ts';
import { fileReply, serve, type WebServer } from './web-server.ts';

/** The built files of the elements, as a page would copy them beside itself. */
const CDN = fileURLToPath(new URL('../../../packages/elements/dist/cdn', import.meta.url));

/** A host page with its own web server. */
export interface Host extends WebServer {
  /** Puts this body on the page at `/`, under this content security policy when there is one. */
  show(body: string, policy?: string): void;
}

function document(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A host page</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`;
}

/** Starts a web server that has one page, `funnel.json` and, under `/cdn/`, the elements. */
export async function startHost(): Promise<Host> {
  let page = document('');
  let policy: string | undefined;
  const server = await serve(async (path) => {
    if (path === '/') return { type: 'text/html; charset=utf-8', body: page, policy };
    if (path === '/funnel.json') return { type: 'application/json', body: FUNNEL_JSON };
    return path.startsWith('/cdn/') ? fileReply(CDN, path.slice('/cdn/'.length)) : undefined;
  });
  return {
    ...server,
    show(body, newPolicy) {
      page = document(body);
      policy = newPolicy;
    },
  };
}
