/**
 * Why a connector stopped. `busy` is worth another try soon, `quota` one much later; `changed` means
 * that the vendor answered in a shape that is not read here, `conflict` that a record changed since it was read.
 * @beta
 */
export type ConnectorFault =
  | 'busy'
  | 'changed'
  | 'conflict'
  | 'credentials'
  | 'forbidden'
  | 'not-found'
  | 'quota'
  | 'refused'
  | 'settings'
  | 'unreachable';

/** A connector that cannot go on, with the remedy in the message and never a secret. @beta */
export class ConnectorError extends Error {
  readonly code: ConnectorFault;
  /** Milliseconds the vendor asks to wait; absent when it does not say. */
  readonly waitMs?: number;
  constructor(code: ConnectorFault, message: string, options: ErrorOptions & { waitMs?: number | undefined } = {}) {
    super(message, options);
    this.name = 'ConnectorError';
    this.code = code;
    if (options.waitMs !== undefined) this.waitMs = options.waitMs;
  }
}
