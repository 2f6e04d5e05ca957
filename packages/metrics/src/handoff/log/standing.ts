import type { Role } from '../contracts/index.ts';
import type { Handoff } from '../machine/state.ts';
import { OPEN, TRANSITIONS } from '../machine/transitions.ts';

/** Who has to act on a hand-off, and what there is to do. @beta */
export interface Standing {
  /** A team, and the person or pool in it where one is named; null at the end. */
  owner: { team: 'marketing' | 'sales'; person: string | null; pool: string | null } | null;
  /** What the owner may do next, the expected first: `resubmit` of what was returned. Empty at the end. */
  next: string[];
}

/** Nobody waits for these; they go beside the way. */
const BESIDE: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'undo',
  'pause',
  'resume',
  'review',
  'merge',
  'timeout',
  'note',
]);
const USUAL = ['offer', 'accept', 'logResponse', 'qualify', 'resubmit'];

/** Who has to act on a hand-off now: marketing on drafts and on what was returned, else sales. @beta */
export function standingOf({ status, seller, pool, preparedBy }: Handoff): Standing {
  if (status !== 'draft' && !OPEN.includes(status)) return { owner: null, next: [] };
  const marketing = status === 'draft' || status === 'returned';
  const roles: readonly Role[] = marketing ? ['marketing'] : ['seller'];
  const next = Object.entries(TRANSITIONS)
    .filter(([, { from, actors }]) => from.includes(status) && actors.some((actor) => roles.includes(actor)))
    .map(([type]) => type.slice('handoff.'.length))
    .filter((name) => !BESIDE.has(name))
    .sort((a, b) => rank(a) - rank(b));
  const owner = marketing
    ? ({ team: 'marketing', person: preparedBy.id, pool: null } as const)
    : ({ team: 'sales', person: seller, pool } as const);
  return { owner, next };
}

const rank = (name: string): number => (USUAL.includes(name) ? USUAL.indexOf(name) : USUAL.length);
