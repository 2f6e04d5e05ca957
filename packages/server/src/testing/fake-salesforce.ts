import type { QueryResult, Record as SalesforceRecord } from '@jsforce/jsforce-node';
import * as z from 'zod/mini';
import { json, VendorServer, type VendorRequest } from './vendor-server.ts';

type Value = string | number | boolean | null | { Name: string };
/** A record of an org. Days are `YYYY-MM-DD`, moments end in `+0000`. */
export type FakeSObject = Record<string, Value>;

const VALUE = z.record(z.string(), z.string());

/** An org of Salesforce that understands the queries a connector asks. */
export class FakeSalesforce {
  readonly clientSecret = 'salesforce-client-secret-77';
  readonly refreshToken = '5Aep861-refresh-token';
  readonly objects: Record<string, FakeSObject[]> = {};
  /** Objects with their fields and the type of each. */
  readonly described: Record<string, Record<string, string>> = {};
  /** Values of picklists, by `Object.Field`. */
  readonly picklists: Record<string, string[]> = {};
  readonly sessions = new Set<string>();
  /** Records in one page of an answer, whatever the query asks for. */
  pageSize = 2000;
  /** Fields a flow of the org sets back when a record is written. */
  readonly stubborn: FakeSObject = {};
  readonly server: VendorServer;
  #given = 0;
  readonly #locators = new Map<string, SalesforceRecord[]>();

  private constructor(server: VendorServer) {
    this.server = server;
  }

