import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

/** What a path is answered with. */
export interface Reply {
  type: string;
  body: string | Uint8Array;
  /** Content security policy. */
  policy?: string | undefined;
  /** Whether a browser may keep it. */
  cached?: boolean;
}

export interface WebServer {
  origin: string;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The file of a folder that a path names; undefined when there is none. */
export async function fileReply(folder: string, path: string): Promise<Reply | undefined> {
  const file = normalize(join(folder, path));
  if (!file.startsWith(normalize(folder + sep))) return undefined;
  const body = await readFile(file).catch(() => undefined);
  return body === undefined
    ? undefined
    : { type: TYPES[extname(file)] ?? 'application/octet-stream', body, cached: true };
}

/** A web server on a free port of this machine, for tests. What `answer` has nothing for is 404. */
export async function serve(answer: (path: string) => Promise<Reply | undefined>): Promise<WebServer> {
  const server = createServer((request, response) => {
    void answer(new URL(request.url ?? '/', 'http://localhost').pathname).then((reply) => {
      if (reply === undefined) return response.writeHead(404).end();
      if (reply.policy !== undefined) response.setHeader('Content-Security-Policy', reply.policy);
      return response
        .setHeader('Cache-Control', reply.cached === true ? 'max-age=600' : 'no-store')
        .setHeader('Content-Type', reply.type)
        .end(reply.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the test server has no port');
  return {
    origin: `http://localhost:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
