import { json, VendorServer, type VendorRequest } from './vendor-server.ts';

/** Something somebody did, as Marketo tells of it. */
export interface FakeActivity {
  id: number;
  leadId: number;
  at: string;
  kind: number;
  subject?: string;
  attributes?: Record<string, string>;
}

/** An instance of Marketo. Every answer comes with status 200, failures too. */
export class FakeMarketo {
  readonly clientSecret = 'marketo-client-secret-55';
  readonly types = new Map<number, string>();
  readonly fields: { name: string; label: string; type: string }[] = [];
  readonly leads = new Map<number, Record<string, string | number | null>>();
  activities: FakeActivity[] = [];
  readonly sessions = new Set<string>();
  /** Activities looked through for one page, whatever their kind. */
  pageSize = 300;
  /** Tokens of places, which an instance forgets after some time. */
  readonly places = new Map<string, number>();
  readonly server: VendorServer;
  #given = 0;

  private constructor(server: VendorServer) {
    this.server = server;
  }

  static async open(): Promise<FakeMarketo> {
    let instance: FakeMarketo | undefined;
    const server = await VendorServer.open((request) =>
      instance === undefined ? json({}, 503) : instance.#answer(request),
    );
    instance = new FakeMarketo(server);
    return instance;
  }

  #answer({ path, query, headers }: VendorRequest): Response {
    if (path === '/identity/oauth/token') {
      if (query.get('client_secret') !== this.clientSecret)
        return json(
          { error: 'invalid_client', error_description: `Bad client credentials ${query.get('client_secret')}` },
          401,
        );
      this.#given += 1;
      const token = `marketo-token-${this.#given}:sj`;
      this.sessions.add(token);
      return json({ access_token: token, token_type: 'bearer', expires_in: 3599, scope: 'api@example.com' });
    }
    const token = headers.get('authorization')?.replace('Bearer ', '') ?? '';
    if (!this.sessions.has(token)) return failure('602', `Access token expired ${token}`);
    if (path.endsWith('/activities/types.json'))
      return success({
        result: [...this.types].map(([id, name]) => ({ id, name, description: name, attributes: [] })),
      });
    if (path.endsWith('/leads/describe.json'))
      return success({
        result: this.fields.map(({ name, label, type }, id) => ({
          id,
          displayName: label,
          dataType: type,
          rest: { name, readOnly: false },
        })),
      });
    if (path.endsWith('/pagingtoken.json')) {
      const since = Date.parse(query.get('sinceDatetime') ?? '');
      const sorted = this.#sorted();
      const from = sorted.findIndex(({ at }) => Date.parse(at) >= since);
      return success({ nextPageToken: this.#place(from === -1 ? sorted.length : from) });
    }
    if (path.endsWith('/activities.json')) return this.#page(query);
    if (path.endsWith('/leads.json')) return this.#leads(query);
    return failure('610', 'Requested resource not found');
  }

  #page(query: URLSearchParams): Response {
    const from = this.places.get(query.get('nextPageToken') ?? '');
    const kinds = (query.get('activityTypeIds') ?? '').split(',').map(Number);
    if (kinds.length > 10) return failure('1003', 'Too many activity types');
    if (from === undefined) return failure('1077', 'Invalid paging token');
    const looked = this.#sorted().slice(from, from + this.pageSize);
    const found = looked.filter(({ kind }) => kinds.includes(kind));
    return success({
      nextPageToken: this.#place(from + looked.length),
      moreResult: from + looked.length < this.activities.length,
      // A page in which nothing fits has no result at all.
      ...(found.length === 0 ? {} : { result: found.map(shown) }),
    });
  }

  #leads(query: URLSearchParams): Response {
    const ids = (query.get('filterValues') ?? '').split(',').map(Number);
    if (ids.length > 300) return failure('1003', 'Too many values');
    const names = (query.get('fields') ?? '').split(',');
    const found = ids.flatMap((id) => {
      const lead = this.leads.get(id);
      return lead === undefined
        ? []
        : [Object.fromEntries(names.map((name) => [name, name === 'id' ? id : (lead[name] ?? null)]))];
    });
    return success({ result: found });
  }

  #sorted(): FakeActivity[] {
    return this.activities.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }

  #place(at: number): string {
    const token = `WQV2VQVPPCKHC6AQYVK7JDSA3J62DUSJ3EXJGDPTKPEBFW3SAVUA====${at}`;
    this.places.set(token, at);
    return token;
  }
}

function success(rest: object): Response {
  return json({ requestId: 'e42b#14272d07d78', success: true, ...rest });
}

/** A failure as Marketo tells it. */
export function failure(code: string, message: string): Response {
  return json({ requestId: 'e42b#14272d07d78', success: false, errors: [{ code, message }] });
}

function shown({ id, leadId, at, kind, subject, attributes = {} }: FakeActivity) {
  return {
    id,
    marketoGUID: String(id),
    leadId,
    activityDate: at,
    activityTypeId: kind,
    ...(subject === undefined ? {} : { primaryAttributeValueId: 1, primaryAttributeValue: subject }),
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
  };
}
