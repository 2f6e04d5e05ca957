import { type ApiPackage, STABILITY } from './shape.ts';

const TAGS = Object.keys(STABILITY)
  .map((tag) => `@${tag}`)
  .join(', ');

/** What a reader of the package would miss, one line for each. Empty when every export says what it is and how it stands. */
export function findingsOf({ modules, unreachable }: ApiPackage): string[] {
  const lines = modules.flatMap(({ path, exports }) =>
    exports.flatMap(({ name, file, summary, stability }) => {
      const at = `${file}: ${name}, exported by ${path},`;
      return [
        ...(summary === '' ? [`${at} has no docstring; say what it is, its units, errors and source`] : []),
        ...(stability.length === 1 ? [] : [`${at} needs one of ${TAGS} in its docstring and has ${stability.length}`]),
      ];
    }),
  );
  const hidden = unreachable.map(({ name, file }) => `${file}: ${name} says how stable it is, and no path exports it`);
  return [...new Set([...lines, ...hidden])];
}
