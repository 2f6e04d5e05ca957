import type { choices } from './en/choices.ts';
import type { Words } from './en/common.ts';
import type { CoreWords } from './en/core.ts';
import type { FilterWords } from './en/filter.ts';
import type { BehindWords, funnelDetail } from './en/funnel-detail.ts';
import type { FunnelWords } from './en/funnel.ts';
import type { glossaryDesk } from './en/glossary-desk.ts';
import type { GlossaryWords } from './en/glossary.ts';
import type { handOut } from './en/hand-out.ts';
import type { queueDesk } from './en/queue-desk.ts';
import type { QueueWords } from './en/queue.ts';
import type { scorecardNumbers } from './en/scorecard-numbers.ts';
import type { ScorecardWords } from './en/scorecard.ts';
import type { TermWords } from './en/term.ts';

type HandOut = typeof handOut;

/** Each widget's words without those it shares, as a file of another language has them. */
export interface Own {
  core: CoreWords;
  common: Omit<Words, Exclude<keyof CoreWords, 'warnings'>>;
  choices: typeof choices;
  behind: BehindWords;
  filter: Omit<FilterWords, keyof Words | keyof typeof choices>;
  funnel: Omit<
    FunnelWords & Omit<typeof funnelDetail, 'behind' | 'reasons'>,
    keyof Words | keyof HandOut | keyof typeof choices | 'reasons'
  >;
  glossary: Omit<GlossaryWords & typeof glossaryDesk, keyof CoreWords | keyof HandOut | 'unknownTerm' | 'sayHere'>;
  handOut: HandOut;
  queue: Omit<QueueWords & typeof queueDesk, keyof CoreWords | keyof HandOut | 'filter'>;
  scorecard: Omit<
    ScorecardWords & typeof scorecardNumbers,
    keyof Words | keyof HandOut | keyof typeof choices | 'value' | 'interval'
  >;
  term: Omit<TermWords, keyof CoreWords>;
}
