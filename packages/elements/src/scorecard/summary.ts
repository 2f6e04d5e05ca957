import type { Formats } from '../internal/format.ts';
import type { Tile } from '../kpi/model.ts';
import type { ScorecardWords } from '../locale/index.ts';

/** A part of the finding. */
export interface Finding {
  text: string;
  strong: boolean;
}

/** How many names a sentence takes. */
const NAMES = 3;

/** The scorecard in one or two sentences: the pace, what is off or at risk, and the clearest turn for the worse. */
export function findingOf(tiles: readonly Tile[], star: Tile | undefined, f: Formats, t: ScorecardWords): Finding[] {
  const names = (some: readonly Tile[]): string => {
    const first = some.slice(0, NAMES).map(({ name }) => name);
    return t.andMore(first, some.length - first.length, f.count(some.length - first.length));
  };
  const aimed = tiles.filter(({ status }) => status.tone === 'ok' || status.tone === 'warn' || status.tone === 'bad');
  const standing = star === undefined ? [] : paceOf(star, f, t);
  const [off, risky] = (['bad', 'warn'] as const).map((tone) =>
    // How the north star stands is said already.
    aimed.filter((tile) => tile.status.tone === tone && (standing.length === 0 || tile !== star)),
  );
  const rest: Finding[] =
    aimed.length === 0
      ? [plain(t.noTargets)]
      : aimed.every(({ status }) => status.tone === 'ok')
        ? [plain(`${t.allMet(aimed.length, f.count(aimed.length))} `)]
        : [
            ...(off?.length ? marked(t.areOff(names(off)), 1) : []),
            ...(risky?.length ? marked(t.areAtRisk(names(risky)), 1) : []),
          ];
  return [...standing, ...rest, ...worseOf(tiles, f, t)];
}

const plain = (text: string): Finding => ({ text, strong: false });
/** Parts of a sentence, one of them strong. */
const marked = (parts: readonly string[], at: number): Finding[] =>
  parts.map((text, i) => ({ text, strong: i === at }));

function paceOf({ name, kpi: { target } }: Tile, f: Formats, t: ScorecardWords): Finding[] {
  if (target === undefined) return [];
  const { ahead, progress, elapsed, expected } = target;
  if (expected !== undefined && elapsed < 1 && ahead !== undefined) {
    const share = f.percent(Math.abs(ahead), 0);
    const standing = Math.abs(ahead) < 0.005 ? t.onPaceOf : ahead > 0 ? t.aheadOf(share) : t.behindOf(share);
    return marked(t.isStanding(name, standing), 1);
  }
  return progress === undefined ? [] : marked(t.isStanding(name, t.shareOfTarget(f.percent(progress, 0))), 1);
}

/** Of the changes whose interval leaves out 0, the first against the way that is better. */
function worseOf(tiles: readonly Tile[], f: Formats, t: ScorecardWords): Finding[] {
  for (const { kpi, name, small, change: said } of tiles) {
    const change = kpi.before?.change;
    if (change?.low === undefined || small || said === '' || kpi.unit !== 'share') continue;
    const worse = kpi.direction === 'up' ? 'down' : kpi.direction === 'down' ? 'up' : '';
    if (change.verdict === worse)
      return marked(t.moved(name, worse === 'up', t.points(f.hundredths(Math.abs(change.difference), 1))), 0);
  }
  return [];
}
