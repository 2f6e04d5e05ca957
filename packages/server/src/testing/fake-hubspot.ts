import type { AssociationSpecWithLabel } from '@hubspot/api-client/lib/codegen/crm/associations/v4/models/AssociationSpecWithLabel.js';
import type { ModelError } from '@hubspot/api-client/lib/codegen/crm/contacts/models/ModelError.js';
import type { SimplePublicObject } from '@hubspot/api-client/lib/codegen/crm/contacts/models/SimplePublicObject.js';
import type { PublicOwner } from '@hubspot/api-client/lib/codegen/crm/owners/models/PublicOwner.js';
import type { Pipeline } from '@hubspot/api-client/lib/codegen/crm/pipelines/models/Pipeline.js';
import type { Property } from '@hubspot/api-client/lib/codegen/crm/properties/models/Property.js';
import * as z from 'zod/mini';
import { json, VendorServer, type VendorRequest } from './vendor-server.ts';

/** A type of HubSpot's client as it crosses the wire: moments are texts. */
type Wire<T> = T extends Date
  ? string
  : T extends (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T;

type WireProperty = Pick<Wire<Property>, 'name' | 'label' | 'type'> & {
  options?: { label: string; value: string }[];
};
type WirePipeline = Pick<Wire<Pipeline>, 'id' | 'label'> & {
  stages: { id: string; label: string; metadata: Record<string, string> }[];
};

type WireSpec = Omit<Wire<AssociationSpecWithLabel>, 'category'> & {
  category: `${AssociationSpecWithLabel['category']}`;
};

/** Something the account knows: what its properties are, and what they were, oldest first. */
export interface FakeRecord {
  id: string;
  modified: string;
  properties: Record<string, string | null>;
  history?: Record<string, [value: string, at: string][]>;
  /** Ids by object. The first is the primary one. */
  links?: Record<string, string[]>;
}

const Search = z.object({
  filterGroups: z.array(
    z.object({
      filters: z.array(z.object({ propertyName: z.string(), operator: z.string(), value: z.string() })),
    }),
  ),
  sorts: z.array(z.object({ propertyName: z.string(), direction: z.string() })),
  properties: z.optional(z.array(z.string())),
  limit: z.int(),
  after: z.optional(z.string()),
});
const Batch = z.object({
  inputs: z.array(z.object({ id: z.string() })),
  properties: z.optional(z.array(z.string())),
  propertiesWithHistory: z.optional(z.array(z.string())),
});
const Update = z.object({ properties: z.record(z.string(), z.string()) });

const READ_AT = '2026-06-01T00:00:00.000Z';

/** An account of HubSpot. Its state may be changed between requests. */
export class FakeHubSpot {
  readonly token = 'pat-eu1-0f5c3a1e-fake-private-app-token';
  readonly clientSecret = 'client-secret-9f8e7d6c';
  readonly refreshToken = 'refresh-token-1a2b3c4d';
  readonly objects: Record<string, FakeRecord[]> = { contacts: [], companies: [], deals: [], leads: [] };
  readonly properties: Record<string, WireProperty[]> = {};
  readonly pipelines: Record<string, WirePipeline[]> = {};
  owners: Pick<Wire<PublicOwner>, 'id' | 'email'>[] = [];
  /** Objects the edition does not have. */
  readonly missing = new Set<string>();
  /** Access tokens that were given out; one that is taken off has expired. */
  readonly sessions = new Set<string>();
  /** Search pages hold half of what was asked. */
  halfPages = false;
  /** Results a search can be paged to; HubSpot's own limit unless a test has less patience. */
  searchEnd = 10_000;
  /** Properties a workflow of the account sets back when they are written. */
  readonly stubborn: Record<string, string> = {};
  /** Ids of records that were merged, and the id of what they were merged into. */
  readonly merged = new Map<string, string>();
  readonly server: VendorServer;
  #given = 0;

  private constructor(server: VendorServer) {
    this.server = server;
  }

  static async open(): Promise<FakeHubSpot> {
    let account: FakeHubSpot | undefined;
    const server = await VendorServer.open((request) =>
      account === undefined ? json({}, 503) : account.#answer(request),
    );
    account = new FakeHubSpot(server);
    return account;
  }

  #answer(request: VendorRequest): Response {
    if (request.path === '/oauth/v1/token') return this.#exchange(request);
    const [, token] = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
    if (token !== this.token && !this.sessions.has(token ?? ''))
      return problem(401, 'EXPIRED_AUTHENTICATION', `The OAuth token used to make this call expired: ${token}`);
    const [, , , kind = '', object = '', ...rest] = request.path.split('/');
    if (request.path === '/account-info/v3/details') return json({ portalId: 1, companyCurrency: 'EUR' });
    if (this.missing.has(object) || this.missing.has(kind))
      return problem(403, 'MISSING_SCOPES', 'This app has not the scopes');
    if (kind === 'properties') return json({ results: this.properties[object] ?? [] });
    if (kind === 'pipelines') return json({ results: this.pipelines[object] ?? [] });
    if (kind === 'owners') return this.#owners(request);
    if (kind === 'associations') return this.#associations(object, rest[0] ?? '', request);
    if (rest[0] === 'search') return this.#search(object, request);
    if (rest[0] === 'batch') return this.#batch(object, request);
    const record = this.#find(object, decodeURIComponent(rest[0] ?? ''));
    if (record === undefined) return problem(404, 'OBJECT_NOT_FOUND', 'resource not found');
    if (request.method === 'PATCH') return this.#update(object, record, request);
    const named = (list: string): string[] => (request.query.get(list) ?? '').split(',').filter((name) => name !== '');
    return json(shown(record, named('properties'), named('propertiesWithHistory')));
  }

  #exchange({ body }: VendorRequest): Response {
    const form = new URLSearchParams(body);
    if (form.get('refresh_token') !== this.refreshToken || form.get('client_secret') !== this.clientSecret)
      return problem(400, 'BAD_REFRESH_TOKEN', `missing or invalid refresh token ${form.get('refresh_token')}`);
    this.#given += 1;
    const access = `access-token-number-${this.#given}`;
    this.sessions.add(access);
    return json({ access_token: access, refresh_token: this.refreshToken, expires_in: 1800, token_type: 'bearer' });
  }

  #owners({ query }: VendorRequest): Response {
    if (query.get('archived') === 'true') return json({ results: [] });
    const from = Number(query.get('after') ?? 0);
    const results = this.owners.slice(from, from + 1);
    const more = from + 1 < this.owners.length;
    return json({ results, ...(more ? { paging: { next: { after: String(from + 1) } } } : {}) });
  }

  #search(object: string, { body }: VendorRequest): Response {
    const { filterGroups, sorts, limit, properties = [], after = '0' } = Search.parse(JSON.parse(body));
    if (limit > 200 || filterGroups.length > 5 || filterGroups.some(({ filters }) => filters.length > 6))
      return problem(400, 'VALIDATION_ERROR', 'Invalid input JSON');
    if (Number(after) + limit > this.searchEnd)
      return problem(400, 'VALIDATION_ERROR', `The after parameter may not go beyond ${this.searchEnd}`);
    const valueOf = (record: FakeRecord, name: string): number | undefined =>
      name === 'hs_object_id'
        ? Number(record.id)
        : name === (object === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate')
          ? Date.parse(record.modified)
          : undefined;
    const fits = (record: FakeRecord): boolean =>
      filterGroups.some(({ filters }) =>
        filters.every(({ propertyName, operator, value }) => {
          // The search of HubSpot takes capitals for small letters.
          if (operator === 'EQ') return record.properties[propertyName]?.toLowerCase() === value.toLowerCase();
          const own = valueOf(record, propertyName);
          if (own === undefined) return false;
          if (operator === 'GT') return own > Number(value);
          if (operator === 'GTE') return own >= Number(value);
          return operator === 'LT' && own < Number(value);
        }),
      );
    const found = (this.objects[object] ?? []).filter(fits);
    if (sorts[0]?.propertyName === 'hs_object_id') found.sort((a, b) => Number(a.id) - Number(b.id));
    const size = this.halfPages ? Math.ceil(limit / 2) : limit;
    const page = found.slice(Number(after), Number(after) + size);
    const next = Number(after) + page.length;
    return json({
      total: found.length,
      results: page.map((record) => shown(record, properties, [])),
      ...(next < found.length ? { paging: { next: { after: String(next) } } } : {}),
    });
  }

  #batch(object: string, { body }: VendorRequest): Response {
    const { inputs, properties = [], propertiesWithHistory = [] } = Batch.parse(JSON.parse(body));
    if (inputs.length > (propertiesWithHistory.length > 0 ? 50 : 100))
      return problem(400, 'VALIDATION_ERROR', 'The number of inputs is too large');
    // Some that were merged come as one.
    const found = [...new Set(inputs.flatMap(({ id }) => this.#find(object, id) ?? []))];
    const missing = inputs.filter(({ id }) => this.#find(object, id) === undefined).map(({ id }) => id);
    const answer = {
      status: 'COMPLETE',
      results: found.map((record) => shown(record, properties, propertiesWithHistory)),
      startedAt: READ_AT,
      completedAt: READ_AT,
    };
    if (missing.length === 0) return json(answer);
    const errors = [
      {
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        message: 'Could not get some objects',
        context: { ids: missing },
      },
    ];
    return json({ ...answer, numErrors: 1, errors }, 207);
  }

  #associations(from: string, to: string, { body }: VendorRequest): Response {
    const { inputs } = Batch.parse(JSON.parse(body));
    const spec = (first: boolean): WireSpec[] => [
      { typeId: first ? 5 : 341, category: 'HUBSPOT_DEFINED', ...(first ? { label: 'Primary' } : {}) },
    ];
    const results = inputs.flatMap(({ id }) => {
      const ids = this.#find(from, id)?.links?.[to] ?? [];
      if (ids.length === 0) return [];
      // The primary one comes last here: its label counts, not its place.
      const list = ids
        .map((one, index) => ({ toObjectId: Number(one), associationTypes: spec(index === 0) }))
        .toReversed();
      return [{ from: { id }, to: list }];
    });
    return json({ status: 'COMPLETE', results, startedAt: READ_AT, completedAt: READ_AT });
  }

  #update(object: string, record: FakeRecord, { body }: VendorRequest): Response {
    const { properties } = Update.parse(JSON.parse(body));
    for (const [name, value] of Object.entries(properties)) {
      const known = this.properties[object]?.find((property) => property.name === name);
      if (known === undefined) return problem(400, 'VALIDATION_ERROR', `Property "${name}" does not exist`);
      if (known.options !== undefined && !known.options.some((option) => option.value === value))
        return problem(400, 'VALIDATION_ERROR', `${value} was not one of the allowed options`);
    }
    changeRecord(record, { ...properties, ...this.stubborn });
    return json(shown(record, Object.keys(properties), []));
  }

  #find(object: string, id: string): FakeRecord | undefined {
    const now = this.merged.get(id) ?? id;
    return this.objects[object]?.find((record) => record.id === now);
  }
}

