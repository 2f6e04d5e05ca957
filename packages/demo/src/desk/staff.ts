import type { HandoffActor, Staff } from '@sama/metrics/handoff';
import { REGIONS, SELLERS, type Region } from '../company/market.ts';

/** An id of a name: `Servo Mustermann` is `servo-mustermann`. */
const idOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-');

/** The pool that shares what is offered in a region. */
export const poolOf = (region: Region): string => `pool-${idOf(region)}`;

/** Everybody of sales, with the pools of the regions. */
export function demoStaff(): Staff {
  return {
    sellers: REGIONS.flatMap((region) => SELLERS[region].map((name) => ({ id: idOf(name), name }))),
    pools: REGIONS.map((region) => ({
      id: poolOf(region),
      name: region,
      sellers: SELLERS[region].map((name) => ({ id: idOf(name) })),
    })),
  };
}

const person = (name: string, team: string, role: HandoffActor['role']): HandoffActor => ({
  id: idOf(name),
  name,
  team,
  role,
});

/** People to sit at the desk as. */
export const READERS = {
  seller: person('Servo Mustermann', 'sales', 'seller'),
  manager: person('Lever Testerman', 'sales', 'manager'),
  marketer: person('Grommet Loremsson', 'marketing', 'marketing'),
  marketingHead: person('Gasket Exampleton', 'marketing', 'marketing'),
  rules: { id: 'rules', name: 'Rules', team: 'system', role: 'system' },
} as const satisfies Record<string, HandoffActor>;

export const sellerNamed = (name: string): HandoffActor => person(name, 'sales', 'seller');
