import { SamaFilter } from './filter/filter.ts';
import { SamaFunnel } from './funnel/funnel.ts';
import { register } from './internal/register.ts';
import { SamaKpi } from './kpi/kpi.ts';
import { SamaProvider } from './provider/provider.ts';
import { SamaHandoffQueue } from './queue/handoff-queue.ts';
import { SamaScorecard } from './scorecard/scorecard.ts';

/** How the elements are registered. @public */
export interface DefineOptions {
  /** Added to every tag: `{ suffix: '-v1' }` defines `<sama-funnel-v1>`. Default: none. */
  suffix?: string;
}

/** Registers every element; a second set of tags when a suffix is given. Never throws. @public */
export function defineAll({ suffix = '' }: DefineOptions = {}): void {
  // A provider first, so that it is there when the others ask. A class serves one tag only, so each suffix gets its own.
  register(`sama-provider${suffix}`, suffix === '' ? SamaProvider : class extends SamaProvider {});
  register(`sama-filter${suffix}`, suffix === '' ? SamaFilter : class extends SamaFilter {});
  register(`sama-funnel${suffix}`, suffix === '' ? SamaFunnel : class extends SamaFunnel {});
  register(`sama-handoff-queue${suffix}`, suffix === '' ? SamaHandoffQueue : class extends SamaHandoffQueue {});
  register(`sama-scorecard${suffix}`, suffix === '' ? SamaScorecard : class extends SamaScorecard {});
  register(`sama-kpi${suffix}`, suffix === '' ? SamaKpi : class extends SamaKpi {});
}
