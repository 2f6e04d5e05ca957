export { checkGlossary, type Known } from './check.ts';
export { GlossaryError, type GlossaryFault } from './faults.ts';
export { joinGlossaries, type GlossaryPlace } from './join.ts';
export { glossaryJson, loadGlossary } from './load.ts';
