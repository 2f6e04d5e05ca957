import type { GlossaryTerm, TermDefinition } from '@sama/metrics/contracts';
import type { Counts } from '../internal/counts.ts';
import { rateText } from '../internal/rates.ts';
import type { GlossaryWords } from '../locale/index.ts';

type Open = NonNullable<GlossaryTerm['open']>;

/** What a text would have meant for past records, in sentences. */
export function impactText(impact: Open['impact'], term: TermDefinition, f: Counts, t: GlossaryWords): string {
  if (impact === undefined || 'value' in impact) return t.impactNone;
  const { before, lost, gained } = impact.members;
  if (before + gained === 0) return t.impactNone;
  const thing = term.abbreviation ?? term.term;
  const moved = [
    lost > 0 ? t.impactLost(f.count(lost), f.count(before), thing) : '',
    gained > 0 ? t.impactGained(f.count(gained)) : '',
  ].filter((text) => text !== '');
  const rates = impact.rates.flatMap((rate) => {
    const [was, is] = [rateText(rate.before, f, t), rateText(rate.after, f, t)];
    const [from = '', to = ''] = rate.id.split('-to-').map(stageName);
    return was === null || is === null ? [] : [t.impactRate(from, to, was.text, is.text)];
  });
  return [...(moved.length > 0 ? moved : [t.impactSame(f.count(before), thing)]), ...rates].join(' ');
}

/** A key as a name: short ones are abbreviations. */
const stageName = (key: string): string =>
  key.length <= 3 && key !== 'won' ? key.toUpperCase() : key.charAt(0).toUpperCase() + key.slice(1);

/** The gravest change of a text. */
export const gravestOf = (diff: Open['diff']): 'major' | 'minor' | 'patch' | undefined =>
  (['major', 'minor', 'patch'] as const).find((change) => diff.some((one) => one.change === change));
