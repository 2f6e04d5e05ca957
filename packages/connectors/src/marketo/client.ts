import * as z from 'zod/mini';
import { ConnectorError } from '../port/errors.ts';
import { HttpClient, verdictOf, type Authorizer, type HttpAnswer, type Verdict } from '../port/http.ts';
import { REAL_PACE, type Pace } from '../port/patience.ts';
import type { Secrets } from '../port/secrets.ts';

/** The names of Marketo's secrets. @beta */
export const MARKETO_SECRETS = ['SAMA_MARKETO_CLIENT_ID', 'SAMA_MARKETO_CLIENT_SECRET'] as const;

/** How Marketo is reached. @beta */
export interface MarketoOptions {
  /** The address of the instance, such as `https://123-ABC-456.mktorest.com`. */
  base: string | undefined;
  secrets: Secrets;
  pace?: Pace;
}

const Token = z.object({ access_token: z.string(), expires_in: z.number() });

const ActivityTypes = z.object({
  result: z.array(z.object({ id: z.int(), name: z.string() })),
});

const LeadFields = z.object({
  result: z.array(
    z.object({
      displayName: z.string(),
      dataType: z.string(),
      rest: z.optional(z.object({ name: z.string() })),
    }),
  ),
});

const PagingToken = z.object({ nextPageToken: z.string() });

const ActivityAnswer = z.object({
  nextPageToken: z.string(),
  moreResult: z.boolean(),
  // Absent in a page without activities, which may well have more behind it.
  result: z.optional(
    z.array(
      z.object({
        marketoGUID: z.string(),
        leadId: z.int(),
        activityDate: z.string(),
        activityTypeId: z.int(),
        primaryAttributeValue: z.optional(z.nullable(z.string())),
        attributes: z.optional(
          z.array(
            z.object({
              name: z.string(),
              value: z.optional(z.nullable(z.union([z.string(), z.number(), z.boolean()]))),
            }),
          ),
        ),
      }),
    ),
  ),
});
export type MarketoActivity = NonNullable<z.infer<typeof ActivityAnswer>['result']>[number];

/** Some activities, and where to go on. */
export interface ActivityPage {
  activities: MarketoActivity[];
  next: string;
  more: boolean;
}

const Lead = z.record(z.string(), z.nullable(z.union([z.string(), z.number(), z.boolean()])));
export type MarketoLead = z.infer<typeof Lead>;
const LeadPage = z.object({ result: z.array(Lead) });

/** A failure that comes with status 200. */
const Failure = z.object({
  success: z.literal(false),
  errors: z.array(z.object({ code: z.string(), message: z.string() })),
});

/** What Marketo offers, one method for each question. */
export class MarketoClient {
  readonly #http: HttpClient;

  constructor({ base, secrets, pace = REAL_PACE }: MarketoOptions) {
    if (base === undefined || base === '')
      throw new ConnectorError(
        'settings',
        'SAMA_MARKETO_URL is not set. It is the address of the instance, such as https://123-ABC-456.mktorest.com.',
      );
    const options = { system: 'Marketo', base, secrets, pace, judge };
    this.#http = new HttpClient({ ...options, authorizer: authorizerOf(secrets, new HttpClient(options), pace) });
  }

  /** The name of each kind of activity, by its number. */
  async activityTypes(signal?: AbortSignal): Promise<Map<number, string>> {
    const path = '/rest/v1/activities/types.json';
    const { result } = await this.#http.request(ActivityTypes, { method: 'GET', path, signal });
    return new Map(result.map(({ id, name }) => [id, name]));
  }

  /** The fields of leads: by the name they are asked for, the name people see. */
  async leadFields(signal?: AbortSignal): Promise<Map<string, { label: string; type: string }>> {
    const path = '/rest/v1/leads/describe.json';
    const { result } = await this.#http.request(LeadFields, { method: 'GET', path, signal });
    return new Map(
      result.flatMap(({ displayName, dataType, rest }) =>
        rest === undefined ? [] : [[rest.name, { label: displayName, type: dataType }] as const],
      ),
    );
  }

  /** Where activities since a moment begin. */
  async startAt(since: string, signal?: AbortSignal): Promise<string> {
    const path = '/rest/v1/activities/pagingtoken.json';
    const query = { sinceDatetime: since };
    return (await this.#http.request(PagingToken, { method: 'GET', path, query, signal })).nextPageToken;
  }

  /** Activities of some kinds, at most ten, from a token on. */
  async activities(token: string, types: readonly number[], signal?: AbortSignal): Promise<ActivityPage> {
    const query = { nextPageToken: token, activityTypeIds: types.join(',') };
    const page = await this.#http.request(ActivityAnswer, {
      method: 'GET',
      path: '/rest/v1/activities.json',
      query,
      signal,
    });
    return { activities: page.result ?? [], next: page.nextPageToken, more: page.moreResult };
  }

  /** Leads by id, at most 300. Those that are gone are left out. */
  async leads(
    ids: readonly number[],
    fields: readonly string[],
    signal?: AbortSignal,
  ): Promise<Map<number, MarketoLead>> {
    if (ids.length === 0) return new Map();
    const query = { filterType: 'id', filterValues: ids.join(','), fields: ['id', ...fields].join(',') };
    const { result } = await this.#http.request(LeadPage, {
      method: 'GET',
      path: '/rest/v1/leads.json',
      query,
      signal,
    });
    return new Map(result.map((lead) => [Number(lead['id']), lead]));
  }
}

/** Twenty seconds are the span of Marketo's limit of 100 requests. */
const SPAN_MS = 20_000;

/** Nearly every failure of Marketo comes with status 200 and a number of its own. */
function judge(answer: HttpAnswer, place: string): Verdict {
  const failure = Failure.safeParse(answer.json);
  if (!failure.success) return verdictOf(answer, place);
  const [error] = failure.data.errors;
  const code = error?.code ?? '';
  const text = `${place} answered ${code}: ${answer.quote(error?.message ?? '')}.`;
  if (code === '601' || code === '602') return 'expired';
  if (code === '606') return new ConnectorError('busy', text, { waitMs: SPAN_MS });
  if (code === '607')
    return new ConnectorError(
      'quota',
      `${text} The requests of this day are used up; they begin anew at midnight, US Central Time.`,
    );
  if (['502', '503', '604', '608', '611', '614', '615', '713', '719'].includes(code))
    return new ConnectorError('busy', text);
  if (code === '603') return new ConnectorError('forbidden', text);
  return new ConnectorError(code === '610' ? 'not-found' : 'refused', text);
}

/** Tokens last an hour, and asking again for one gives the same until it ends. */
function authorizerOf(secrets: Secrets, http: HttpClient, { now }: Pace): Authorizer {
  let current: { token: string; until: number } | undefined;
  return {
    header: async (signal) => {
      if (current === undefined || current.until < now()) {
        const query = {
          grant_type: 'client_credentials',
          client_id: secrets.require('SAMA_MARKETO_CLIENT_ID'),
          client_secret: secrets.require('SAMA_MARKETO_CLIENT_SECRET'),
        };
        const answer = await http.request(Token, { method: 'GET', path: '/identity/oauth/token', query, signal });
        secrets.hide(answer.access_token);
        current = { token: answer.access_token, until: now() + Math.max(1, answer.expires_in - 5) * 1000 };
      }
      return `Bearer ${current.token}`;
    },
    renew: () => {
      current = undefined;
      return true;
    },
  };
}
