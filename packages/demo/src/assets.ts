import { REGIONS, SELLERS } from './company/market.ts';
import { type DemoOptions, frameOf } from './frame.ts';
import { LANES, Stream } from './random.ts';
import { DAY, dayText, inOfficeHours, instantText, localDayOf } from './time/berlin.ts';

/** A piece of content marketing made for sales. @experimental */
export interface DemoAsset {
  id: string;
  title: string;
  kind: 'case-study' | 'data-sheet' | 'white-paper' | 'video' | 'battle-card' | 'calculator';
  stage: 'mql' | 'sal' | 'sql' | 'opportunity';
  persona: 'warehouse-manager' | 'operations-director' | 'finance-director' | 'automation-engineer';
  /** `YYYY-MM-DD`. */
  publishedOn: string;
  /** What it cost, in euro cents. */
  cost: number;
}

/** A seller used an asset with a customer. @experimental */
export interface DemoAssetUse {
  assetId: string;
  /** ISO 8601 instant. */
  at: string;
  by: string;
  channel: 'e-mail' | 'call' | 'meeting';
}

const KINDS: readonly [DemoAsset['kind'], string][] = [
  ['case-study', 'Case study'],
  ['data-sheet', 'Data sheet'],
  ['white-paper', 'White paper'],
  ['video', 'Video'],
  ['battle-card', 'Battle card'],
  ['calculator', 'Savings calculator'],
];
const TOPICS = ['night shift', 'cold store', 'returns', 'pick rate', 'safety', 'peak season', 'retrofit'] as const;
const STAGES = ['mql', 'sal', 'sql', 'opportunity'] as const;
const PERSONAS = ['warehouse-manager', 'operations-director', 'finance-director', 'automation-engineer'] as const;
const CHANNELS = ['e-mail', 'call', 'meeting'] as const;

/** Assets older than `NEW_DAYS`, those of them used in the last `USE_DAYS`, and those used only before. */
export const ASSETS = { judged: 200, used: 60, usedBefore: 14, fresh: 10 } as const;
export const USE_DAYS = 90;
export const NEW_DAYS = 30;

/**
 * The content of the demo company and its use by sales. Of 200 assets older than 30 days, 60 were
 * used in the last 90 days: 70 % are unused. 14 of the unused ones were used before that, and ten
 * assets are too new to judge.
 *
 * @throws RangeError naming the option that is out of range.
 * @experimental
 */
export function demoAssets(options: DemoOptions): { assets: DemoAsset[]; uses: DemoAssetUse[] } {
  const frame = frameOf(options);
  const stream = new Stream(frame.seed, LANES.assets);
  const today = localDayOf(frame.asOf);
  const count = ASSETS.judged + ASSETS.fresh;
  const assets = Array.from({ length: count }, (_, i): DemoAsset => {
    const [kind, word] = KINDS[i % KINDS.length] ?? ['video', 'Video'];
    const age = i < ASSETS.judged ? 120 + stream.below(600) : 1 + stream.below(NEW_DAYS - 2);
    return {
      id: `asset-${String(i + 1).padStart(3, '0')}`,
      title: `${word} ${Math.floor(i / KINDS.length) + 1}: ${stream.pick(TOPICS)}`,
      kind,
      stage: stream.pick(STAGES),
      persona: stream.pick(PERSONAS),
      publishedOn: dayText(today - age),
      cost: (400 + stream.below(60) * 100) * 100,
    };
  });

  const places = Array.from({ length: ASSETS.judged }, (_, i) => i);
  for (let i = places.length - 1; i > 0; i -= 1) {
    const j = stream.below(i + 1);
    const [a, b] = [places[i] ?? 0, places[j] ?? 0];
    places[i] = b;
    places[j] = a;
  }
  const uses: DemoAssetUse[] = [];
  const sellers = REGIONS.flatMap((region) => SELLERS[region]);
  for (const [rank, place] of places.slice(0, ASSETS.used + ASSETS.usedBefore).entries()) {
    const recent = rank < ASSETS.used;
    // A few favourites carry most of the use.
    const times = recent ? Math.max(1, Math.round(60 / (rank + 1))) : 1 + stream.below(3);
    for (let n = 0; n < times; n += 1) {
      const age = recent ? 4 + stream.below(USE_DAYS - 5) : USE_DAYS + 4 + stream.below(22);
      uses.push({
        assetId: assets[place]?.id ?? '',
        // Office hours can add a weekend: less than the four days kept free on both sides.
        at: instantText(inOfficeHours(Math.floor(frame.asOf / 1000) * 1000 - age * DAY, stream.unit())),
        by: sellers[stream.below(sellers.length)] ?? '',
        channel: stream.pick(CHANNELS),
      });
    }
  }
  uses.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { assets, uses };
}
