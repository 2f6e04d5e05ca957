import type { KpiAnswer, KpiAspect, KpiTile } from '../../contracts/index.ts';

/** Rows of the catalogue by what they look at. What is not here is told by its unit. */
const ASPECTS: Readonly<Record<string, KpiAspect>> = {
  cac: 'cost',
  cacPayback: 'cost',
  smPercentOfRevenue: 'cost',
  'winRate.count': 'win-rate',
  'winRate.value': 'win-rate',
  'winRate.cohort': 'win-rate',
  winRateLift: 'win-rate',
  slaCompliance: 'compliance',
  unworkedRate: 'compliance',
  avgDealSize: 'value',
  ltv: 'value',
  ltvToCac: 'value',
  pipelineVelocity: 'value',
};

/** What a KPI looks at. */
export function aspectOf({ kpi = '', unit, additivity }: Pick<KpiTile, 'kpi' | 'unit' | 'additivity'>): KpiAspect {
  const known = ASPECTS[kpi];
  if (known !== undefined) return known;
  if (kpi.startsWith('costPer')) return 'cost';
  if (unit === 'minutes' || unit === 'days') return 'speed';
  if (additivity === 'sum') return 'volume';
  return unit === 'currency' || unit === 'currency/day' ? 'value' : 'quality';
}

/** Amounts, costs and times can be driven up alone; what keeps them honest stands second. */
const LEADS: ReadonlySet<KpiAspect> = new Set(['volume', 'cost', 'speed']);

/**
 * Those to be read together: each KPI with its guardrail, by id or by its key in the catalogue, or with the one whose
 * guardrail it is. The first that are asked find theirs first; no KPI is in two pairs.
 */
export function pairsOf(tiles: readonly KpiTile[]): NonNullable<KpiAnswer['pairs']> {
  const taken = new Set<string>();
  const guards = ({ guardrail }: KpiTile, { id, kpi }: KpiTile): boolean =>
    guardrail !== undefined && (guardrail.split('@')[0] === id || guardrail === kpi);
  return tiles.flatMap((tile) => {
    if (taken.has(tile.id)) return [];
    const free = tiles.filter((other) => other.id !== tile.id && !taken.has(other.id));
    const other = free.find((one) => guards(tile, one)) ?? free.find((one) => guards(one, tile));
    if (other === undefined) return [];
    taken.add(tile.id).add(other.id);
    const turned = !LEADS.has(tile.aspect) && LEADS.has(other.aspect);
    return [turned ? { kpi: other.id, beside: tile.id } : { kpi: tile.id, beside: other.id }];
  });
}
