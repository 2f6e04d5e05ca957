/** The words of a column name: `closeDate`, `Close Date` and `close_date` are all `close date`. */
function words(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Whether a column name contains one of the words. */
export function named(name: string, ...any: string[]): boolean {
  const parts = words(name);
  return any.some((word) => parts.includes(word));
}

/** Words that say what a column's date closes or opens, beyond the stage's own name. */
const STAGE_WORDS: Record<string, readonly string[]> = {
  won: ['won', 'win', 'close', 'closed'],
  lost: ['lost', 'close', 'closed'],
  opportunity: ['opportunity', 'opp'],
  lead: ['lead', 'created', 'create'],
  inquiry: ['inquiry', 'created', 'create'],
  customer: ['customer', 'won'],
};

/** How well a date column's name fits a stage: 2 = its own name, 1 = a related word, 0 = not. */
export function stageFit(column: string, stage: { key: string; label?: string }): 0 | 1 | 2 {
  const parts = words(column).filter(
    (word) => !['date', 'at', 'on', 'time', 'timestamp', 'day', 'became', 'entered', 'stage', 'a', 'an'].includes(word),
  );
  const own = [words(stage.key), words(stage.label ?? stage.key)];
  for (const name of own) {
    if (name.length > 0 && name.every((word) => parts.some((part) => part === word || sharesStem(part, word))))
      return 2;
  }
  return parts.some((part) => STAGE_WORDS[stage.key]?.includes(part)) ? 1 : 0;
}

/** `engage` and `engaging`, `prospect` and `prospecting`: same beginning, all but the inflection. */
function sharesStem(one: string, other: string): boolean {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  return same >= 5 && Math.max(one.length, other.length) - same <= 3;
}