  static async open(): Promise<FakeSalesforce> {
    let org: FakeSalesforce | undefined;
    const server = await VendorServer.open((request) => (org === undefined ? json({}, 503) : org.#answer(request)));
    org = new FakeSalesforce(server);
    return org;
  }

  #answer(request: VendorRequest): Response {
    if (request.path === '/services/oauth2/token') return this.#exchange(request);
    const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
    if (!this.sessions.has(token)) return fault(401, 'INVALID_SESSION_ID', `Session expired or invalid: ${token}`);
    const [, , , , kind = '', object = '', id = ''] = request.path.split('/');
    if (kind === 'query') return object === '' ? this.#query(request.query.get('q') ?? '') : this.#more(object);
    const fields = this.described[object];
    if (fields === undefined) return fault(404, 'NOT_FOUND', 'The requested resource does not exist');
    if (id === 'describe') return json({ name: object, fields: this.#describe(object, fields) });
    const record = this.objects[object]?.find((one) => one['Id'] === id);
    if (record === undefined)
      return fault(404, 'NOT_FOUND', 'Provided external ID field does not exist or is not accessible');
    if (request.method === 'PATCH') return this.#update(object, record, request);
    return json(shown(object, record, (request.query.get('fields') ?? '').split(',')));
  }

  #exchange({ body }: VendorRequest): Response {
    const form = new URLSearchParams(body);
    const right = form.get('grant_type') === 'client_credentials' || form.get('refresh_token') === this.refreshToken;
    if (!right || form.get('client_secret') !== this.clientSecret)
      return json(
        { error: 'invalid_grant', error_description: `expired access/refresh token ${form.get('refresh_token')}` },
        400,
      );
    this.#given += 1;
    const token = `00D-session-number-${this.#given}`;
    this.sessions.add(token);
    return json({ access_token: token, instance_url: this.server.url, token_type: 'Bearer' });
  }

  #describe(object: string, fields: Record<string, string>) {
    return Object.entries(fields).map(([name, type]) => ({
      name,
      type,
      label: name,
      updateable: name !== 'Id',
      picklistValues: (this.picklists[`${object}.${name}`] ?? []).map((value) => ({
        value,
        label: value,
        active: true,
      })),
    }));
  }

  /** `SELECT … FROM … [WHERE … AND …] [ORDER BY …] [LIMIT …]`, as far as it is asked here. */
  #query(soql: string): Response {
    const parts = /^SELECT (.+?) FROM (\w+)(?: WHERE (.+?))?(?: ORDER BY (.+?))?(?: LIMIT (\d+))?$/.exec(soql);
    if (parts === null || soql.length > 16_000)
      return fault(400, 'MALFORMED_QUERY', `unexpected token: ${soql.slice(0, 40)}`);
    const [, select = '', object = '', where, order, limit] = parts;
    const fields = select.split(',').map((name) => name.trim());
    const known = this.described[object];
    if (known === undefined) return fault(400, 'INVALID_TYPE', `sObject type '${object}' is not supported`);
    const missing = fields.find((name) => !name.includes('.') && !(name in known));
    if (missing !== undefined) return fault(400, 'INVALID_FIELD', `No such column '${missing}' on entity '${object}'`);
    const conditions = where?.split(' AND ') ?? [];
    const found = (this.objects[object] ?? []).filter((record) =>
      conditions.every((condition) => holds(record, condition)),
    );
    for (const name of (order ?? '')
      .split(',')
      .map((one) => one.trim())
      .toReversed())
      if (name !== '')
        found.sort((a, b) => (String(a[name]) < String(b[name]) ? -1 : String(a[name]) > String(b[name]) ? 1 : 0));
    return this.#page(
      found.slice(0, limit === undefined ? Infinity : Number(limit)).map((record) => shown(object, record, fields)),
    );
  }

  #page(records: SalesforceRecord[], total = records.length): Response {
    const [page, rest] = [records.slice(0, this.pageSize), records.slice(this.pageSize)];
    const answer: QueryResult<SalesforceRecord> = { totalSize: total, done: rest.length === 0, records: page };
    if (rest.length > 0) {
      const locator = `01g${this.#locators.size}-${this.pageSize}`;
      this.#locators.set(locator, rest);
      answer.nextRecordsUrl = `/services/data/v62.0/query/${locator}`;
    }
    return json(answer, 200, { 'Sforce-Limit-Info': 'api-usage=18/5000' });
  }

  #more(locator: string): Response {
    const rest = this.#locators.get(locator);
    return rest === undefined ? fault(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator') : this.#page(rest);
  }

  #update(object: string, record: FakeSObject, { body, headers }: VendorRequest): Response {
    const values = VALUE.parse(JSON.parse(body));
    const since = Date.parse(headers.get('if-unmodified-since') ?? '');
    if (Date.parse(String(record['SystemModstamp'])) > since) return new Response(null, { status: 412 });
    if (record['IsConverted'] === true)
      return fault(400, 'CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
    for (const [name, value] of Object.entries(values)) {
      const allowed = this.picklists[`${object}.${name}`];
      if (!(name in (this.described[object] ?? {}))) return fault(400, 'INVALID_FIELD', `No such column '${name}'`);
      if (allowed !== undefined && !allowed.includes(value))
        return fault(
          400,
          'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
          `bad value for restricted picklist field: ${value}`,
        );
    }
    Object.assign(record, values, this.stubborn);
    return new Response(null, { status: 204 });
  }
}

function fault(status: number, errorCode: string, message: string): Response {
  return json([{ errorCode, message }], status);
}

/** Whether a record fits `Field op literal` or `Field IN (…)`. */
function holds(record: FakeSObject, condition: string): boolean {
  const [, name = '', op = '', right = ''] = /^([\w.]+) (<|>=|>|=|IN) ?(.+)$/.exec(condition.trim()) ?? [];
  const own = record[name];
  if (own === null || own === undefined) return false;
  if (op === 'IN') return [...right.matchAll(/'([^']*)'/g)].some(([, value]) => value === String(own));
  const literal = right.replace(/^'(.*)'$/, '$1');
  const [a, b] = /^\d{4}-.*T/.test(literal) ? [Date.parse(String(own)), Date.parse(literal)] : [String(own), literal];
  if (op === '<') return a < b;
  if (op === '>') return a > b;
  return op === '=' ? a === b : a >= b;
}

function shown(type: string, record: FakeSObject, fields: readonly string[]): SalesforceRecord {
  const own = fields.map((name) => {
    const [head = name] = name.split('.');
    return [head, record[head] ?? null];
  });
  return {
    attributes: { type, url: `/services/data/v62.0/sobjects/${type}/${String(record['Id'])}` },
    ...Object.fromEntries(own),
  };
}
