import { describeIssues } from '@sama/metrics/contracts';
import * as z from 'zod/mini';
import { ConnectorError } from './errors.ts';
import { patiently, REAL_PACE, retryAfterMs, type Pace } from './patience.ts';
import type { Secrets } from './secrets.ts';

/** Who a client is. */
export interface Authorizer {
  /** The `Authorization` header; gets a token where there is none yet. */
  header(signal: AbortSignal | undefined): Promise<string>;
  /** Forgets a token that was refused. False when there is no way to a new one. */
  renew(): boolean;
}

/** An answer as it came. */
export interface HttpAnswer {
  status: number;
  retryAfterMs: number | undefined;
  /** Parsed JSON; undefined when it is none. */
  json: unknown;
  /** What the vendor says, as it may stand in a message. */
  quote(text: string): string;
}

/** What an answer means: `ok`, a token that has `expired`, or an error to throw. */
export type Verdict = 'ok' | 'expired' | ConnectorError;

/** How a vendor is talked to. */
export interface HttpOptions {
  /** The vendor's name, for messages. */
  system: string;
  /** Such as `https://api.hubapi.com`. */
  base: string;
  secrets: Secrets;
  authorizer?: Authorizer;
  pace?: Pace;
  /** What the vendor means by an answer. Default: by the status alone. */
  judge?: (answer: HttpAnswer, place: string) => Verdict;
  /** Milliseconds one request may take, its body included. Default: a minute. */
  timeoutMs?: number;
  /** Most bytes of a body, unpacked. Default: 50 MB. */
  limitBytes?: number;
}

/** One request. */
export interface HttpRequest {
  method: 'GET' | 'PATCH' | 'POST';
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as a form. */
  form?: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
}

/** Most bytes of a body, unpacked, unless a client says otherwise. */
export const BODY_LIMIT = 50_000_000;
const MEGA = 1_000_000;

/** What the status of an answer means where the vendor says no more. */
export function verdictOf({ status, retryAfterMs: waitMs, json, quote }: HttpAnswer, place: string): Verdict {
  if (status >= 200 && status < 300)
    return json === undefined ? new ConnectorError('busy', `${place} answered with half a text.`) : 'ok';
  if (status === 401) return 'expired';
  const said = quote(messageIn(json));
  const text = `${place} answered ${status}${said === '' ? '.' : `: ${said}`}`;
  if (status === 429 || status === 408 || status >= 500) return new ConnectorError('busy', text, { waitMs });
  if (status === 403) return new ConnectorError('forbidden', text);
  return new ConnectorError(status === 404 ? 'not-found' : 'refused', text);
}

const Said = z.object({ message: z.string() });

function messageIn(json: unknown): string {
  const said = Said.safeParse(json);
  return said.success ? said.data.message : '';
}

/**
 * A client of one vendor that waits when it is told to, renews a token once, and reads each answer by a
 * schema. Its errors name the method and path, never the query, a header or a secret.
 */
export class HttpClient {
  readonly #options: HttpOptions;
  readonly #pace: Pace;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#pace = options.pace ?? REAL_PACE;
  }

  async request<T>(schema: z.ZodMiniType<T>, request: HttpRequest): Promise<T> {
    const place = `${this.#options.system}, ${request.method} ${request.path},`;
    const json = await patiently(() => this.#once(request, place), this.#pace, request.signal);
    const read = schema.safeParse(json, { error: z.locales.en().localeError });
    if (!read.success)
      throw new ConnectorError(
        'changed',
        this.#options.secrets.redact(
          `${place} answered in another shape than is read here: ${describeIssues(read.error.issues)}`,
        ),
      );
    return read.data;
  }

  async #once(request: HttpRequest, place: string): Promise<unknown> {
    const { authorizer, judge = verdictOf, secrets, system } = this.#options;
    for (let renewed = false; ; renewed = true) {
      const answer = await this.#send(request, place);
      const verdict = judge(answer, place);
      if (verdict === 'ok') return answer.json;
      if (verdict !== 'expired')
        throw new ConnectorError(verdict.code, secrets.redact(verdict.message), { waitMs: verdict.waitMs });
      if (renewed || authorizer?.renew() !== true)
        throw new ConnectorError(
          'credentials',
          `${system} does not accept the credentials. Check that they are of this account, have not been revoked, and may read its records.`,
        );
    }
  }

  async #send({ method, path, query, body, form, signal }: HttpRequest, place: string): Promise<HttpAnswer> {
    const { base, authorizer, timeoutMs = 60_000, limitBytes = BODY_LIMIT, secrets } = this.#options;
    const url = new URL(path, base);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    const headers = new Headers({ accept: 'application/json' });
    if (authorizer !== undefined) authorize(headers, await authorizer.header(signal), this.#options.system);
    if (body !== undefined) headers.set('content-type', 'application/json');
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, {
        method,
        headers,
        redirect: 'error',
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
      });
      const text = await textOf(response, limitBytes, place);
      return {
        status: response.status,
        retryAfterMs: retryAfterMs(response.headers.get('retry-after'), this.#pace.now()),
        json: parsed(text),
        quote: (said) => secrets.quote(said),
      };
    } catch (error) {
      if (error instanceof ConnectorError) throw error;
      signal?.throwIfAborted();
      // The cause stays away: undici keeps the whole request, headers included, in some of its errors.
      throw new ConnectorError('busy', `${place} did not answer: ${secrets.redact(reasonOf(error))}.`);
    }
  }
}

/** Sets the header. What a header cannot carry is refused by a message of its own, which undici would write the value into. */
function authorize(headers: Headers, value: string, system: string): void {
  try {
    headers.set('authorization', value);
  } catch {
    throw new ConnectorError(
      'credentials',
      `The token of ${system} has characters that no token has. Copy it again, in one line and without quotation marks.`,
    );
  }
}

/** The text of a body, which is left where it exceeds the limit: it may be packed, or have no end. */
export async function textOf({ body }: Response, limitBytes: number, place: string): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const piece of body ?? []) {
    bytes += piece.byteLength;
    if (bytes > limitBytes)
      throw new ConnectorError('changed', `${place} answered with more than ${limitBytes / MEGA} MB.`);
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a request did not come through, in the words of what lies under it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
