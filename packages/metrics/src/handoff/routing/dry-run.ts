import { InputError } from '../../errors.ts';
import { readInput } from '../../read-input.ts';
import { RoutingRules, type RoutedLead, type RoutingState, type Staff } from '../contracts/index.ts';
import { names } from '../decide/who.ts';
import { routeLead, type Route, type RoutingWorld } from './route.ts';

/**
 * Reads routing rules from JSON and holds them against the staff.
 *
 * @throws InputError naming the field that names an unknown seller or pool, or a rule that stands there twice.
 * @beta
 */
export function readRoutingRules(input: RoutingRules, staff: Staff): RoutingRules {
  const rules = readInput(RoutingRules, input, 'rules');
  const { territories = [], segments = [], lanes = [], fallback } = rules;
  const check = (field: string, kind: 'seller' | 'pool', id: string | undefined): void => {
    const list = kind === 'pool' ? staff.pools : staff.sellers;
    if (id === undefined || list.some((one) => one.id === id)) return;
    throw new InputError(`rules.${field}`, `there is no ${kind} "${id}"`, `name one of ${names(list)}`);
  };
  for (const [name, list] of Object.entries({ territories, segments, lanes })) {
    for (const [i, rule] of list.entries()) {
      if (list.findIndex(({ id }) => id === rule.id) < i)
        throw new InputError(`rules.${name}.${i}.id`, `"${rule.id}" stands there twice`, 'give each rule its own id');
      check(`${name}.${i}.pool`, 'pool', rule.pool);
      if ('seller' in rule) check(`${name}.${i}.seller`, 'seller', rule.seller);
    }
  }
  check('fallback.pool', 'pool', fallback.pool);
  for (const [p, pool] of staff.pools.entries()) {
    for (const [i, { id }] of pool.sellers.entries()) {
      if (!staff.sellers.some((seller) => seller.id === id))
        throw new InputError(`staff.pools.${p}.sellers.${i}.id`, `there is no seller "${id}"`, 'add this person first');
    }
  }
  return rules;
}

/** A route in words, one line for each rule that was looked at. @beta */
export function explainRoute({ path }: Route): string[] {
  return path.map(({ rule, matched, because }) => `${RULES[rule]}: ${matched ? '' : 'no, '}${because}`);
}

const RULES: Readonly<Record<Route['path'][number]['rule'], string>> = {
  suppression: 'Suppression',
  duplicate: 'Duplicate',
  account: 'Account',
  territory: 'Territory',
  segment: 'Segment',
  lane: 'Lane',
  roundRobin: 'Next seller',
  fallback: 'Fallback',
};

/** What rules would do to leads, one after the other. @beta */
export interface DryRun {
  routes: Route[];
  /** How many each seller would get. */
  bySeller: Record<string, number>;
  /** How many would end where. */
  byTarget: Record<Route['target']['to'], number>;
}

/** Tries rules on leads without any offer: the state given stays as it is. @beta */
export function dryRun(
  rules: RoutingRules,
  leads: readonly RoutedLead[],
  world: RoutingWorld,
  start: RoutingState,
): DryRun {
  const run: DryRun = { routes: [], bySeller: {}, byTarget: { seller: 0, fallback: 0, handoff: 0, nobody: 0 } };
  let state = start;
  for (const lead of leads) {
    const route = routeLead(lead, rules, world, state);
    state = route.next;
    run.routes.push(route);
    run.byTarget[route.target.to] += 1;
    if (route.target.to === 'seller') run.bySeller[route.target.seller] = (run.bySeller[route.target.seller] ?? 0) + 1;
  }
  return run;
}
