import '@sama/elements/locale/ar/define';
import '@sama/elements/locale/de/define';
import '@sama/elements/locale/es/define';
import '@sama/elements/locale/ja/define';
import { renderToString } from '@sama/elements/ssr';
import type { DataSource, Envelope } from '@sama/metrics/contracts';
import type { Permit } from '../sign-in/permit.ts';
import type { Signed } from '../sign-in/signed.ts';
import { frameOf, type Desk } from './answer.ts';
import { WIDGETS, type Said } from './embed-said.ts';
import { readQuestion } from './read-question.ts';
import { refusal } from './refusal.ts';
import type { Working } from './working.ts';

/** Milliseconds a page waits for its answer; what takes longer is asked by the browser. */
const WAIT_MS = 2_000;

/** Who answers, and whether the widget asks the server by itself. */
export interface Drawing {
  desk: Desk;
  permit: Permit;
  work: Working;
  asksItself: boolean;
}

/** What a page is rendered with: an answer that is kept, or the rights of somebody; neither leaves it without data. */
export interface Shown {
  said: Said;
  answer?: Envelope;
  reader?: Signed | undefined;
}

/** The widget as HTML, with the answers in it; without a reader it has none. */
export async function draw(
  { desk, permit, work, asksItself }: Drawing,
  shown: Shown,
  signal: AbortSignal,
): Promise<{ html: string; answers: readonly Envelope[] }> {
  const { said, answer: kept, reader } = shown;
  const { tag, kind } = WIDGETS[said.widget];
  // Answers about records say their zone; times of the ledger are told in that of the company, not of its machine.
  const attributes = kind === undefined ? { 'time-zone': desk.timeZone(), ...said.attributes } : said.attributes;
  const page = { locale: said.locale, rtl: said.rtl, ...(said.width === undefined ? {} : { width: said.width }) };
  if (kept !== undefined)
    return { html: await renderToString(tag, { ...page, attributes, data: kept }), answers: [kept] };
  if (reader === undefined)
    return { html: await renderToString(tag, { ...page, attributes: { ...attributes, hidden: '' } }), answers: [] };
  const answers: Envelope[] = [];
  const frame = frameOf(desk, reader);
  const answer = async (question: unknown): Promise<Envelope> => {
    const read = readQuestion(question);
    if (!read.ok) return refusal(read.code, read.message);
    const reason = permit(reader, read.value);
    if (reason !== undefined) return refusal('forbidden', reason);
    return (
      await work({ frame, question: read.value, until: Date.now() + Math.min(WAIT_MS, desk.waitMs ?? WAIT_MS), signal })
    ).envelope;
  };
  const source: DataSource = {
    query: async (question) => {
      const envelope = await answer(question);
      answers.push(envelope);
      return envelope;
    },
    command: async () => ({ status: 'refused' }),
    subscribe: () => () => undefined,
  };
  const own = asksItself ? { src: '/' } : {};
  const html = await renderToString(tag, { ...page, attributes: { ...attributes, ...own }, source });
  return { html, answers };
}
