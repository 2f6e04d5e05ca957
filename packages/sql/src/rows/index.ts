export { compileActivities, decodeActivities } from './activities.ts';
export { compileMembers, decodeMembers, type MemberStatements } from './members.ts';
export { compileRows, decodeRows } from './records.ts';
