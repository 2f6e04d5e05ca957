/** What an export promises, by its tag in the code. */
export const STABILITY = {
  public: { name: 'Stable', says: 'Changes only with a major version.' },
  beta: { name: 'Beta', says: 'Its answers are settled; its names and options may change with a minor version.' },
  experimental: { name: 'Experimental', says: 'May change or go with any version.' },
} as const;
export type Stability = keyof typeof STABILITY;

export type Kind = 'function' | 'class' | 'type' | 'schema' | 'value';

/** One thing that a path exports, as its page shows it. */
export interface ApiExport {
  name: string;
  kind: Kind;
  /** TypeScript, as a caller reads it. */
  signature: string;
  /** Markdown: what it is, its formula, units and source. Empty where nobody wrote it. */
  summary: string;
  /** The block tags of its comment: parameters, return, errors. */
  notes: readonly Note[];
  /** Those it is tagged with: one, where the tags are right. */
  stability: readonly Stability[];
  /** `src/stats/wilson.ts`, in its package. */
  file: string;
}

export interface Note {
  tag: string;
  /** Markdown. */
  text: string;
}

/** One path of a package, `@sama/metrics/stats`. */
export interface ApiModule {
  path: string;
  /** In the order in which the package lists them. */
  exports: readonly ApiExport[];
}

/** What the code of one package says of itself. */
export interface ApiPackage {
  name: string;
  description: string;
  modules: readonly ApiModule[];
  /** Tagged as if others could import it, and exported by no path. */
  unreachable: readonly { name: string; file: string }[];
}
