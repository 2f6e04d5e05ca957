import { isObject } from './shape.ts';

/** The token of a page's `fetchToken`, asked once for all widgets and again before it expires. */
interface Held {
  token: Promise<string>;
  /** What came; undefined before. */
  value?: string;
  /** Milliseconds since the epoch. */
  renewAt: number;
}

const held = new WeakMap<() => Promise<string>, Held>();
/** A token is renewed this long before it expires. */
const MARGIN_MS = 30_000;
/** A page that gives no token for so long is asked again by whoever needs one then. */
const PATIENCE_MS = 10_000;

/**
 * The current token, one for all who pass the same function. Another than `refused`, which a server
 * did not take: who was refused with an older one gets what is current. Rejects when `fetchToken` does.
 */
export function tokenOf(fetchToken: () => Promise<string>, refused?: string): Promise<string> {
  const known = held.get(fetchToken);
  const stands =
    known !== undefined && Date.now() < known.renewAt && (refused === undefined || known.value !== refused);
  if (stands) return known.token;
  const asked: Held = {
    renewAt: Date.now() + PATIENCE_MS,
    token: Promise.resolve()
      .then(fetchToken)
      .then((token: unknown) => {
        if (typeof token !== 'string' || token === '') throw new TypeError('fetchToken must give a non-empty string');
        asked.renewAt = expiryOf(token) - MARGIN_MS;
        asked.value = token;
        return token;
      }),
  };
  asked.token.catch(() => (asked.renewAt = 0));
  held.set(fetchToken, asked);
  return asked.token;
}

/** Forgets the token, for when another person signs in. */
export function forgetToken(fetchToken: () => Promise<string>): void {
  held.delete(fetchToken);
}

/** When a JWT expires, in milliseconds since the epoch; a token that says nothing never does. */
function expiryOf(token: string): number {
  try {
    const claims: unknown = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
    if (isObject(claims) && typeof claims['exp'] === 'number') return claims['exp'] * 1000;
  } catch {
    // An opaque token: the server says when it no longer holds.
  }
  return Infinity;
}
