import { callbackify } from 'node:util';
import type { Connection, ConnectionConfig } from '@jsforce/jsforce-node';
import { describeIssues } from '@sama/metrics/contracts';
import * as z from 'zod/mini';
import { ConnectorError } from '../port/errors.ts';
import { HttpClient, verdictOf } from '../port/http.ts';
import { patiently, REAL_PACE, type Pace } from '../port/patience.ts';
import { Places } from '../port/places.ts';
import type { Secrets } from '../port/secrets.ts';
import { boundedTransport } from './transport.ts';

/** The names of Salesforce's secrets. Without a refresh token the client signs in with its own credentials. @beta */
export const SALESFORCE_SECRETS = [
  'SAMA_SALESFORCE_CLIENT_ID',
  'SAMA_SALESFORCE_CLIENT_SECRET',
  'SAMA_SALESFORCE_REFRESH_TOKEN',
] as const;

/** How Salesforce is reached. @beta */
export interface SalesforceOptions {
  /** The address of the org, such as `https://acme.my.salesforce.com`. Default: `https://login.salesforce.com`. */
  base?: string | undefined;
  secrets: Secrets;
  pace?: Pace;
}

const VERSION = '62.0';
/** Milliseconds one request may take. */
const TIMEOUT_MS = 60_000;
/** Ids in one `IN (…)`: a longer query does not fit into the address of a request. */
const IDS = 300;

const Scalar = z.nullable(z.union([z.string(), z.number(), z.boolean()]));
/** A record: its fields, and records it refers to. */
const SalesforceRecord = z.record(z.string(), z.union([Scalar, z.record(z.string(), z.unknown())]));
export type SalesforceRecord = z.infer<typeof SalesforceRecord>;

const QueryAnswer = z.object({
  done: z.boolean(),
  nextRecordsUrl: z.optional(z.nullable(z.string())),
  records: z.array(SalesforceRecord),
});

const Description = z.object({
  fields: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      updateable: z.optional(z.boolean()),
      picklistValues: z.optional(z.nullable(z.array(z.object({ value: z.string(), label: z.nullable(z.string()) })))),
    }),
  ),
});
export type SalesforceField = z.infer<typeof Description>['fields'][number];

/** A request to an org. */
interface Asked {
  method: 'GET' | 'PATCH';
  url: string;
  body?: string;
  /** Refused where the record changed since this moment, as HTTP writes it. */
  unchangedSince?: string;
}

const Token = z.object({ access_token: z.string(), instance_url: z.string() });

/** What jsforce throws: the code of Salesforce is its name. */
const Thrown = z.object({ errorCode: z.optional(z.string()), message: z.string() });

/** Salesforce by jsforce: sessions are renewed as they end, limits and faults are waited for as the port does. */
export class SalesforceClient {
  readonly #options: SalesforceOptions;
  readonly #pace: Pace;
  readonly #http: HttpClient;
  #connection: Promise<Connection> | undefined;
  /** Sessions that were refused since the last answer. */
  #renewals = 0;
  /** Why a session could not be renewed: jsforce tells of it in a sentence of its own. */
  #unrenewed: unknown;

  constructor(options: SalesforceOptions) {
    this.#options = options;
    this.#pace = options.pace ?? REAL_PACE;
    const { base = 'https://login.salesforce.com', secrets } = options;
    this.#http = new HttpClient({ system: 'Salesforce', base, secrets, pace: this.#pace, judge: verdictOf });
  }

  /** All records of a query, however many pages they come in. */
  async query(soql: string, signal?: AbortSignal): Promise<SalesforceRecord[]> {
    const found: SalesforceRecord[] = [];
    const places = new Places('Salesforce says that a query has more records, and gives the same place again.');
    let url: string | null | undefined = `/query?q=${encodeURIComponent(soql)}`;
    while (url) {
      const page: z.infer<typeof QueryAnswer> = await this.#ask(QueryAnswer, { method: 'GET', url }, signal);
      found.push(...page.records);
      if (!page.done && !page.nextRecordsUrl)
        throw new ConnectorError('changed', 'Salesforce says that a query has more records, but not where.');
      url = page.done || !page.nextRecordsUrl ? undefined : places.next(onward(page.nextRecordsUrl));
    }
    return found;
  }

