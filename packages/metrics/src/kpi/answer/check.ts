import {
  fieldsOf,
  type Criteria,
  type Definition,
  type Expression,
  type Fault,
  type FunnelDefinition,
  type KpiDefinition,
  type KpiSource,
} from '../../contracts/index.ts';
import { DEFAULT_SIDE_STAGES } from '../../definitions/lead-to-won.ts';
import { isStageFunnel } from '../../definitions/funnels.ts';
import { KPI_CATALOGUE } from '../catalogue/all.ts';
import { durationMs } from '../../time/duration.ts';
import { specOf, type InputKind } from '../inputs.ts';

/** What is wrong with a KPI, and what to write instead. @beta */
export interface KpiFault extends Fault {
  remedy: string;
}

type Report = (field: string, reason: string, remedy: string) => void;

const isKpi = (definition: Definition): definition is KpiDefinition => definition.kind === 'kpi';

/** Which sources can give an input of a kind. */
const GIVES: Readonly<Record<InputKind, readonly string[]>> = {
  count: ['records', 'entries', 'cohort', 'figure', 'kpi', 'is'],
  amount: ['records', 'entries', 'cohort', 'figure', 'kpi', 'is'],
  positive: ['records', 'figure', 'kpi', 'is'],
  factor: ['records', 'figure', 'kpi', 'is'],
  values: ['records'],
  series: ['figure'],
  names: ['records'],
  tally: ['records', 'figure', 'is'],
  weights: ['figure', 'is'],
  dimensions: ['dimensions'],
};

/**
 * What of a KPI definition cannot be computed: a row or input that the catalogue does not have, a funnel or stage that
 * is not defined, a KPI that leads back to itself. Empty when all is well. Fields are paths in the definition.
 *
 * @param definitions all that are known, this one among them.
 * @beta
 */
export function kpiFaults(definition: KpiDefinition, definitions: readonly Definition[]): KpiFault[] {
  const faults: KpiFault[] = [];
  const report: Report = (field, reason, remedy) => faults.push({ field, reason, remedy });
  const { formula } = definition;
  if ('kpi' in formula) {
    checkInputs(formula, report);
    for (const [name, source] of Object.entries(formula.inputs))
      checkSource(`formula.inputs.${name}`, source, definitions, report);
  } else {
    const measures = 'measure' in formula ? { measure: formula.measure } : formula.ratio;
    const at = 'measure' in formula ? 'formula' : 'formula.ratio';
    const { during } = formula;
    for (const [name, measure] of Object.entries(measures))
      checkReads(`${at}.${name}`, during === undefined ? measure : { ...measure, during }, definitions, report);
  }
  checkCycle(definition, definitions, report);
  checkPath(definition, definitions, report);
  const { guardrail } = definition;
  if (guardrail !== undefined && !known(guardrail, definitions))
    report('guardrail', `"${guardrail}" is no KPI`, 'name a KPI of these definitions or of the catalogue');
  if (guardrail !== undefined && named(definition, guardrail))
    report('guardrail', 'is this KPI itself', 'name the one that tells when this is driven up alone');
  return faults;
}

function checkInputs(
  { kpi, inputs }: { kpi: string; inputs: Readonly<Record<string, KpiSource>> },
  report: Report,
): void {
  const row = KPI_CATALOGUE.get(kpi);
  if (row === undefined) {
    report('formula.kpi', `"${kpi}" is not in the catalogue`, `use one of ${[...KPI_CATALOGUE.keys()].join(', ')}`);
    return;
  }
  const names = Object.keys(row.inputs).join(', ');
  for (const [name, source] of Object.entries(inputs)) {
    const spec = row.inputs[name];
    if (spec === undefined) {
      report(`formula.inputs.${name}`, `is no input of ${kpi}`, `give ${names}`);
      continue;
    }
    const { kind } = specOf(spec);
    if (!Object.keys(source).some((key) => GIVES[kind].includes(key))) {
      report(`formula.inputs.${name}`, 'cannot come from there', `take it from ${GIVES[kind].join(', ')}`);
    }
    if (!('records' in source)) continue;
    const { value, by } = source.records;
    if (value === undefined && ['amount', 'positive', 'factor', 'values'].includes(kind))
      report(
        `formula.inputs.${name}.records.value`,
        'is missing',
        'name what is added up, such as { "field": "amount" }',
      );
    if (by === undefined && kind === 'tally')
      report(`formula.inputs.${name}.records.by`, 'is missing', 'name the field to count by');
  }
  for (const [name, spec] of Object.entries(row.inputs)) {
    if (!specOf(spec).optional && inputs[name] === undefined)
      report(`formula.inputs.${name}`, 'is missing', `${kpi} needs it: say where it comes from`);
  }
}

