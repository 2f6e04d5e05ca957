import type { Envelope, Flag } from '../contracts/index.ts';

/** The last good answer to a question. */
export interface Kept {
  envelope: Envelope;
  /** The hash that names it. */
  tag: string | undefined;
  /** When it was last asked for, in milliseconds since the epoch. */
  triedAt: number;
  /** What went wrong since. */
  trouble: Envelope | undefined;
}

/** Good answers by their question; beyond so many, the one that was not asked for longest is forgotten. */
export function keeper(most: number) {
  const all = new Map<string, Kept>();
  return {
    get: (key: string): Kept | undefined => all.get(key),
    drop: (key: string): void => void all.delete(key),
    clear: (): void => all.clear(),
    /** Lets none pass for fresh. */
    expire(): void {
      for (const kept of all.values()) kept.triedAt = -Infinity;
    },
    keep(key: string, kept: Kept): void {
      all.delete(key);
      all.set(key, kept);
      for (const oldest of all.keys()) {
        if (all.size <= most) return;
        all.delete(oldest);
      }
    },
  };
}

/**
 * The answer as it is shown now: `offline` when the server cannot be reached, `stale` when another
 * trouble or time stands between it and the truth, and `message` says which trouble.
 */
export function shown({ envelope, trouble, triedAt }: Kept, freshMs: number): Envelope {
  if (trouble === undefined && Date.now() - triedAt < freshMs) return envelope;
  const flag: Flag = trouble?.code === 'unreachable' ? 'offline' : 'stale';
  const flags = [...new Set([...envelope.flags, flag])];
  return trouble?.message === undefined ? { ...envelope, flags } : { ...envelope, flags, message: trouble.message };
}
