export * from './define-all.ts';
export * from './filter/filter.ts';
export * from './funnel/funnel.ts';
export * from './queue/handoff-queue.ts';
export { SamaKpi, type KpiDrillDetail, type KpiSelectDetail } from './kpi/kpi.ts';
export { SamaProvider } from './provider/provider.ts';
export { SamaScorecard } from './scorecard/scorecard.ts';
export { registerLocale, type AllWords, type Words } from './locale/index.ts';
