import type { Definition, EventFunnelDefinition, FunnelDefinition } from '../contracts/index.ts';
import { QuestionError } from '../errors.ts';
import { findDefinition } from './registry.ts';

/** Whether a definition is a funnel of stages. @public */
export const isStageFunnel = (definition: Definition): definition is FunnelDefinition =>
  definition.kind === 'funnel' && definition.mode !== 'event';

/** Whether a definition is a funnel of events. @public */
export const isEventFunnel = (definition: Definition): definition is EventFunnelDefinition =>
  definition.kind === 'funnel' && definition.mode === 'event';

/**
 * The stage funnel of this name; see `findDefinition`.
 *
 * @throws QuestionError `unknown-definition`; `invalid-question` when it is a funnel of events.
 * @public
 */
export function findStageFunnel(definitions: readonly Definition[], name: string): FunnelDefinition {
  const found = findDefinition(definitions, 'funnel', name);
  if (isStageFunnel(found)) return found;
  throw new QuestionError(
    'invalid-question',
    `funnel "${name}" counts events, not stages: ask a question of kind "eventFunnel"`,
  );
}

/**
 * The event funnel of this name; see `findDefinition`.
 *
 * @throws QuestionError `unknown-definition`; `invalid-question` when it is a funnel of stages.
 * @public
 */
export function findEventFunnel(definitions: readonly Definition[], name: string): EventFunnelDefinition {
  const found = findDefinition(definitions, 'funnel', name);
  if (isEventFunnel(found)) return found;
  throw new QuestionError(
    'invalid-question',
    `funnel "${name}" counts stages, not events: ask a question of kind "funnel"`,
  );
}
