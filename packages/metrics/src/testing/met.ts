import { isDay } from './oracle-days.ts';
import type { Journey } from './oracle-lines.ts';
import { readPopulation } from './oracle-lines.ts';
import type { Example } from './questions.ts';

/** What random examples brought with them. A history is one entity's events on the line of the question. @beta */
export interface Met {
  worlds: number;
  /** Worlds without a history. */
  empty: number;
  histories: number;
  /** Histories with two events at one instant. */
  equalInstants: number;
  /** Histories with a date-only event. */
  dateOnly: number;
  /** Histories that enter a stage after a later one. */
  backward: number;
  /** Histories of more than one cycle. */
  reentry: number;
  /** Histories in which something says why. */
  reasons: number;
  /** Worlds with events of stages the definition does not know. */
  unknownStages: number;
}

/** Counts what a property was shown, so that a test can say it and insist on it. @beta */
export function metIn(examples: readonly Example[]): Met {
  const populations = examples.map(({ world, plan: { where: _where, ...everybody } }) =>
    readPopulation(world.records, world.events, everybody),
  );
  const worlds = populations.map(({ journeys }) => journeys.filter(({ moments }) => moments.length > 0));
  const histories = worlds.flat();
  const counted = (holds: (history: Journey) => boolean): number => histories.filter(holds).length;
  return {
    worlds: worlds.length,
    empty: worlds.filter((journeys) => journeys.length === 0).length,
    histories: histories.length,
    equalInstants: counted(({ moments }) => moments.some(({ at }, i) => moments[i - 1]?.at === at)),
    dateOnly: counted(({ moments }) => moments.some(({ event }) => isDay(event.at))),
    backward: counted(({ visits }) => {
      const main = visits.filter(({ side }) => side === undefined);
      return main.some(({ rank }, i) => rank < (main[i - 1]?.rank ?? 0));
    }),
    reentry: counted(({ visits }) => visits.some(({ cycle }) => cycle > 1)),
    reasons: counted(({ moments }) => moments.some(({ event, side }) => side !== undefined && event.reason)),
    unknownStages: populations.filter(({ unknownStageEvents }) => unknownStageEvents > 0).length,
  };
}
