import { jsonOf } from './exchange.ts';
import { isObject } from './shape.ts';
import { pageMap } from './page-map.ts';

type FetchToken = () => Promise<string>;

/** One function for each endpoint on a page, so that all who name it share one token. */
const endpoints = (): Map<string, FetchToken> => pageMap('sama.token-endpoints.v1');

/**
 * A `fetchToken` that asks an endpoint of the page's own server, which knows who is signed in and keeps the key for
 * tokens to itself. It is asked by `POST`, with the cookies of its own origin, and answers the token as text or as
 * JSON with a `token`. Equal endpoints give the same function, also between copies of this module.
 *
 * @param endpoint `/sama-token`, relative to the page; never an address that holds a secret.
 * @throws when asked, an Error that names the endpoint and what it answered instead.
 * @public
 */
export function tokenFrom(endpoint: string): FetchToken {
  const known = endpoints().get(endpoint);
  if (known !== undefined) return known;
  const fetchToken: FetchToken = async () => {
    const response = await fetch(endpoint, { method: 'POST', credentials: 'same-origin', cache: 'no-store' });
    if (!response.ok) throw new Error(`${endpoint} answered ${response.status}`);
    const text = await response.text();
    const json = jsonOf(text);
    const token = isObject(json) ? json['token'] : text.trim();
    // An error page is no token: those are of printable characters without blanks (RFC 6750, 2.1).
    if (typeof token !== 'string' || !/^[\w.~+/-]+=*$/.test(token)) throw new Error(`${endpoint} answered no token`);
    return token;
  };
  endpoints().set(endpoint, fetchToken);
  return fetchToken;
}
