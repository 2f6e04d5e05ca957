export * from './action.ts';
export * from './identity.ts';
export * from './policy.ts';
export * from './reasons.ts';
export * from './routing.ts';
export * from './staff.ts';
export * from './words.ts';