function checkSource(field: string, source: KpiSource, definitions: readonly Definition[], report: Report): void {
  if ('records' in source) checkReads(`${field}.records`, source.records, definitions, report);
  if ('entries' in source) {
    const { funnel, stage } = source.entries;
    checkStage(
      `${field}.entries.stage`,
      stage,
      funnelOf(`${field}.entries.funnel`, funnel, definitions, report),
      report,
    );
  }
  if ('cohort' in source) {
    const { funnel, from, to, window } = source.cohort;
    const found = funnelOf(`${field}.cohort.funnel`, funnel, definitions, report);
    checkStage(`${field}.cohort.from`, from, found, report);
    checkStage(`${field}.cohort.to`, to, found, report);
    if (window !== undefined && window !== 'none' && durationMs(window) === 0)
      report(`${field}.cohort.window`, 'lets nobody convert: it has no length', 'write a time above 0, or "none"');
    const rank = (key: string | undefined): number => found?.stages.findIndex((stage) => stage.key === key) ?? -1;
    if (rank(from) >= 0 && rank(to) >= 0 && rank(to) <= rank(from))
      report(`${field}.cohort.to`, `"${to}" does not come after "${from}"`, `use a stage after ${from}`);
  }
  for (const name of kpisIn(source)) {
    if (!definitions.some((one) => isKpi(one) && named(one, name)))
      report(`${field}.kpi`, `"${name}" is not defined`, `define it, or use one of ${idsOf(definitions)}`);
  }
}

/** What is read of records: fields that only a funnel knows need one, and one that has them. */
function checkReads(
  field: string,
  read: {
    funnel?: string | undefined;
    where?: Criteria | undefined;
    during?: string | undefined;
    value?: Expression | undefined;
    by?: string | undefined;
  },
  definitions: readonly Definition[],
  report: Report,
): void {
  const { funnel, where, during, value, by } = read;
  const days = value !== undefined && 'days' in value ? [value.days.from, value.days.to] : [];
  const fields = [...fieldsOf(where), ...days, during ?? [], by ?? []].flat();
  const staged = fields.find((one) => one === 'stage' || one.startsWith('reached.'));
  if (funnel === undefined) {
    if (staged !== undefined)
      report(`${field}.funnel`, `is missing, and only a funnel knows ${staged}`, 'name a funnel of stages');
    return;
  }
  const found = funnelOf(`${field}.funnel`, funnel, definitions, report);
  if (found === undefined) return;
  const stages = [...found.stages, ...(found.side ?? DEFAULT_SIDE_STAGES)].map(({ key }) => key);
  for (const one of new Set(fields)) {
    if (!one.startsWith('reached.') || stages.includes(one.slice('reached.'.length))) continue;
    const reason = `reads ${one}, which is no stage of funnel "${found.id}"`;
    report(field, reason, `use one of ${stages.join(', ')}`);
  }
}

const named = (definition: Definition, name: string): boolean =>
  name === definition.id || name === `${definition.id}@${definition.version}`;

const idsOf = (definitions: readonly Definition[]): string => {
  const ids = [...new Set(definitions.filter(isKpi).map(({ id }) => id))].join(', ');
  return ids === '' ? 'none' : ids;
};

function funnelOf(
  field: string,
  name: string,
  definitions: readonly Definition[],
  report: Report,
): FunnelDefinition | undefined {
  const funnels = definitions.filter(isStageFunnel);
  const found = funnels.find((funnel) => named(funnel, name));
  if (found === undefined) {
    const ids = [...new Set(funnels.map(({ id }) => id))].join(', ');
    report(field, `funnel "${name}" is not defined`, `use one of ${ids === '' ? 'none' : ids}, or define it`);
  }
  return found;
}

function checkStage(
  field: string,
  stage: string | undefined,
  funnel: FunnelDefinition | undefined,
  report: Report,
): void {
  if (stage === undefined || funnel === undefined || funnel.stages.some(({ key }) => key === stage)) return;
  report(
    field,
    `"${stage}" is no stage of funnel "${funnel.id}"`,
    `use one of ${funnel.stages.map(({ key }) => key).join(', ')}`,
  );
}

/** The KPIs a source is computed from. */
function kpisIn(source: KpiSource): string[] {
  if ('kpi' in source) return [source.kpi];
  return 'dimensions' in source
    ? Object.values(source.dimensions).flatMap(({ kpis }) => kpis.map(({ kpi }) => kpi))
    : [];
}

const referred = ({ formula }: KpiDefinition): string[] =>
  'kpi' in formula ? Object.values(formula.inputs).flatMap(kpisIn) : [];

function checkCycle(definition: KpiDefinition, definitions: readonly Definition[], report: Report): void {
  const kpis = definitions.filter(isKpi);
  const wayBack = (name: string, way: readonly string[]): string[] | undefined => {
    for (const one of kpis.filter((kpi) => named(kpi, name))) {
      if (one.id === definition.id) return [...way, one.id];
      if (way.includes(one.id)) continue;
      for (const next of referred(one)) {
        const found = wayBack(next, [...way, one.id]);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  for (const name of referred(definition)) {
    const way = wayBack(name, [definition.id]);
    if (way === undefined) continue;
    report(
      'formula.inputs',
      `leads back to itself: ${way.join(' → ')}`,
      'let one of them be computed from records or figures',
    );
    return;
  }
}

function known(name: string, definitions: readonly Definition[]): boolean {
  return KPI_CATALOGUE.has(name) || definitions.some((one) => isKpi(one) && named(one, name));
}

function checkPath({ revenuePath = [] }: KpiDefinition, definitions: readonly Definition[], report: Report): void {
  const stages = new Set(
    definitions
      .filter(isStageFunnel)
      .flatMap(({ stages: main, side }) => [...main, ...(side ?? DEFAULT_SIDE_STAGES)].map(({ key }) => key)),
  );
  revenuePath.forEach((step, i) => {
    if (step === 'revenue' || stages.has(step) || known(step, definitions)) return;
    report(`revenuePath.${i}`, `"${step}" is no stage and no KPI`, 'name a stage of a funnel, a KPI, or "revenue"');
  });
}
