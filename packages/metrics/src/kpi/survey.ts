import { InputError } from '../errors.ts';

/** One person's answers by item: 1 to 5, 0 for "do not know". @beta */
export interface SurveyResponse {
  team: 'marketing' | 'sales';
  answers: Readonly<Record<string, number>>;
}

/** The inputs of `perceptionGap`, with the items they are about in their order. @beta */
export interface PerceptionInputs {
  items: string[];
  inputs: { marketing: number[]; sales: number[]; marketingRespondents: number; salesRespondents: number };
}

/**
 * The mean of each item by team. "Do not know" (0) is left out; an item that a team has not answered is left out
 * altogether. Respondents are those with at least one answer.
 *
 * @throws InputError for an answer that is no whole number from 0 to 5.
 * @beta
 */
export function perceptionInputs(responses: readonly SurveyResponse[]): PerceptionInputs {
  const sums = { marketing: new Map<string, [sum: number, n: number]>(), sales: new Map<string, [number, number]>() };
  const respondents = { marketing: 0, sales: 0 };
  responses.forEach(({ team, answers }, i) => {
    let answered = false;
    for (const [item, answer] of Object.entries(answers)) {
      if (!Number.isInteger(answer) || answer < 0 || answer > 5) {
        throw new InputError(
          `responses.${i}.answers.${item}`,
          `${answer} is no answer`,
          'give 1 to 5, or 0 for "do not know"',
        );
      }
      if (answer === 0) continue;
      answered = true;
      const [sum, n] = sums[team].get(item) ?? [0, 0];
      sums[team].set(item, [sum + answer, n + 1]);
    }
    if (answered) respondents[team] += 1;
  });
  const items = [...sums.marketing.keys()].filter((item) => sums.sales.has(item)).sort();
  const means = (team: 'marketing' | 'sales'): number[] =>
    items.map((item) => {
      const [sum, n] = sums[team].get(item) ?? [0, 1];
      return sum / n;
    });
  return {
    items,
    inputs: {
      marketing: means('marketing'),
      sales: means('sales'),
      marketingRespondents: respondents.marketing,
      salesRespondents: respondents.sales,
    },
  };
}
