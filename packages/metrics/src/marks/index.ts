export { decideMark } from './decide.ts';
export { annotationsOf } from './annotations.ts';
export { applyMarkEvent, initialMark, markLine, type MarkState } from './state.ts';
