export * from './file-source.ts';
export type { HttpSourceOptions } from './http-options.ts';
export * from './http-source.ts';
export * from './local-source.ts';
export * from './page-map.ts';
export * from './plain-envelope.ts';
export { readEnvelope, readSupplied } from './read-envelope.ts';
