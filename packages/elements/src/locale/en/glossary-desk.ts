/** English words of what a glossary loads when it is wanted: what its forms ask. */
export const glossaryDesk = {
  comment: 'Why it goes back',
  reason: 'Why',
  nothing: 'nothing',
  criteriaJson: 'True when, as JSON',
  badJson: (why: string) => `This is no JSON: ${why}`,
  kindOfChange: 'Kind of change',
  preview: 'Preview the effect',
  proposeVersion: (version: string) => `Propose ${version}`,
  cancel: 'Cancel',
};