  /** The records of a query whose `field` is one of these ids, asked for in parts. */
  async queryOf(
    soql: string,
    field: string,
    ids: readonly string[],
    rest: string,
    signal?: AbortSignal,
  ): Promise<SalesforceRecord[]> {
    const found: SalesforceRecord[] = [];
    for (let from = 0; from < ids.length; from += IDS) {
      const part = ids.slice(from, from + IDS).map(quoteId);
      found.push(...(await this.query(`${soql} ${field} IN (${part.join(',')}) ${rest}`.trim(), signal)));
    }
    return found;
  }

  /** The fields of an object that may be read; undefined where there is no such object. */
  async fields(object: string, signal?: AbortSignal): Promise<SalesforceField[] | undefined> {
    try {
      return (await this.#ask(Description, { method: 'GET', url: `/sobjects/${object}/describe` }, signal)).fields;
    } catch (error) {
      if (error instanceof ConnectorError && (error.code === 'not-found' || error.code === 'forbidden'))
        return undefined;
      throw error;
    }
  }

  /** One record as it stands. */
  async one(object: string, id: string, fields: readonly string[], signal?: AbortSignal): Promise<SalesforceRecord> {
    const url = `/sobjects/${object}/${encodeURIComponent(id)}?fields=${fields.map(encodeURIComponent).join(',')}`;
    return this.#ask(SalesforceRecord, { method: 'GET', url }, signal);
  }

  /** @param unchangedSince the record is left alone, with the error `conflict`, where it changed since this moment. */
  async update(
    object: string,
    id: string,
    values: Readonly<Record<string, string>>,
    unchangedSince: string | undefined,
    signal?: AbortSignal,
  ): Promise<void> {
    const url = `/sobjects/${object}/${encodeURIComponent(id)}`;
    const since = unchangedSince === undefined ? {} : { unchangedSince };
    await this.#ask(z.unknown(), { method: 'PATCH', url, body: JSON.stringify(values), ...since }, signal);
  }

  async #ask<T>(schema: z.ZodMiniType<T>, request: Asked, signal: AbortSignal | undefined): Promise<T> {
    const place = `Salesforce, ${request.method} ${request.url.split('?')[0]},`;
    const answer = await patiently(() => this.#once(request, place, signal), this.#pace, signal);
    const read = schema.safeParse(answer, { error: z.locales.en().localeError });
    if (read.success) return read.data;
    throw new ConnectorError(
      'changed',
      `${place} answered in another shape than is read here: ${describeIssues(read.error.issues)}`,
    );
  }

  async #once(request: Asked, place: string, signal: AbortSignal | undefined): Promise<unknown> {
    const connection = await (this.#connection ??= this.#connect(signal));
    signal?.throwIfAborted();
    try {
      const headers = {
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(request.unchangedSince === undefined ? {} : { 'if-unmodified-since': request.unchangedSince }),
      };
      const limit = AbortSignal.timeout(TIMEOUT_MS);
      const either = signal === undefined ? limit : AbortSignal.any([signal, limit]);
      const { method, url, body } = request;
      const answer = await connection.request<unknown>(
        { method, url, headers, ...(body === undefined ? {} : { body }) },
        { transport: boundedTransport(place, either, this.#options.secrets) },
      );
      this.#renewals = 0;
      return answer;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ConnectorError) throw error;
      const unrenewed = this.#unrenewed;
      this.#unrenewed = undefined;
      throw unrenewed instanceof ConnectorError ? unrenewed : this.#fault(error, place);
    }
  }

  async #connect(signal: AbortSignal | undefined): Promise<Connection> {
    const { secrets } = this.#options;
    const token = await this.#token(signal).catch((error: unknown) => {
      this.#connection = undefined;
      throw error;
    });
    const renew = callbackify(async () => {
      this.#renewals += 1;
      try {
        if (this.#renewals > 1) throw refused();
        return (await this.#token(undefined)).access_token;
      } catch (error) {
        this.#unrenewed = error;
        throw new Error('the session could not be renewed', { cause: error });
      }
    });
    const config: ConnectionConfig = {
      version: VERSION,
      instanceUrl: token.instance_url,
      accessToken: token.access_token,
      logLevel: 'NONE',
      propagators: ['none'],
      refreshFn: (_connection, callback) => renew((error, access) => callback(error, access)),
    };
    secrets.hide(token.access_token);
    // Loaded only here: the other sources do without it.
    const { default: jsforce } = await import('@jsforce/jsforce-node');
    return new jsforce.Connection(config);
  }

  async #token(signal: AbortSignal | undefined): Promise<z.infer<typeof Token>> {
    const { secrets } = this.#options;
    const refresh = secrets.get('SAMA_SALESFORCE_REFRESH_TOKEN');
    const form = {
      client_id: secrets.require('SAMA_SALESFORCE_CLIENT_ID'),
      client_secret: secrets.require('SAMA_SALESFORCE_CLIENT_SECRET'),
      ...(refresh === undefined
        ? { grant_type: 'client_credentials' }
        : { grant_type: 'refresh_token', refresh_token: refresh }),
    };
    try {
      const token = await this.#http.request(Token, { method: 'POST', path: '/services/oauth2/token', form, signal });
      secrets.hide(token.access_token);
      return token;
    } catch (error) {
      if (error instanceof ConnectorError && (error.code === 'refused' || error.code === 'credentials'))
        throw refused();
      throw error;
    }
  }

