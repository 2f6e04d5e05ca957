import { durationMs } from '../time/duration.ts';
import type { Criteria } from './criteria.ts';
import type { EventFunnelFields } from './event-funnel-fields.ts';

/** Something a definition says that cannot be counted, and what would help. @public */
export interface DefinitionFault {
  path: readonly (string | number)[];
  message: string;
}

/** What the fields of an event-mode funnel say against each other; empty when all is well. @public */
export function eventFunnelFaults(definition: EventFunnelFields): DefinitionFault[] {
  const faults: DefinitionFault[] = [];
  const fault = (path: DefinitionFault['path'], message: string): void => {
    faults.push({ path, message });
  };
  if (definition.owners.length === 0) fault(['owners'], 'name at least one team that owns the definition');
  checkSteps(definition, fault);
  checkWindow(definition, fault);
  checkExclusions(definition, fault);
  checkChoices(definition, fault);
  checkFields(definition, fault);
  return faults;
}

type Report = (path: DefinitionFault['path'], message: string) => void;

const known = ({ steps }: EventFunnelFields): string => steps.map((s) => s.id).join(', ');

function checkSteps(definition: EventFunnelFields, fault: Report): void {
  const { steps } = definition;
  if (steps.length < 2) fault(['steps'], 'a funnel has at least two steps');
  const seen = new Set<string>();
  steps.forEach((step, i) => {
    if (seen.has(step.id)) fault(['steps', i, 'id'], `"${step.id}" is there twice: give each step an id of its own`);
    seen.add(step.id);
    const inner = i > 0 && i < steps.length - 1;
    if (step.optional === true && !inner)
      fault(['steps', i, 'optional'], 'the first and the last step cannot be optional: leave the step out instead');
    if (step.within !== undefined && i === 0)
      fault(['steps', i, 'within'], 'the first step has nothing before it: set within on a later step');
    if (step.firstTime === 'event' && step.event === undefined)
      fault(['steps', i, 'firstTime'], '"event" means the first of a name: set event, or use "match"');
  });
}

function checkWindow({ steps, window }: EventFunnelFields, fault: Report): void {
  const whole = window === undefined ? Number.POSITIVE_INFINITY : durationMs(window.within);
  if (whole <= 0)
    fault(['window', 'within'], 'a window of no time lets nobody convert: give more than 0, or leave window out');
  steps.forEach(({ within }, i) => {
    if (within === undefined) return;
    const ms = durationMs(within);
    if (ms <= 0) fault(['steps', i, 'within'], 'no time to get there: give more than 0, or leave within out');
    if (ms > whole)
      fault(
        ['steps', i, 'within'],
        'longer than the whole window, so it never applies: shorten it or widen the window',
      );
  });
}

function checkExclusions(definition: EventFunnelFields, fault: Report): void {
  const { steps, exclusions = [], order = 'ordered' } = definition;
  exclusions.forEach((exclusion, i) => {
    const at = (name: 'from' | 'to'): number => {
      const index = steps.findIndex((s) => s.id === exclusion[name]);
      if (index < 0)
        fault(['exclusions', i, name], `step "${exclusion[name]}" is unknown; the steps are ${known(definition)}`);
      return index;
    };
    const from = at('from');
    const to = at('to');
    if (from < 0 || to < 0) return;
    if (to <= from) fault(['exclusions', i, 'to'], `"${exclusion.to}" must be a later step than "${exclusion.from}"`);
    if (order === 'any' && (from > 0 || to < steps.length - 1))
      fault(['exclusions', i], 'in any order nothing lies between two steps: exclude from the first to the last step');
    if (exclusion.event === undefined && exclusion.where === undefined)
      fault(['exclusions', i], 'every event would exclude: set event or where');
  });
}

function checkChoices(definition: EventFunnelFields, fault: Report): void {
  const { steps, order = 'ordered', unit = 'actor', tries = 'all', attribution } = definition;
  if (typeof attribution === 'object' && !steps.some((s) => s.id === attribution.step))
    fault(['attribution', 'step'], `step "${attribution.step}" is unknown; the steps are ${known(definition)}`);
  if (order === 'any') {
    if (typeof attribution === 'object')
      fault(['attribution'], 'in any order an event is of no certain step: use "first", "last" or "all"');
    const ordered = 'means nothing in any order: leave it out, or use order "ordered"';
    steps.forEach((step, i) => {
      if (step.optional === true) fault(['steps', i, 'optional'], `a step one may leave out ${ordered}`);
      if (step.within !== undefined) fault(['steps', i, 'within'], `time from the step before ${ordered}`);
    });
    if (definition.window?.anchor === 'previous-step') fault(['window', 'anchor'], `"previous-step" ${ordered}`);
    for (const field of ['repeats', 'returns', 'tries', 'sameInstant'] as const)
      if (definition[field] !== undefined) fault([field], ordered);
    if (unit !== 'actor') fault(['unit'], `unit "${unit}" ${ordered}, or count each actor`);
  }
  if (tries === 'first' && unit !== 'actor')
    fault(['tries'], `one run for each actor leaves nothing for unit "${unit}": use unit "actor"`);
  if (unit === 'conversion') {
    const simple = 'unit "conversion" pairs each event of the last step with the nearest entry';
    if (steps.length !== 2) fault(['unit'], `${simple}: use two steps, or unit "entry"`);
    if (order !== 'ordered') fault(['order'], `${simple}: use order "ordered"`);
    if ((definition.exclusions ?? []).length > 0)
      fault(['exclusions'], `${simple}: leave exclusions out, or use unit "entry"`);
    for (const field of ['repeats', 'returns', 'pick'] as const)
      if (definition[field] !== undefined) fault([field], `${simple}: leave ${field} out`);
  }
}

function checkFields(definition: EventFunnelFields, fault: Report): void {
  const ofEvent = (criteria: Criteria | undefined, path: DefinitionFault['path']): void => {
    const wrong = fieldsOf(criteria).find((f) => /^(id|stage|currentStage|reached\..*)$/.test(f));
    if (wrong !== undefined)
      fault(path, `an event has no field "${wrong}": use its attributes.NAME, amount, currency, owner or links`);
  };
  const ofRecord = (criteria: Criteria | undefined, path: DefinitionFault['path']): void => {
    const wrong = fieldsOf(criteria).find((f) => /^(stage|reached\..*)$/.test(f));
    if (wrong !== undefined) fault(path, `"${wrong}" needs a stage funnel: use currentStage or attributes.NAME`);
  };
  definition.steps.forEach(({ where }, i) => ofEvent(where, ['steps', i, 'where']));
  (definition.exclusions ?? []).forEach(({ where }, i) => ofEvent(where, ['exclusions', i, 'where']));
  ofEvent(definition.eventFilter, ['eventFilter']);
  ofRecord(definition.where, ['where']);
  (definition.segments ?? []).forEach(({ where }, i) => ofRecord(where, ['segments', i, 'where']));
}

/** The fields that criteria read. @public */
export function fieldsOf(criteria: Criteria | undefined): string[] {
  if (criteria === undefined) return [];
  if ('all' in criteria) return criteria.all.flatMap(fieldsOf);
  if ('any' in criteria) return criteria.any.flatMap(fieldsOf);
  return 'not' in criteria ? fieldsOf(criteria.not) : [criteria.field];
}
