export { compileMeasure, decodeMeasure, type MeasureRows, type MeasureStatements } from './measure.ts';
