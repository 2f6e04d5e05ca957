export { compileActivities, decodeActivities } from './activities.ts';
export { compileRows, decodeRows } from './records.ts';
