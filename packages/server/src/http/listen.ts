import { createServer, IncomingMessage, ServerResponse, type Server } from 'node:http';
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server';

/** Answers a request; `wire` is what it came by. @beta */
export type Fetch = (request: Request, wire: Partial<HttpBindings>) => Response | Promise<Response>;

/** A server that listens. @beta */
export interface Listening {
  port: number;
  /** Stops taking requests, lets running ones end for up to `graceMs` (default 3 000), then ends them. */
  close(graceMs?: number): Promise<void>;
}

/** How long clients may take. @beta */
export interface Patience {
  /** Milliseconds until the head of a request is there. Default: 10 000. */
  headMs?: number;
  /** Milliseconds until its body is there; of a file to import, between two parts of it. Default: 15 000. */
  bodyMs?: number;
  /** Milliseconds between two looks for heads that are late. Default: 1 000. */
  lookMs?: number;
}

/** A port that another program holds. @beta */
export class PortInUseError extends Error {
  readonly port: number;
  constructor(port: number) {
    super(`Port ${port} is in use. Stop the program that holds it or choose another port: PORT=${port + 10}`);
    this.name = 'PortInUseError';
    this.port = port;
  }
}

/**
 * Serves an application on one address; without one on 127.0.0.1, and on ::1 where the machine has it,
 * so that `localhost` reaches it either way. Port 0 takes a free one.
 *
 * @throws PortInUseError when the port is taken.
 * @beta
 */
export async function listen(
  fetch: Fetch,
  port: number,
  host?: string,
  { headMs = 10_000, bodyMs = 15_000, lookMs = 1_000 }: Patience = {},
): Promise<Listening> {
  const start = (at: number, host: string): Promise<Server> => {
    const handler = getRequestListener((request, wire) => fetch(request, plainly(wire)), {
      overrideGlobalObjects: false,
      errorHandler: () => new Response('The request could not be read.\n', { status: 400 }),
    });
    const limits = {
      headersTimeout: headMs,
      requestTimeout: 0,
      connectionsCheckingInterval: lookMs,
      keepAliveTimeout: KEEP_MS,
    };
    const server = createServer(limits, (request, response) => {
      hurry(request, bodyMs);
      void handler(request, response);
    });
    server.maxConnections = MOST_CONNECTIONS;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port: at, host, exclusive: true }, () => {
        server.off('error', reject);
        resolve(server);
      });
    });
  };

  const first = await start(port, host === undefined || host === 'localhost' ? '127.0.0.1' : host).catch(
    (error: unknown) => {
      throw codeOf(error) === 'EADDRINUSE' ? new PortInUseError(port) : error;
    },
  );
  const address = first.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  const servers = [first];
  try {
    if (host === undefined || host === 'localhost') servers.push(await start(taken, '::1'));
  } catch (error) {
    const code = codeOf(error);
    const absent = code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT' || code === 'EINVAL';
    if (!absent && port !== 0) {
      await stop(first, 0);
      throw code === 'EADDRINUSE' ? new PortInUseError(port) : error;
    }
  }
  return {
    port: taken,
    close: async (graceMs = 3000) => {
      await Promise.all(servers.map((server) => stop(server, graceMs)));
    },
  };
}

/** Proxies keep connections for a minute. */
const KEEP_MS = 65_000;
/** A file to import may take so long as a whole. */
const FILE_MS = 3_600_000;
const MOST_CONNECTIONS = 10_000;

/** Ends a request whose body comes so slowly that it could only be meant to hold a place. */
function hurry(request: IncomingMessage, bodyMs: number): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if ((length === undefined || length === '0') && encoding === undefined) return;
  const isFile = /^\/imports\/[^/]+\/content$/.test(request.url ?? '');
  const late = setTimeout(() => request.destroy(), isFile ? FILE_MS : bodyMs).unref();
  if (isFile) request.setTimeout(bodyMs, () => request.destroy());
  const over = (): void => clearTimeout(late);
  request.once('end', over).once('close', over);
}

const plainly = ({ incoming, outgoing }: HttpBindings | Http2Bindings): Partial<HttpBindings> =>
  incoming instanceof IncomingMessage && outgoing instanceof ServerResponse ? { incoming, outgoing } : {};

/** Milliseconds between two looks for connections whose last answer is out: they would be kept open for another. */
const LOOK_MS = 50;

function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), LOOK_MS);
    const end = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(end);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
