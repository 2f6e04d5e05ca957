import type { Envelope, Question } from '../contracts/index.ts';

/** The envelope a question gets: the kind of its data is that of the question. @public */
export type EnvelopeFor<Q extends Question> = Envelope & {
  data?: Extract<Envelope['data'], { kind: Q['kind'] }> | undefined;
};

/** Whether an envelope answers a question of this kind. */
export function isFor<Q extends Question>(question: Q, envelope: Envelope): envelope is EnvelopeFor<Q> {
  return envelope.data === undefined || envelope.data.kind === question.kind;
}
