import { DEFAULT_BANDS } from '../contracts/score-bands.ts';
import type { ActionMatrix, Bands, Grade, Level, Rating } from './contracts.ts';

/** What is done with each rating until a company agrees on its own. @beta */
export const DEFAULT_ACTIONS: ActionMatrix = {
  A: ['handoff-hot', 'handoff', 'nurture-fast', 'awareness-abm'],
  B: ['handoff-hot', 'handoff', 'nurture', 'awareness'],
  C: ['sdr-check', 'nurture', 'nurture', 'none'],
  D: ['content-only', 'none', 'none', 'none'],
};

/** The grade of a fit score, 0 to 100; a bound belongs to the better grade. @beta */
export function gradeOf(fit: number, bands: Bands = DEFAULT_BANDS): Grade {
  const { A, B, C } = bands.grade;
  return fit >= A ? 'A' : fit >= B ? 'B' : fit >= C ? 'C' : 'D';
}

/** The level of an engagement score, 0 to 100; a bound belongs to the better level. @beta */
export function levelOf(engagement: number, bands: Bands = DEFAULT_BANDS): Level {
  const { level } = bands;
  return engagement >= level[1] ? 1 : engagement >= level[2] ? 2 : engagement >= level[3] ? 3 : 4;
}

/** Grade and level side by side: `A2`. @beta */
export const ratingOf = (grade: Grade, level: Level): Rating => `${grade}${level}`;

/** What is done with a grade and level. @beta */
export const actionOf = (grade: Grade, level: Level, actions: ActionMatrix = DEFAULT_ACTIONS): string =>
  actions[grade][level - 1] ?? 'none';
