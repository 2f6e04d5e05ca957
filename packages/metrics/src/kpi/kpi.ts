import type { Additivity, EntityType, KpiDirection, KpiUnit, KpiValue, Owner } from '../contracts/index.ts';
import { checkInputs, type InputsOf, type InputSpecs } from './inputs.ts';

/** Whose things a KPI counts. @beta */
export type KpiGrain =
  | EntityType
  | 'handoff'
  | 'clock'
  | 'campaign'
  | 'asset'
  | 'stage'
  | 'segment'
  | 'record'
  | 'term'
  | 'kpi'
  | 'survey'
  | 'finance'
  | 'organisation'
  | 'visitor';

/** What is known of a KPI beside its numbers. */
interface KpiFacts<S extends InputSpecs> {
  /** Stable, never translated. */
  key: string;
  label: string;
  /** In the words of its inputs. */
  formula: string;
  /** What it does not say, and how edge cases count. */
  note?: string;
  unit: KpiUnit;
  direction: KpiDirection;
  grain: KpiGrain;
  additivity: Additivity;
  owners: readonly Owner[];
  /** From the KPI to revenue: stages and other figures, `revenue` last. */
  revenuePath: readonly string[];
  /** The KPI to show beside it, so that neither is bettered at the cost of the other. */
  guardrail?: string;
  /** Inputs by name: the statistics it is computed from. */
  inputs: S;
  /** For inputs that do not add up: the KPI that computes them from statistics which do. */
  parts?: Readonly<Record<string, Kpi>>;
}

/** A row of the catalogue: what it is, and how it is computed from its inputs. @beta */
export interface Kpi<S extends InputSpecs = InputSpecs> extends KpiFacts<S> {
  /** @throws InputError naming the input that is missing, unknown or of another kind. */
  evaluate(inputs: InputsOf<S>): KpiValue;
}

/**
 * Makes a KPI whose inputs are checked before it is computed. Mark the call as pure, so that bundlers may drop it.
 * @beta
 */
export function kpi<const S extends InputSpecs>(
  facts: KpiFacts<S>,
  compute: (inputs: InputsOf<S>) => KpiValue,
): Kpi<S> {
  return {
    ...facts,
    evaluate(inputs) {
      checkInputs(facts.inputs, { ...inputs });
      return compute(inputs);
    },
  };
}
