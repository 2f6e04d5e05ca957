import { ELEMENTS } from './elements.ts';
import { type DefineOptions, register } from './internal/register.ts';

export type { DefineOptions } from './internal/register.ts';

/** Registers every element; a second set of tags when a suffix is given. Never throws. @public */
export function defineAll(options: DefineOptions = {}): void {
  for (const [tag, element] of Object.entries(ELEMENTS)) register(tag, element, options);
}
