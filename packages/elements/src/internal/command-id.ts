/** A name for a command that nobody else gives; `crypto.randomUUID` is missing on plain http. */
export const commandId = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36).padStart(7, '0')).join('');
