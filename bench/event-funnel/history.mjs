/** A made-up history of a web site: the same for both sides, and the same in every run. */

export const STEPS = ['visit', 'signup', 'trial', 'demo', 'proposal', 'contract'];
const OTHERS = ['page', 'search', 'help', 'login', 'export', 'call'];
/** Later steps are rarer; the rest is noise between them. */
const NAMES = [...STEPS, ...OTHERS];
const WEIGHTS = [16, 12, 9, 7, 5, 4, 14, 10, 8, 7, 5, 3];
const BEGIN = Date.UTC(2026, 0, 1);
const YEAR_MS = 365 * 86_400_000;
export const WINDOW_DAYS = 30;
export const AS_OF = '2029-01-01T00:00:00Z';
export const QUESTION = { kind: 'eventFunnel', funnel: 'visit-to-contract', details: [] };
export const DEFINITION = {
  kind: 'funnel',
  mode: 'event',
  id: 'visit-to-contract',
  version: '1.0.0',
  owners: ['marketing', 'sales'],
  steps: STEPS.map((name) => ({ id: name, event: name })),
  window: { within: { days: WINDOW_DAYS } },
};

/** Mulberry32: small, fast and seeded. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` events of so many persons, ten for each on average, in the order of persons and of time. */
export function* history(count, seed = 7) {
  const next = random(seed);
  const total = WEIGHTS.reduce((sum, weight) => sum + weight, 0);
  const pick = () => {
    let at = next() * total;
    return NAMES[WEIGHTS.findIndex((weight) => (at -= weight) < 0)];
  };
  let made = 0;
  for (let person = 0; made < count; person += 1) {
    const own = Math.min(count - made, 1 + Math.floor(-Math.log(1 - next()) * 9.5));
    let at = BEGIN + next() * YEAR_MS * 0.7;
    for (let i = 0; i < own; i += 1) {
      at += -Math.log(1 - next()) * 3 * 86_400_000;
      yield { person, name: pick(), at: Math.round(at) };
    }
    made += own;
  }
}
