import type { Envelope, FunnelQuestion } from '../../contracts/index.ts';
import { plainEnvelope } from '../plain-envelope.ts';
import { type Asked, json } from './local-server.ts';

export const src = 'https://metrics.example.com';
export const question: FunnelQuestion = { kind: 'funnel', funnel: 'lead-to-won', period: '2026-Q3' };
/** The question that is answered by so many leads. */
export const of = (period: string): FunnelQuestion => ({ ...question, period });
/** An answer that is known by its count. */
export const answer = (count = 20): Envelope => plainEnvelope([{ stage: 'Lead', count }]);
export const counted = ({ data }: Envelope): number | undefined =>
  data?.kind === 'funnel' ? data.stages[0]?.count : undefined;
/** What a server says that refuses. */
export const refusal = (code: string, message = code): object => ({
  v: 1,
  status: 'error',
  flags: [],
  code,
  message,
  warnings: [],
});

interface Sent {
  questions: FunnelQuestion[];
  known?: string[];
}

/** What was asked, alone or in a batch. */
export function sentIn({ init, url }: Asked): Sent {
  const q = url.searchParams.get('q');
  return q === null
    ? JSON.parse(String(init.body))
    : { questions: [JSON.parse(atob(q.replaceAll('-', '+').replaceAll('_', '/')))] };
}

/** Answers as a server does: one question by its envelope, several by a batch, each by its period. */
export const serve =
  (envelopeOf: (period: string) => unknown) =>
  (asked: Asked): Response => {
    const { questions, known = [] } = sentIn(asked);
    const answers = questions.map(({ period = '' }) => {
      const hash = `hash-of-${period}`;
      return known.includes(hash) ? { hash, unchanged: true } : { hash, envelope: envelopeOf(period) };
    });
    return json(asked.url.search === '' ? { v: 1, answers } : answers[0]?.envelope);
  };

/** Answers each question by as many leads as its period says. */
export const counting = serve((period) => answer(Number(period)));
