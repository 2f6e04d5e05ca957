import { confirm, isCancel, select, text } from '@clack/prompts';

export interface ProposalAnswer {
  /** Import with the proposal. */
  go: boolean;
  /** Where to write the mapping. */
  save?: string;
}

/** Asks what to do with a proposal; `name` is that of the file. */
export type AskAboutProposal = (name: string) => Promise<ProposalAnswer>;

/** Asks on the terminal; the questions go to stderr, so that a report in a pipe stays clean. */
export const askAboutProposal: AskAboutProposal = async (name) => {
  const output = process.stderr;
  const choice = await select({
    message: 'Import with this mapping?',
    output,
    options: [
      { value: 'import', label: 'Import' },
      { value: 'save', label: 'Import and save the mapping' },
      { value: 'edit', label: 'Write the mapping to a file, to edit it' },
      { value: 'leave', label: 'Do nothing' },
    ],
  });
  if (isCancel(choice) || choice === 'leave') return { go: false };
  if (choice === 'import') return { go: true };
  const path = await text({ message: 'Where to?', initialValue: `${name}.mapping.json`, output });
  if (isCancel(path)) return { go: false };
  if (choice === 'edit') return { go: false, save: path };
  const sure = await confirm({ message: `Write ${path} and import?`, output });
  return isCancel(sure) || !sure ? { go: false } : { go: true, save: path };
};
