export type { LintOptions } from './find.ts';
export { findingText, type Finding } from './finding.ts';
export { compileLexicon, type Advice, type Lexicon, type LexiconOptions } from './lexicon.ts';
export { lintHtml } from './lint-html.ts';
export { lintText } from './lint-text.ts';
