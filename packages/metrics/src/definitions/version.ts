/** How much a version says has changed: membership, a clarification, words. @public */
export type Change = 'major' | 'minor' | 'patch';

const numbers = (version: string): number[] => version.split('.').map(Number);

/** Negative when `a` is older than `b`, 0 when equal. Both are `1.2.3`. @public */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [numbers(a), numbers(b)];
  for (let i = 0; i < 3; i++) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The version that follows by a change: the number raised by one, those after it 0. @public */
export function nextVersion(version: string, change: Change): string {
  const [major = 0, minor = 0, patch = 0] = numbers(version);
  if (change === 'major') return `${major + 1}.0.0`;
  return change === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/** The first number two versions differ in; null when they are equal. @public */
export function changeBetween(before: string, after: string): Change | null {
  const [x, y] = [numbers(before), numbers(after)];
  const first = x.findIndex((number, i) => number !== y[i]);
  return first === -1 ? null : first === 0 ? 'major' : first === 1 ? 'minor' : 'patch';
}
