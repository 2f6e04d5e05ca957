import { ConnectorError } from '../port/errors.ts';
import { HttpClient, verdictOf, type Authorizer, type HttpAnswer, type Verdict } from '../port/http.ts';
import { patiently, REAL_PACE, type Pace } from '../port/patience.ts';
import { Places } from '../port/places.ts';
import type { Secrets } from '../port/secrets.ts';
import {
  AccountDetails,
  AssociationList,
  BatchAnswer,
  CrmObject,
  OwnerList,
  PipelineList,
  PropertyList,
  SearchAnswer,
  Token,
  type Pipeline,
  type Property,
} from './shapes.ts';

/** Objects of HubSpot that are read here. */
export type ObjectName = 'companies' | 'contacts' | 'deals' | 'leads';

/** Most results of one search page. */
const SEARCH_LIMIT = 200;
/** Most records of one batch when the history of a property comes with it. */
const HISTORY_LIMIT = 50;
const ASSOCIATION_LIMIT = 1000;
/** The property that holds the ids of records that were merged into one. */
const MERGED = 'hs_merged_object_ids';

/** Records that have changed between two moments, with ids above one. */
export interface Search {
  /** The property of the last change. */
  modified: string;
  from: string | undefined;
  until: string;
  afterId: string | undefined;
}

/** What HubSpot offers, one method for each question. Everything waits and tries again as the port does. */
export class HubSpotClient {
  readonly #http: HttpClient;
  readonly #pace: Pace;

  constructor(base: string, secrets: Secrets, pace: Pace = REAL_PACE) {
    const options = { system: 'HubSpot', base, secrets, pace, judge };
    this.#pace = pace;
    this.#http = new HttpClient({ ...options, authorizer: authorizerOf(secrets, new HttpClient(options), pace) });
  }

  async properties(object: ObjectName, signal?: AbortSignal): Promise<Property[]> {
    return (await this.#http.request(PropertyList, { method: 'GET', path: `/crm/v3/properties/${object}`, signal }))
      .results;
  }

  async pipelines(object: 'deals' | 'leads', signal?: AbortSignal): Promise<Pipeline[]> {
    return (await this.#http.request(PipelineList, { method: 'GET', path: `/crm/v3/pipelines/${object}`, signal }))
      .results;
  }

  /** The mail address of each owner, by id: that is how people are called elsewhere too. */
  async owners(signal?: AbortSignal): Promise<Map<string, string>> {
    const owners = new Map<string, string>();
    for (const archived of ['false', 'true']) {
      const places = new Places('HubSpot says that there are more owners, and gives the same place again.');
      let after: string | undefined;
      do {
        const page = await this.#http.request(OwnerList, {
          method: 'GET',
          path: '/crm/v3/owners',
          query: { limit: '100', archived, ...(after === undefined ? {} : { after }) },
          signal,
        });
        for (const { id, email } of page.results) if (email) owners.set(id, email);
        const next = page.paging?.next?.after;
        after = next === undefined ? undefined : places.next(next);
      } while (after !== undefined);
    }
    return owners;
  }

