import { handOut } from './hand-out.ts';

/** English words of what a glossary loads when it is wanted: its menus, what its forms ask, and what is said of what was done. */
export const glossaryDesk = {
  ...handOut,
  linkCopied: 'Link copied',
  markdown: 'Download Markdown',
  copyMarkdown: 'Copy as Markdown',
  comment: 'Why it goes back',
  reason: 'Why',
  nothing: 'nothing',
  criteriaJson: 'True when, as JSON',
  badJson: (why: string) => `This is no JSON: ${why}`,
  kindOfChange: 'Kind of change',
  preview: 'Preview the effect',
  proposeVersion: (version: string) => `Propose ${version}`,
  cancel: 'Cancel',
  saved: 'Done',
  dismiss: 'Dismiss',
  refused: 'This was not done.',
  conflict: (who: string, team: string, ago: string) =>
    `${who} (${team}) changed this term ${ago}. You see it as it stands now.`,
  conflictUnknown: 'This term has changed meanwhile. You see it as it stands now.',
  secondsAgo: (n: string) => `${n} s ago`,
  minutesAgo: (n: string) => `${n} min ago`,
};
