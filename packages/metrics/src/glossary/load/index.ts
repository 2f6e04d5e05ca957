export { checkGlossary, type Known } from './check.ts';
export { GlossaryError, type GlossaryFault } from './faults.ts';
export { glossaryJson, loadGlossary } from './load.ts';