  /** The currency of amounts that name none. */
  async currency(signal?: AbortSignal): Promise<string | undefined> {
    const account = await this.#http.request(AccountDetails, {
      method: 'GET',
      path: '/account-info/v3/details',
      signal,
    });
    return account.companyCurrency ?? undefined;
  }

  /**
   * The ids of the first records above `afterId`, ascending, and how many there are. A search ends at
   * 10,000 results, so each page is the beginning of a search of its own instead of a later part of a long one.
   */
  async search(
    object: ObjectName,
    { modified, from, until, afterId }: Search,
    signal?: AbortSignal,
  ): Promise<SearchPage> {
    const filters = [
      { propertyName: modified, operator: 'LT', value: String(Date.parse(until)) },
      ...(from === undefined ? [] : [{ propertyName: modified, operator: 'GTE', value: String(Date.parse(from)) }]),
      ...(afterId === undefined ? [] : [{ propertyName: 'hs_object_id', operator: 'GT', value: afterId }]),
    ];
    const answer = await this.#http.request(SearchAnswer, {
      method: 'POST',
      path: `/crm/v3/objects/${object}/search`,
      body: {
        filterGroups: [{ filters }],
        sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
        properties: ['hs_object_id'],
        limit: SEARCH_LIMIT,
      },
      signal,
    });
    const ids = answer.results.map(({ id }) => id);
    let before = afterId;
    for (const id of ids) {
      if (before !== undefined && BigInt(id) <= BigInt(before))
        throw new ConnectorError(
          'changed',
          `HubSpot answered a search of ${object} out of order: ${id} after ${before}.`,
        );
      before = id;
    }
    return { ids, total: answer.total };
  }

  /**
   * Records with what properties were before, each once. Those HubSpot says are gone meanwhile are left out, and one that
   * was merged into another comes as that other; for records that are missing otherwise it is asked again, since nobody
   * would ever come back to them.
   */
  async read(
    object: ObjectName,
    ids: readonly string[],
    properties: readonly string[],
    history: readonly string[],
    signal?: AbortSignal,
  ): Promise<CrmObject[]> {
    const found = new Map<string, CrmObject>();
    for (const part of parts(ids, HISTORY_LIMIT)) {
      const body = {
        inputs: part.map((id) => ({ id })),
        properties: [...properties, MERGED],
        ...(history.length === 0 ? {} : { propertiesWithHistory: history }),
      };
      for (const record of await patiently(() => this.#batch(object, part, body, signal), this.#pace, signal))
        found.set(record.id, record);
    }
    return [...found.values()];
  }

  async #batch(object: ObjectName, asked: readonly string[], body: unknown, signal: AbortSignal | undefined) {
    const path = `/crm/v3/objects/${object}/batch/read`;
    const { results, errors = [] } = await this.#http.request(BatchAnswer, { method: 'POST', path, body, signal });
    const gone = errors.flatMap(({ category, context }) =>
      category === 'OBJECT_NOT_FOUND' ? (context?.ids ?? []) : [],
    );
    const told = new Set([...gone, ...results.flatMap((record) => [record.id, ...mergedInto(record)])]);
    for (const id of asked.filter((one) => !told.has(one)))
      // After a merge of just now the record that is left may not say yet whom it took in.
      if (!(await this.#isElsewhere(object, id, signal)))
        throw new ConnectorError(
          'busy',
          `HubSpot, POST ${path}, answered ${results.length} of ${asked.length} records, and does not say that the others are gone.`,
        );
    return results;
  }

  /** Whether a record is gone, or was merged into another, which has changed then and is read as such. */
  async #isElsewhere(object: ObjectName, id: string, signal: AbortSignal | undefined): Promise<boolean> {
    try {
      return (await this.one(object, id, [MERGED], signal)).id !== id;
    } catch (error) {
      if (error instanceof ConnectorError && error.code === 'not-found') return true;
      throw error;
    }
  }

  /** Of each record the one it belongs to: the one labelled as primary, else the first. */
  async associated(
    from: ObjectName,
    to: ObjectName,
    ids: readonly string[],
    signal?: AbortSignal,
  ): Promise<Map<string, string>> {
    const links = new Map<string, string>();
    for (const part of parts(ids, ASSOCIATION_LIMIT)) {
      const { results } = await this.#http.request(AssociationList, {
        method: 'POST',
        path: `/crm/v4/associations/${from}/${to}/batch/read`,
        body: { inputs: part.map((id) => ({ id })) },
        signal,
      });
      for (const one of results) {
        const primary = one.to.find(({ associationTypes }) =>
          associationTypes.some(({ label }) => /primary/i.test(label ?? '')),
        );
        const chosen = primary ?? one.to[0];
        if (chosen !== undefined) links.set(one.from.id, String(chosen.toObjectId));
      }
    }
    return links;
  }

  /**
   * The ids of contacts with exactly a value in a property; two are enough to know that it names nobody.
   * HubSpot itself does not tell `a` from `A`, which in ids of Salesforce are two people.
   */
  async contactsBy(property: string, value: string, signal?: AbortSignal): Promise<string[]> {
    const { results } = await this.#http.request(SearchAnswer, {
      method: 'POST',
      path: '/crm/v3/objects/contacts/search',
      body: {
        filterGroups: [{ filters: [{ propertyName: property, operator: 'EQ', value }] }],
        sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
        properties: [property],
        limit: SEARCH_LIMIT,
      },
      signal,
    });
    return results.filter(({ properties }) => properties[property] === value).map(({ id }) => id);
  }

  /** One record as it stands, and what its properties were before. */
  async one(object: ObjectName, id: string, properties: readonly string[], signal?: AbortSignal): Promise<CrmObject> {
    return this.#http.request(CrmObject, {
      method: 'GET',
      path: `/crm/v3/objects/${object}/${encodeURIComponent(id)}`,
      query: { properties: properties.join(','), propertiesWithHistory: properties.join(',') },
      signal,
    });
  }

  /** Writes, and returns when the record was changed by that. */
  async update(
    object: ObjectName,
    id: string,
    properties: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const { updatedAt } = await this.#http.request(CrmObject, {
      method: 'PATCH',
      path: `/crm/v3/objects/${object}/${encodeURIComponent(id)}`,
      body: { properties },
      signal,
    });
    return updatedAt;
  }
}

/** A page of a search. */
export interface SearchPage {
  ids: string[];
  /** All that match, this page included. */
  total: number;
}

/** The ids of records that were merged into one. */
export function mergedInto({ properties }: CrmObject): string[] {
  return (properties[MERGED] ?? '').split(';').filter((id) => id !== '');
}

function* parts<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

/** A limit of the day is no reason to wait at the door. */
function judge(answer: HttpAnswer, place: string): Verdict {
  const verdict = verdictOf(answer, place);
  if (answer.status === 429 && verdict instanceof ConnectorError && /daily/i.test(JSON.stringify(answer.json)))
    return new ConnectorError(
      'quota',
      `${verdict.message} The requests of this day are used up; they begin anew at midnight in the zone of the account.`,
    );
  return verdict;
}

/** A private app has one token; an app with sign-in exchanges its refresh token for new ones. */
function authorizerOf(secrets: Secrets, http: HttpClient, { now }: Pace): Authorizer {
  if (!secrets.has('SAMA_HUBSPOT_REFRESH_TOKEN')) {
    const token = secrets.require('SAMA_HUBSPOT_TOKEN');
    return { header: async () => `Bearer ${token}`, renew: () => false };
  }
  let current: { token: string; until: number } | undefined;
  return {
    header: async (signal) => {
      if (current === undefined || current.until < now()) {
        const form = {
          grant_type: 'refresh_token',
          client_id: secrets.require('SAMA_HUBSPOT_CLIENT_ID'),
          client_secret: secrets.require('SAMA_HUBSPOT_CLIENT_SECRET'),
          refresh_token: secrets.require('SAMA_HUBSPOT_REFRESH_TOKEN'),
        };
        const answer = await http.request(Token, { method: 'POST', path: '/oauth/v1/token', form, signal });
        secrets.hide(answer.access_token);
        // Renewed a minute early, so that it does not end on its way.
        current = { token: answer.access_token, until: now() + (answer.expires_in - 60) * 1000 };
      }
      return `Bearer ${current.token}`;
    },
    renew: () => {
      current = undefined;
      return true;
    },
  };
}
