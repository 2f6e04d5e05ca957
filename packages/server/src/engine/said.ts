import { saidText } from '@sama/sql';
import type { SaidStages } from './over.ts';

/** Entries into stages that go with each statement: some megabytes. */
const MOST_SAID = 50_000;

/** What a ledger says, for a database that is only read. */
export interface SaidBeside {
  /** Undefined while nothing is said, and when it is more than goes with a statement. */
  text(): string | undefined;
  /** Whether it is more. */
  tooMuch(): boolean;
}

/**
 * What a ledger says of persons as text that goes with the statements of a question, made once for each state.
 *
 * @param log hears once of a ledger that says more than `most` entries; its hand-offs are then left out.
 */
export function saidBeside(stages: SaidStages, log: (error: unknown) => void, most = MOST_SAID): SaidBeside {
  let made: { version: number; text: string | undefined; tooMuch: boolean } = {
    version: 0,
    text: undefined,
    tooMuch: false,
  };
  const now = () => {
    const { version } = stages;
    if (version === made.version) return made;
    const events = [...stages.since(0)].flatMap((person) => stages.of(person));
    const tooMuch = events.length > most;
    if (tooMuch && !made.tooMuch)
      log(
        new Error(
          `hand-offs say ${events.length} entries into stages, and ${most} go with a question to a database that is only read: answers are without them, and flagged as incomplete`,
        ),
      );
    made = { version, text: tooMuch || events.length === 0 ? undefined : saidText(events), tooMuch };
    return made;
  };
  return { text: () => now().text, tooMuch: () => now().tooMuch };
}
