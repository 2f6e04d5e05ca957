import { InputError } from '../errors.ts';
import { apportion } from '../attribution/apportion.ts';
import type { PromisePlan } from './contracts.ts';
import type { MonthlyPromise, StageTarget } from './result.ts';

/** The promises behind a stage's months. @throws InputError for an unknown stage and a mix that is not whole. */
export function promiseOf(plan: PromisePlan, stages: readonly StageTarget[]): MonthlyPromise[] {
  const stage = stages.find(({ key }) => key === plan.stage);
  if (stage === undefined) {
    const known = stages.map(({ key }) => key).join(', ');
    throw new InputError('plan.promise.stage', `"${plan.stage}" is no stage of this plan`, `use one of ${known}`);
  }
  const shares = Object.entries(plan.mix ?? {});
  const whole = shares.reduce((sum, [, share]) => sum + share, 0);
  if (shares.length > 0 && Math.abs(whole - 1) > 1e-9) {
    throw new InputError('plan.promise.mix', `adds up to ${whole}`, 'let the shares add up to 1');
  }
  return stage.months.map(({ month, whole: accepted }) => {
    const attempts = accepted * plan.attempts;
    return {
      month,
      accepted,
      ...(shares.length === 0 ? {} : { mix: mixOf(accepted, shares) }),
      attempts,
      ...(plan.attemptsPerSeller === undefined ? {} : { sellers: Math.ceil(attempts / plan.attemptsPerSeller) }),
    };
  });
}

function mixOf(accepted: number, shares: readonly (readonly [key: string, share: number])[]): Record<string, number> {
  const counts = apportion(
    accepted,
    shares.map(([, share]) => share),
  );
  return Object.fromEntries(shares.map(([key], i) => [key, counts[i] ?? 0]));
}
