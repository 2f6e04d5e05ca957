import type { HandoffDetail, HandoffReturns } from '@sama/metrics/contracts';
import { behindOf, loadBehind } from '../locale/behind.ts';

/** Who waits for the names of a language, or could not have them. */
const waiting = new Map<string, Set<() => void>>();

/** Why something was done, or what a lead has to show. A label of the company's own stays as it is. */
interface Labelled {
  label: string;
  own?: true | undefined;
}

/** A hand-off, or why they came back, with Sama's own reasons and channels as a language calls them, once that is there. */
export function named<Answer extends HandoffDetail | HandoffReturns>(
  answer: Answer,
  tag: string,
  onCome: () => void,
): Answer {
  const names = behindOf(tag);
  if (names === undefined) {
    const others = waiting.get(tag);
    const all = others ?? new Set();
    waiting.set(tag, all.add(onCome));
    if (!others) void loadBehind(tag).then((came) => came && all.forEach((hear) => hear()));
    return answer;
  }
  const { reasonNames, askNames, channelNames } = names;
  const copy = structuredClone(answer);
  const name = (one: Labelled | null | undefined, code: string, list = reasonNames): void => {
    if (one && !one.own) one.label = nameIn(list, code) ?? one.label;
  };
  const nameAll = (list: readonly (Labelled & { element: string })[] = [], of?: Names): void => {
    for (const one of list) name(one, one.element, of);
  };
  if (copy.show === 'returns') {
    for (const { reasons } of copy.groups) nameAll(reasons);
    return copy;
  }
  const { person, choices, outcome } = copy;
  person.channel = nameIn(channelNames, person.channel?.toLowerCase()) ?? person.channel;
  nameAll(copy.elements, askNames);
  nameAll(copy.missing);
  name(outcome, outcome?.reason ?? '');
  for (const one of [...choices.return, ...choices.recycle, ...choices.disqualify]) {
    name(one, one.code);
    if (one.asks && !one.own) one.asks = nameIn(askNames, one.code) ?? one.asks;
  }
  for (const one of copy.previous) if (!one.own) one.reason = nameIn(reasonNames, one.code) ?? one.reason;
  for (const { reason, elements } of copy.log) {
    name(reason, reason?.code ?? '');
    nameAll(elements);
  }
  return copy;
}

type Names = Readonly<Record<string, string>>;

const nameIn = (names: Names, code: string | null | undefined): string | undefined =>
  Object.hasOwn(names, code ?? '') ? names[code ?? ''] : undefined;
