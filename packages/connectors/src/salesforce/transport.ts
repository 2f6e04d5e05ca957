import { PassThrough } from 'node:stream';
import { ConnectorError } from '../port/errors.ts';
import { BODY_LIMIT, reasonOf, textOf } from '../port/http.ts';
import type { Secrets } from '../port/secrets.ts';

/** A request as jsforce makes it. */
interface Request {
  url: string;
  method: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | null;
}

/** An answer as jsforce reads it. */
interface Answer {
  statusCode: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What carries requests for jsforce. */
interface Transport {
  httpRequest(request: Request): Promise<Answer> & { stream: () => PassThrough };
}

/**
 * Carries the requests of jsforce. Its own transport knows no signals and reads a body to its end, however long that is;
 * this one leaves it where it exceeds the limit, or when the signal aborts, and follows no redirect: jsforce would, with
 * the session, to another host too.
 *
 * @param place what is asked, for messages.
 */
export function boundedTransport(
  place: string,
  signal: AbortSignal,
  secrets: Secrets,
  limitBytes: number = BODY_LIMIT,
): Transport {
  const send = async ({ url, method, headers = {}, body }: Request): Promise<Answer> => {
    try {
      const response = await fetch(url, {
        method,
        headers,
        redirect: 'manual',
        signal,
        ...(body === undefined || body === null ? {} : { body }),
      });
      if (response.status >= 300 && response.status < 400 && response.headers.has('location')) {
        await response.body?.cancel();
        throw elsewhere(place);
      }
      return {
        statusCode: response.status,
        headers: Object.fromEntries(response.headers),
        body: await textOf(response, limitBytes, place),
      };
    } catch (error) {
      if (error instanceof ConnectorError) throw error;
      throw new ConnectorError('busy', `${place} did not answer: ${secrets.redact(reasonOf(error))}.`);
    }
  };
  return {
    // It offers answers as streams too, which nobody reads here.
    httpRequest: (request) => Object.assign(send(request), { stream: () => new PassThrough() }),
  };
}

function elsewhere(place: string): ConnectorError {
  return new ConnectorError(
    'changed',
    `${place} was sent on to another address, which is not followed. Check the address of the org in SAMA_SALESFORCE_URL.`,
  );
}