  /** What a fault of jsforce means. Its `data` is left behind: it may hold the whole answer. */
  #fault(error: unknown, place: string): ConnectorError {
    const thrown = Thrown.safeParse(error);
    const code = thrown.data?.errorCode ?? '';
    const message = this.#options.secrets.quote(thrown.data?.message ?? 'unknown');
    const text = `${place} answered ${code === '' ? message : `${code}: ${message}`}.`;
    if (code === 'REQUEST_LIMIT_EXCEEDED')
      return new ConnectorError(
        'quota',
        `${text} The requests of the last 24 hours are used up. Run the same command again later.`,
      );
    if (BUSY.test(code)) return new ConnectorError('busy', text);
    if (code === 'NOT_FOUND' || code === 'INVALID_TYPE') return new ConnectorError('not-found', text);
    if (code === 'INSUFFICIENT_ACCESS' || code === 'API_DISABLED_FOR_ORG' || code === 'INSUFFICIENT_ACCESS_OR_READONLY')
      return new ConnectorError('forbidden', text);
    if (code === 'INVALID_SESSION_ID') return refused();
    if (code === 'ERROR_HTTP_412' || code === 'PRECONDITION_FAILED') return new ConnectorError('conflict', text);
    // Without a code of Salesforce the request itself did not come through.
    return new ConnectorError(code === '' ? 'busy' : 'refused', text);
  }
}

const BUSY =
  /^(SERVER_UNAVAILABLE|UNABLE_TO_LOCK_ROW|QUERY_TIMEOUT|UNKNOWN_EXCEPTION|TXN_SECURITY_METERING_ERROR|ERROR_HTTP_(408|429|5\d\d))$/;

/** The rest of a query is at the same org. jsforce would take the session to wherever a whole address leads. */
function onward(url: string): string {
  if (/^\/services\/data\/[\w./-]+$/.test(url)) return url;
  throw new ConnectorError('changed', 'Salesforce says that the rest of a query is at another address than its own.');
}

function refused(): ConnectorError {
  return new ConnectorError(
    'credentials',
    'Salesforce does not accept the credentials. Check the connected app, its user, and the address of the org in SAMA_SALESFORCE_URL.',
  );
}

/** An id in a query. Ids are letters and digits; whatever else comes is no id. */
export function quoteId(id: string): string {
  if (!/^[A-Za-z0-9]{15,18}$/.test(id))
    throw new ConnectorError('changed', `Salesforce gave an id that is none: ${id.slice(0, 40)}.`);
  return `'${id}'`;
}

/** A field of a record as text; null where there is nothing. */
export function text(record: SalesforceRecord, field: string): string | null {
  const value = record[field];
  if (value === null || value === undefined || value === '' || typeof value === 'object') return null;
  return String(value);
}
