import * as z from 'zod/mini';
import type { EventFunnelDefinition } from '../../../contracts/index.ts';
import fixture from '../../fixtures/other-engines-vectors.json' with { type: 'json' };
import { eventCase, type EventFunnelCase } from '../case.ts';
import { funnelOf, happenings, type Happening } from '../scene.ts';

const Name = z.union([z.string(), z.number()]);
const Events = z.array(z.tuple([z.number(), Name]));
const Chain = z.tuple([z.array(Name), z.number(), z.array(z.string()), z.number()]);
const Levels = z.record(z.string(), z.record(z.string(), z.number()));
const Case = z.union([
  z.object({ id: z.string(), events: Events, chains: z.array(Chain) }),
  z.object({
    id: z.string(),
    users: z.record(z.string(), z.string()),
    steps: z.string(),
    window: z.optional(z.number()),
    expect: Levels,
  }),
  z.object({
    id: z.string(),
    events_by_user: z.record(z.string(), Events),
    steps: z.array(Name),
    window: z.number(),
    expect: Levels,
  }),
]);
const { cases } = z.object({ cases: z.array(Case) }).parse(fixture.clickhouse_windowfunnel);

/** What each mode of `windowFunnel` is among the choices of a definition. */
const MODES: Record<string, Partial<EventFunnelDefinition>> = {
  strict_order: { order: 'strict', tries: 'first', repeats: 'pass', returns: 'end' },
  allow_reentry: { returns: 'pass' },
  strict_deduplication: { tries: 'first', repeats: 'end', returns: 'end' },
  strict_increase: { sameInstant: 'never' },
  // One event fills one step in any case.
  strict_once: {},
};
const choicesOf = (modes: readonly string[]): Partial<EventFunnelDefinition> =>
  Object.assign({}, ...[...modes].sort((a, b) => order(a) - order(b)).map((mode) => MODES[mode]));
const order = (mode: string): number => (mode === 'strict_order' ? 0 : 1);

const second = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString();
const happened = (events: z.infer<typeof Events>): Happening[] =>
  events.map(([at, name]) => [String(name), second(at)]);

/** A chain of one condition is asked with a second step that nothing fills, since a funnel has two. */
const padded = (steps: readonly (string | number)[]) => (steps.length === 1 ? [...steps, 'nothing'] : steps);

const chains = cases.flatMap((c) =>
  'chains' in c
    ? c.chains.map(([steps, window, modes, level]) => ({ id: c.id, events: c.events, steps, window, modes, level }))
    : [],
);
const byUser = cases.flatMap((c) => {
  if ('chains' in c) return [];
  const steps = typeof c.steps === 'string' ? [...c.steps] : c.steps;
  const users =
    'users' in c
      ? Object.entries(c.users).map(([user, text]) => ({
          user,
          events: Array.from(text, (name, at): [number, string] => [at, name]),
        }))
      : Object.entries(c.events_by_user).map(([user, events]) => ({ user, events }));
  return Object.entries(c.expect).flatMap(([modes, levels]) =>
    users.map(({ user, events }) => ({
      id: c.id,
      user,
      events,
      steps,
      window: c.window ?? 86_400,
      modes: modes
        .slice(1, -1)
        .split(',')
        .filter((mode) => mode !== ''),
      level: levels[user],
    })),
  );
});

/** Plain `windowFunnel` lets one event fill all equal steps; in Sama one event fills one. */
const onceEach = ({ steps, modes }: { steps: readonly unknown[]; modes: readonly string[] }): boolean =>
  new Set(steps).size === steps.length || modes.length > 0;

/** A user at a level has reached so many steps. */
function levelCase(
  name: string,
  {
    events,
    steps,
    window,
    modes,
    level,
  }: Pick<(typeof chains)[number], 'events' | 'steps' | 'window' | 'modes' | 'level'>,
): EventFunnelCase {
  const all = padded(steps).map(String);
  return eventCase(name, {
    activities: happenings('u', happened(events)),
    definition: funnelOf(all, { window: { within: { seconds: window } }, ...choicesOf(modes) }),
    expected: { counts: all.map((_, i) => (i < level ? 1 : 0)) },
  });
}

export function clickhouseCases(): EventFunnelCase[] {
  return [
    ...chains.map((chain) => {
      const name = `${chain.id}: ${chain.steps.join(', ')} within ${chain.window}, ${chain.modes.join(', ') || 'no mode'}`;
      return onceEach(chain)
        ? levelCase(name, chain)
        : levelCase(`${name}: one event fills one step, not ${chain.level}`, { ...chain, level: 1 });
    }),
    ...byUser.map((c) =>
      levelCase(`${c.id}: user ${c.user}, ${c.modes.join(', ') || 'no mode'}`, { ...c, level: c.level ?? 0 }),
    ),
  ];
}
