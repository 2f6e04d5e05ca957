import * as z from 'zod/mini';
import { ErrorCode, Flag, Status, Warning } from './codes.ts';
import { DefinitionRef } from './definition-head.ts';
import { DifferenceAnswer } from './difference-answer.ts';
import { EventFunnelAnswer } from './event-funnel-answer.ts';
import { FunnelAnswer } from './funnel-answer.ts';
import { GlossaryAnswer } from './glossary-answer.ts';
import { HandoffsAnswer } from './handoff-answer.ts';
import { KpiAnswer } from './kpi-answer.ts';
import { AttributionAnswer } from './attribution-answer.ts';
import { MeasureAnswer } from './measure-answer.ts';
import { RecordsAnswer } from './records-answer.ts';
import { ScoreAnswer } from './score-answer.ts';
import { Version } from './primitives.ts';

/** How far the members of a cohort have been followed. @public */
export const Maturity = z.object({
  mature: z.boolean(),
  /** The time every member should have had. */
  horizonMs: z.number(),
  /** Where the horizon comes from: the definition's window, or the 90th percentile of past times to convert. */
  basis: z.enum(['window', 'p90-time-to-convert']),
  members: z.int(),
  /** Members who have had the horizon. */
  followed: z.int(),
});
export type Maturity = z.infer<typeof Maturity>;

/** What part of the records the answer rests on. @public */
export const Coverage = z.object({
  /** Entities in scope of the question before the period was applied. */
  entities: z.int(),
  undated: z.int(),
  unlinked: z.int(),
  /** The latest moment the data speaks of. */
  dataThrough: z.optional(z.string()),
});
export type Coverage = z.infer<typeof Coverage>;

/** A mark on the time line a reader should know of. @public */
export const Annotation = z.object({ at: z.string(), kind: z.string(), text: z.string() });
export type Annotation = z.infer<typeof Annotation>;

const head = {
  v: Version,
  status: Status,
  flags: z.array(Flag),
  code: z.optional(ErrorCode),
  /** Fields and remedies behind `code`, in English, for developers and logs. */
  message: z.optional(z.string()),
  definition: z.optional(DefinitionRef),
  asOf: z.optional(z.string()),
  computedAt: z.optional(z.string()),
  engine: z.optional(z.string()),
  annotation: z.optional(z.array(Annotation)),
  coverage: z.optional(Coverage),
  maturity: z.optional(Maturity),
  warnings: z.array(Warning),
};

/** Everything a reader gets: `status` first, `flags` second, `data` third. @public */
export const FunnelEnvelope = z.object({ ...head, data: z.optional(FunnelAnswer) });
export type FunnelEnvelope = z.infer<typeof FunnelEnvelope>;
/** An envelope with the answer to a question of kind `eventFunnel`. @public */
export const EventFunnelEnvelope = z.object({ ...head, data: z.optional(EventFunnelAnswer) });
export type EventFunnelEnvelope = z.infer<typeof EventFunnelEnvelope>;
/** An envelope with the answer to a question of kind `measure`. @public */
export const MeasureEnvelope = z.object({ ...head, data: z.optional(MeasureAnswer) });
export type MeasureEnvelope = z.infer<typeof MeasureEnvelope>;
/** An envelope with the answer to a question of kind `kpi`. @public */
export const KpiEnvelope = z.object({ ...head, data: z.optional(KpiAnswer) });
export type KpiEnvelope = z.infer<typeof KpiEnvelope>;
/** An envelope with the answer to a question of kind `handoffs`. @beta */
export const HandoffsEnvelope = z.object({ ...head, data: z.optional(HandoffsAnswer) });
export type HandoffsEnvelope = z.infer<typeof HandoffsEnvelope>;
/** An envelope with the answer to a question of kind `glossary`. @beta */
export const GlossaryEnvelope = z.object({ ...head, data: z.optional(GlossaryAnswer) });
export type GlossaryEnvelope = z.infer<typeof GlossaryEnvelope>;
/** An envelope with the answer to a question of kind `score`. @beta */
export const ScoreEnvelope = z.object({ ...head, data: z.optional(ScoreAnswer) });
export type ScoreEnvelope = z.infer<typeof ScoreEnvelope>;
/** An envelope with the answer to a question of kind `attribution`. @beta */
export const AttributionEnvelope = z.object({ ...head, data: z.optional(AttributionAnswer) });
export type AttributionEnvelope = z.infer<typeof AttributionEnvelope>;
/** An envelope with the answer to a question of kind `records`. @beta */
export const RecordsEnvelope = z.object({ ...head, data: z.optional(RecordsAnswer) });
export type RecordsEnvelope = z.infer<typeof RecordsEnvelope>;
/** An envelope with the answer to a question of kind `difference`. @beta */
export const DifferenceEnvelope = z.object({ ...head, data: z.optional(DifferenceAnswer) });
export type DifferenceEnvelope = z.infer<typeof DifferenceEnvelope>;
/**
 * What every answer comes in: how it went (`status`), what to know of it (`flags`, `warnings`), and the data.
 * @public
 */
export const Envelope = z.object({
  ...head,
  data: z.optional(
    z.discriminatedUnion('kind', [
      FunnelAnswer,
      EventFunnelAnswer,
      MeasureAnswer,
      KpiAnswer,
      HandoffsAnswer,
      GlossaryAnswer,
      ScoreAnswer,
      AttributionAnswer,
      RecordsAnswer,
      DifferenceAnswer,
    ]),
  ),
});
export type Envelope = z.infer<typeof Envelope>;
