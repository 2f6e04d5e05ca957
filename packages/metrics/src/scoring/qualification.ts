import * as z from 'zod/mini';
import { InputError } from '../errors.ts';

/** How sure a fact is: nobody asked, somebody says so, or it was seen. @beta */
export const Certainty = z.enum(['unknown', 'claimed', 'confirmed']);
export type Certainty = z.infer<typeof Certainty>;

/** What is known of one point of a qualification, and on what grounds. @beta */
export const Finding = z.object({ certainty: Certainty, evidence: z.optional(z.string()) });
export type Finding = z.infer<typeof Finding>;

/** A list of points to learn about an opportunity. It feeds the criteria of SQL, never the score. @beta */
export interface QualificationMethod {
  key: string;
  label: string;
  points: readonly { key: string; label: string }[];
}

/** Budget, authority, need and timing. @beta */
export const BANT: QualificationMethod = {
  key: 'bant',
  label: 'BANT',
  points: [
    { key: 'budget', label: 'Budget' },
    { key: 'authority', label: 'Authority' },
    { key: 'need', label: 'Need' },
    { key: 'timing', label: 'Timing' },
  ],
};

/** Metrics, economic buyer, decision criteria and process, pain, champion. @beta */
export const MEDDIC: QualificationMethod = {
  key: 'meddic',
  label: 'MEDDIC',
  points: [
    { key: 'metrics', label: 'Metrics' },
    { key: 'economic-buyer', label: 'Economic buyer' },
    { key: 'decision-criteria', label: 'Decision criteria' },
    { key: 'decision-process', label: 'Decision process' },
    { key: 'identify-pain', label: 'Identify pain' },
    { key: 'champion', label: 'Champion' },
  ],
};

/** MEDDIC with the paper process and the competition. @beta */
export const MEDDPICC: QualificationMethod = {
  key: 'meddpicc',
  label: 'MEDDPICC',
  points: [
    { key: 'metrics', label: 'Metrics' },
    { key: 'economic-buyer', label: 'Economic buyer' },
    { key: 'decision-criteria', label: 'Decision criteria' },
    { key: 'decision-process', label: 'Decision process' },
    { key: 'paper-process', label: 'Paper process' },
    { key: 'identify-pain', label: 'Identify pain' },
    { key: 'champion', label: 'Champion' },
    { key: 'competition', label: 'Competition' },
  ],
};

/** How much of a qualification is known. @beta */
export interface Completeness {
  confirmed: number;
  claimed: number;
  unknown: number;
  /** The share of points that are confirmed, 0 to 1. */
  share: number;
  /** Keys of the points that are not confirmed, in the order of the method. */
  open: string[];
}

/**
 * How much of a method is known. Points without a finding are unknown; a claim is not a confirmation.
 *
 * @throws InputError for a finding on a point that the method does not have.
 * @beta
 */
export function completeness(
  { label, points }: QualificationMethod,
  findings: Readonly<Record<string, Finding>>,
): Completeness {
  for (const key of Object.keys(findings)) {
    if (!points.some((point) => point.key === key)) {
      const known = points.map((point) => point.key).join(', ');
      throw new InputError(`findings.${key}`, `is no point of ${label}`, `use one of ${known}`);
    }
  }
  const certainties = points.map(({ key }) => (Object.hasOwn(findings, key) ? findings[key]?.certainty : undefined));
  const confirmed = certainties.filter((certainty) => certainty === 'confirmed').length;
  const claimed = certainties.filter((certainty) => certainty === 'claimed').length;
  return {
    confirmed,
    claimed,
    unknown: points.length - confirmed - claimed,
    share: confirmed / points.length,
    open: points.flatMap(({ key }, i) => (certainties[i] === 'confirmed' ? [] : [key])),
  };
}
