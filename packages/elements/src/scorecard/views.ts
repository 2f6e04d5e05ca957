import type { KpiAnswer, KpiAspect } from '@sama/metrics/contracts';
import type { Tile } from '../kpi/model.ts';

/** The most KPIs of one view. */
const MOST = 8;

/** A pair under its heading, or a tile by itself. */
export interface Column {
  /** Of a pair. */
  aspects?: readonly [KpiAspect, KpiAspect];
  tiles: Tile[];
}

/** What is seen at once. */
export interface View {
  /** Empty for the first. */
  section: string;
  /** From 1; of one section. */
  number: number;
  star: Tile | undefined;
  promises: readonly [marketing: Tile | undefined, sales: Tile | undefined] | null;
  columns: Column[];
}

/** What to stand above all: an id, `none`, or by itself a KPI without a pair that comes about over its period. */
export type StarChoice = string | null | undefined;

/**
 * Parts a scorecard into views of at most eight KPIs, by section and within a section in order. Pairs are never parted;
 * the first promise of each team and the north star stand on the first view.
 */
export function viewsOf({ pairs = [] }: Pick<KpiAnswer, 'pairs'>, tiles: readonly Tile[], choice: StarChoice): View[] {
  const idsInPairs = new Set(pairs.flatMap(({ kpi, beside }) => [kpi, beside]));
  const [first] = tiles;
  const star =
    choice === null || choice === undefined || choice === ''
      ? first !== undefined && !idsInPairs.has(first.kpi.id) && first.kpi.target?.expected !== undefined
        ? first
        : undefined
      : tiles.find(({ kpi }) => kpi.id === choice);
  const promiseOf = (team: string): Tile | undefined =>
    tiles.find((tile) => tile !== star && tile.kpi.target?.promisedBy === team);
  const [marketing, sales] = [promiseOf('marketing'), promiseOf('sales')];
  const promises = marketing === undefined && sales === undefined ? null : ([marketing, sales] as const);
  const above = new Set([star, marketing, sales].flatMap((tile) => tile ?? []));

  const sections = new Map<string, Column[]>();
  const columnsOf = (section: string): Column[] => {
    const columns = sections.get(section) ?? [];
    sections.set(section, columns);
    return columns;
  };
  columnsOf('');
  const byId = new Map(tiles.map((tile) => [tile.kpi.id, tile]));
  const placed = new Set<Tile>();
  for (const tile of tiles) {
    if (placed.has(tile) || tile === star) continue;
    const pair = pairs.find(({ kpi, beside }) => kpi === tile.kpi.id || beside === tile.kpi.id);
    const [one, other] = [byId.get(pair?.kpi ?? ''), byId.get(pair?.beside ?? '')];
    if (one !== undefined && other !== undefined && one !== other && one !== star && other !== star) {
      placed.add(one).add(other);
      columnsOf(sectionOf(one)).push({ aspects: [one.kpi.aspect, other.kpi.aspect], tiles: [one, other] });
      continue;
    }
    placed.add(tile);
    // What stands above already is not said twice, unless it keeps another honest.
    if (above.has(tile)) continue;
    columnsOf(sectionOf(tile)).push({ tiles: [tile] });
  }
  return [...sections].flatMap(([section, columns]) => {
    const opening = section === '';
    const views: View[] = [];
    let seen = new Set<Tile>(opening ? above : []);
    let view: View | undefined;
    const open = (): View => {
      const next: View = { section, number: views.length + 1, star: undefined, promises: null, columns: [] };
      views.push(next);
      return next;
    };
    if (opening && above.size > 0) view = Object.assign(open(), { star, promises });
    for (const column of columns) {
      const fresh = column.tiles.filter((tile) => !seen.has(tile));
      if (view === undefined || seen.size + fresh.length > MOST) {
        view = open();
        seen = new Set();
      }
      for (const tile of column.tiles) seen.add(tile);
      view.columns.push(column);
    }
    return views;
  });
}

const sectionOf = ({ kpi }: Tile): string => kpi.section ?? '';

/** The tiles of a view in the order they are walked: the north star, the promises, then pair by pair, those alone last. */
export const rowsOf = ({ star, promises, columns }: View): Tile[] => [
  ...[star, ...(promises ?? [])].flatMap((tile) => tile ?? []),
  ...columns
    .toSorted((a, b) => Number(a.tiles.length === 1) - Number(b.tiles.length === 1))
    .flatMap(({ tiles }) => tiles),
];
