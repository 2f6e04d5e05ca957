import type { BehindWords } from './en/funnel-detail.ts';

/** Where the words of each language are; `behind-sibling.ts` stands in for this in single files. */
const FILES: Readonly<Record<string, () => Promise<{ behind: BehindWords }>>> = {
  ar: () => import('./ar/behind.ts'),
  de: () => import('./de/behind.ts'),
  es: () => import('./es/behind.ts'),
  ja: () => import('./ja/behind.ts'),
};

/** A language's words of what opens below a funnel; none of one that Sama does not speak. */
export const behindIn = async (tag: string): Promise<BehindWords | undefined> => (await FILES[tag]?.())?.behind;
