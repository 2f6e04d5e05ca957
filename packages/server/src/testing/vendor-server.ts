import { onTestFinished } from 'vitest';
import { listen } from '../http/listen.ts';

/** A request as a vendor's fake sees it. */
export interface VendorRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  /** The text of the body. */
  body: string;
}

/** Answers some requests instead of the fake: a limit, a fault, half a text. */
export type Fault = (request: VendorRequest) => Response | undefined;

/** A server on this machine that answers in a vendor's place. */
export class VendorServer {
  readonly url: string;
  /** Everything that was asked, in order: method and path. */
  readonly asked: string[] = [];
  /** Asked before every answer; taken off once it has answered. */
  readonly faults: Fault[] = [];

  private constructor(url: string) {
    this.url = url;
  }

  static async open(answer: (request: VendorRequest) => Response | Promise<Response>): Promise<VendorServer> {
    let server: VendorServer | undefined;
    const listening = await listen(async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      const one = {
        method: request.method,
        path: pathname,
        query: searchParams,
        headers: request.headers,
        body: await request.text(),
      };
      server?.asked.push(`${one.method} ${one.path}`);
      for (const [index, fault] of (server?.faults ?? []).entries()) {
        const instead = fault(one);
        if (instead === undefined) continue;
        server?.faults.splice(index, 1);
        return instead;
      }
      return answer(one);
    }, 0);
    server = new VendorServer(`http://127.0.0.1:${listening.port}`);
    onTestFinished(() => listening.close(0));
    return server;
  }
}

/** An answer in JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(value, { status, headers });
}
