/** The token of a page's `fetchToken`, asked once for all widgets and again before it expires. */
interface TokenHolder {
  token: Promise<string> | undefined;
  /** Milliseconds since the epoch. */
  renewAt: number;
}

const holders = new WeakMap<() => Promise<string>, TokenHolder>();
/** A token is renewed this long before it expires. */
const MARGIN_MS = 30_000;

/** The holder of this function, so that all who pass the same one share its token. */
function holderOf(fetchToken: () => Promise<string>): TokenHolder {
  const known = holders.get(fetchToken);
  if (known !== undefined) return known;
  const made: TokenHolder = { token: undefined, renewAt: Infinity };
  holders.set(fetchToken, made);
  return made;
}

/**
 * The current token. `renew` asks for a new one, for a server that refused the last.
 * Rejects when `fetchToken` does.
 */
export function tokenOf(fetchToken: () => Promise<string>, renew = false): Promise<string> {
  const holder = holderOf(fetchToken);
  if (holder.token === undefined || renew || Date.now() >= holder.renewAt) {
    const asked = Promise.resolve()
      .then(fetchToken)
      .then((token) => {
        if (typeof token !== 'string' || token === '') throw new TypeError('fetchToken must give a non-empty string');
        holder.renewAt = expiryOf(token) - MARGIN_MS;
        return token;
      });
    holder.token = asked;
    holder.renewAt = Infinity;
    asked.catch(() => {
      if (holder.token === asked) holder.token = undefined;
    });
  }
  return holder.token;
}

/** When a JWT expires, in milliseconds since the epoch; a token that says nothing never does. */
function expiryOf(token: string): number {
  try {
    const claims: unknown = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
    if (typeof claims === 'object' && claims !== null && 'exp' in claims && typeof claims.exp === 'number') {
      return claims.exp * 1000;
    }
  } catch {
    // An opaque token: the server says when it no longer holds.
  }
  return Infinity;
}
