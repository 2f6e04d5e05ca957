import type { HandoffFilter, HandoffSort, HandoffView } from '@sama/metrics/contracts';

export const VIEWS = ['mine', 'team', 'returned', 'breached', 'all'] as const satisfies readonly HandoffView[];
export const SORTS = ['rating', 'due', 'newest'] as const satisfies readonly HandoffSort[];
export const GRADES = ['A', 'B', 'C', 'D'] as const;

type Text = string | null | undefined;

export const viewOf = (text: Text): HandoffView => VIEWS.find((one) => one === text) ?? 'mine';
/** The view so many tabs on; after the last comes the first. */
export const viewAfter = (view: HandoffView, by: number): HandoffView =>
  VIEWS.at((VIEWS.indexOf(view) + by) % VIEWS.length) ?? view;
export const sortOf = (text: Text): HandoffSort => SORTS.find((one) => one === text) ?? 'rating';
export const gradeOf = (text: Text): (typeof GRADES)[number] | undefined => GRADES.find((one) => one === text);

/** What the attributes narrow the list to; undefined when to nothing. */
export function filterOf(search: Text, rating: Text): HandoffFilter | undefined {
  const grade = gradeOf(rating);
  const text = search?.trim() ?? '';
  if (grade === undefined && text === '') return undefined;
  return {
    ...(text === '' ? {} : { text }),
    ...(grade === undefined ? {} : { ratings: [`${grade}1`, `${grade}2`, `${grade}3`, `${grade}4`] }),
  };
}
