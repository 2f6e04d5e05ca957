import { BaseSequencer } from 'vitest/node';

/**
 * Files that take half a minute and more, although some of them are short: where no run was kept, Vitest goes by size,
 * and one of these begun last has one core idle until it ends.
 */
const LONG = /\/(?:engine\/parity|engine\/event-funnel|hosts\/hosts|ssr\/stories|\w+\.a11y)\.test\.ts$/;

/** Vitest's own order, with the longest files of each project first. */
export class LongestFirst extends BaseSequencer {
  /** @param {import('vitest/node').TestSpecification[]} files */
  async sort(files) {
    const sorted = await super.sort(files);
    const projects = [...new Set(sorted.map(({ project }) => project))];
    const place = ({ moduleId, project }) => projects.indexOf(project) * 2 + (LONG.test(moduleId) ? 0 : 1);
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}
