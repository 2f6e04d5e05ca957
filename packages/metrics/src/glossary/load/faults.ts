/** One fault of a glossary: where it stands and what to do. @public */
export interface GlossaryFault {
  /** The file or place it was read from. */
  file: string;
  /** Such as `terms.3.owners`; empty for the file as a whole. */
  path: string;
  reason: string;
  remedy: string;
}

/** A glossary that cannot be used. The message names every fault with file, path and remedy. @public */
export class GlossaryError extends Error {
  readonly faults: readonly GlossaryFault[];
  constructor(faults: readonly GlossaryFault[]) {
    super(
      faults
        .map(({ file, path, reason, remedy }) => `${file}${path === '' ? '' : `: ${path}`}: ${reason}; ${remedy}`)
        .join('\n'),
    );
    this.name = 'GlossaryError';
    this.faults = faults;
  }
}
