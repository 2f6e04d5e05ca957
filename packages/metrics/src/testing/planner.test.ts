import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { OWNER_RIGHTS } from '../contracts/index.ts';
import type { FunnelPlan } from '../funnel/plan.ts';
import { planFunnel } from '../funnel/make-plan.ts';
import { questionOf } from './plans.ts';
import { arbitraryExample } from './questions.ts';

/** What a plan asks: without the name of its line, and without what its view ignores. */
function asked({ line, ...plan }: FunnelPlan) {
  const { hash: _hash, ...rest } = line;
  return {
    ...plan,
    line: rest,
    from: plan.view === 'snapshot' ? undefined : plan.from,
    to: plan.view === 'snapshot' ? undefined : plan.to,
    windowMs: plan.view === 'cohort' ? plan.windowMs : undefined,
  };
}

test('the planner makes of every question the plan that was written down without it', () => {
  fc.assert(
    fc.property(arbitraryExample(), ({ choices, plan }) => {
      const { question, definition } = questionOf(choices);
      const planned = planFunnel(question, definition, { rights: OWNER_RIGHTS, asOf: '1999-01-01', timeZone: 'UTC' });
      expect(asked(planned.plan)).toEqual(asked(plan));
    }),
    { seed: 20_260_131 },
  );
});
