/** What `sama-kpi-select` tells: the tile that was chosen. @public */
export interface KpiSelectDetail {
  /** The id of its definition. */
  kpi: string;
  label: string;
  /** In the unit of the KPI; `null` when it is not known. */
  value: number | null;
}

/** What `sama-drill` tells of a KPI: its trend was chosen. @public */
export interface KpiDrillDetail {
  kind: 'trend';
  kpi: string;
  label: string;
}

declare global {
  interface HTMLElementEventMap {
    'sama-kpi-select': CustomEvent<KpiSelectDetail>;
  }
}