/** Changes a record as somebody does who works in the account: it has a new moment, and its values a past. */
export function changeRecord(record: FakeRecord, values: Readonly<Record<string, string>>): void {
  record.modified = new Date(Date.parse(record.modified) + 1).toISOString();
  for (const [name, value] of Object.entries(values)) {
    record.history ??= {};
    const before = record.properties[name];
    const past = (record.history[name] ??= before ? [[before, READ_AT]] : []);
    past.push([value, record.modified]);
    record.properties[name] = value;
  }
}

function problem(status: number, category: string, message: string): Response {
  const body: Wire<ModelError> = { message, category, correlationId: '5d8e1f2a-fake' };
  return json({ status: 'error', ...body }, status);
}

/** A record as HubSpot shows it: texts only, the newest past value first. */
function shown(record: FakeRecord, properties: readonly string[], history: readonly string[]) {
  const own: Record<string, string | null> = { ...record.properties, hs_object_id: record.id };
  const past = history.map((name) => [
    name,
    (record.history?.[name] ?? [])
      .map(([value, timestamp]) => ({ value, timestamp, sourceType: 'CRM_UI' }))
      .toReversed(),
  ]);
  const result: Omit<Wire<SimplePublicObject>, 'propertiesWithHistory' | 'properties'> = {
    id: record.id,
    createdAt: READ_AT,
    updatedAt: record.modified,
    archived: false,
  };
  return {
    ...result,
    properties: Object.fromEntries(properties.map((name) => [name, own[name] ?? null])),
    ...(history.length === 0 ? {} : { propertiesWithHistory: Object.fromEntries(past) }),
  };
}
