export { domainKey, emailKey, identityKeys, phoneKey, type KeyOptions } from './keys.ts';
export { createPersonIndex, type PersonIndex, type PersonMatch } from './match.ts';
export { mergedPeople, mergesByKeys, type People } from './merge.ts';
