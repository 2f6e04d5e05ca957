export { scoreAccount } from './account.ts';
export { actionOf, DEFAULT_ACTIONS, gradeOf, levelOf, ratingOf } from './bands.ts';
export { RatingChange } from '../contracts/score-answer.ts';
export { whatWouldChange, type ChangeOptions } from './changes.ts';
export * from './backtest/index.ts';
export * from './contracts.ts';
export { readScoringModel, type KnownAttributes } from './model.ts';
export { decayed, shownPoints } from './points.ts';
export {
  BANT,
  Certainty,
  completeness,
  Finding,
  MEDDIC,
  MEDDPICC,
  type Completeness,
  type QualificationMethod,
} from './qualification.ts';
export { scoreLead, type ScoreOptions } from './score.ts';
export { scoreMessages, scoreText, type TextOptions } from './text.ts';
