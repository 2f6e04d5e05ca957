import { CommanderError, type Command } from 'commander';
import { errorText, exitCode } from './failure.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs a command with these arguments (without program names) and gives its exit code: 0 done,
 * 1 failed, 2 wrong usage. Never throws and never ends the process.
 */
export async function run(command: Command, args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  prepare(command, terminal);
  try {
    await command.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has said its own errors already.
    if (!(error instanceof CommanderError)) terminal.err(`sama: ${errorText(error)}\n`);
    return exitCode(error);
  }
}

/** Makes a command and all below it throw instead of exit, and write to the terminal. */
function prepare(command: Command, terminal: Terminal): void {
  command.exitOverride();
  command.configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  command.showHelpAfterError('(add --help for usage and examples)');
  for (const inner of command.commands) prepare(inner, terminal);
}
