export { demoAssets, type DemoAsset, type DemoAssetUse } from './assets.ts';
export { demoCsv, demoMapping } from './csv.ts';
export { demoDefinitions, type DemoDefinitionOptions } from './definitions.ts';
export { demoDesk, type DemoDesk } from './desk/desk.ts';
export { DEFAULT_AS_OF as DEMO_AS_OF, type DemoOptions } from './frame.ts';
export { DEMO_BATCH, demoChunks, type DemoChunk } from './records.ts';
export { plantedTruths } from './truths/truths.ts';
export type {
  ClockChanges,
  ClockNight,
  CloseRate,
  DayRange,
  DefinitionBreak,
  DoubleAccept,
  Figure,
  ImmatureCohort,
  LeadCosts,
  MailClicks,
  PerceptionGap,
  PlantedTruths,
  Reentries,
  RosyForecast,
  SegmentMismatch,
  Story,
  TouchedWins,
  Truth,
  UnusedAssets,
  ViciousCircle,
  ViciousMonth,
} from './truths/shape.ts';
export { TIME_ZONE as DEMO_TIME_ZONE } from './time/berlin.ts';
