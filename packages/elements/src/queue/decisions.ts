/** Done as soon as it is asked for. */
const AT_ONCE = new Set(['accept', 'qualify', 'undo', 'resume', 'review']);
/** What may be done with several leads at once: each can be taken back and says nothing about a lead. */
export const SAFE: readonly string[] = ['accept', 'reassign', 'note'];

export const isAtOnce = (type: string): boolean => AT_ONCE.has(type);
