/** What has a key of its own. Arrows, Home, End, Page up and down, Enter, Escape and Ctrl+Z are always there. */
export const KEYS = {
  down: 'j',
  up: 'k',
  accept: 'a',
  return: 'r',
  resubmit: 's',
  logResponse: 'l',
  qualify: 'q',
  recycle: 'c',
  disqualify: 'x',
  reassign: 'o',
  note: 'n',
  undo: 'u',
  mark: ' ',
  filter: 'f',
  help: '?',
} as const;

export type KeyName = keyof typeof KEYS;

/** Other keys for some of it; null for none. @public */
export type QueueKeys = Partial<Record<KeyName, string | null>>;

const isName = (name: string): name is KeyName => Object.hasOwn(KEYS, name);

/** The keys in use: those given in place of the usual ones. `off` leaves no single key. */
export function keysOf(given: QueueKeys | string | null | undefined): Map<KeyName, string> {
  const keys = new Map<KeyName, string>();
  if (given === 'off') return keys;
  for (const [name, key] of Object.entries(KEYS)) if (isName(name)) keys.set(name, key);
  const changes =
    typeof given === 'string'
      ? given.split(/\s+/).map((pair) => [pair.split('=')[0] ?? '', pair.split('=').slice(1).join('=')])
      : Object.entries(given ?? {});
  for (const [name = '', key] of changes) {
    if (!isName(name)) continue;
    if (key) keys.set(name, key);
    else keys.delete(name);
  }
  return keys;
}

/** What a pressed key means. */
export function nameOf(key: string, keys: ReadonlyMap<KeyName, string>): KeyName | undefined {
  const pressed = key.toLowerCase();
  for (const [name, one] of keys) if (one.toLowerCase() === pressed) return name;
  return undefined;
}
