import type { Origin, Region, Segment } from '../company/market.ts';
import type { Story } from './plan.ts';

export type MainStage = 'lead' | 'mql' | 'sal' | 'sql' | 'opportunity' | 'won';
export type SideStage = 'returned' | 'recycled' | 'nurture' | 'disqualified' | 'expired' | 'lost';
export type StageName = MainStage | SideStage;

/** One entry into a stage. */
export interface Step {
  stage: StageName;
  /** Milliseconds since the epoch. */
  at: number;
  /** The moment as the source wrote it, where it is not written in UTC. */
  text: string | undefined;
  reason: string | undefined;
  /** Who accepted, at a SAL step. */
  seller: string | undefined;
  /** The step this one corrects, by its place. */
  corrects: number | undefined;
}

/** The opportunity of a person, or one that nobody linked to a person. */
export interface Deal {
  /** Euro cents. */
  amount: number;
  linked: boolean;
  steps: Step[];
}

/** Everything the company knows of one person. */
export interface Journey {
  index: number;
  id: string;
  name: string;
  email: string;
  company: string;
  origin: Origin;
  segment: Segment;
  region: Region;
  source: string;
  campaignId: string | undefined;
  owner: string | undefined;
  story: Story | undefined;
  /** Steps of the person: lead, MQL, SAL, SQL and the states beside them. */
  steps: Step[];
  deal: Deal | undefined;
  /** The state of a person whose source has no dates; such a person has no steps. */
  currentStage: StageName | undefined;
}

export const step = (
  stage: StageName,
  at: number,
  detail: { text?: string; reason?: string; seller?: string; corrects?: number } = {},
): Step => ({
  stage,
  at,
  text: detail.text,
  reason: detail.reason,
  seller: detail.seller,
  corrects: detail.corrects,
});
