/** A file that cannot be imported at all, with the remedy in the message. Nothing was changed. */
export class ImportError extends Error {
  override name = 'ImportError';
}
