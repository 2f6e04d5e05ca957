export { compileFigures, decodeFigures, FIGURES_TABLE } from './figures.ts';
