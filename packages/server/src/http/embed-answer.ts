import type { Context } from 'hono';
import type { Permit } from '../sign-in/permit.ts';
import type { SignIn } from '../sign-in/signed.ts';
import type { Snapshots } from '../snapshots/store.ts';
import type { Desk } from './answer.ts';
import type { ElementFiles } from './element-files.ts';
import { addressOf } from './address-of.ts';
import { draw, type Shown } from './embed-draw.ts';
import { embedPage, pagePolicy } from './embed-page.ts';
import { keptFor, refuse } from './embed-kept.ts';
import { readSaid } from './embed-said.ts';
import type { Working } from './working.ts';

/** What embed pages are made of. */
export interface EmbedOptions {
  desk: Desk;
  permit: Permit;
  work: Working;
  signIn: SignIn;
  snapshots?: Snapshots | undefined;
  elements: ElementFiles;
  /** Origins of pages that may show them in a frame, unless a ticket says others. */
  known: () => readonly string[];
}

/** Answers with the page of a widget. */
export async function answerEmbed(options: EmbedOptions, c: Context, widget: string): Promise<Response> {
  const { elements, signIn, snapshots, known } = options;
  c.header('Referrer-Policy', 'no-referrer');
  c.header('X-Robots-Tag', 'noindex');
  const read = readSaid(widget, new URL(c.req.url).searchParams);
  if (!read.ok) return refuse(c, read.code, read.message);
  // Who only looks ahead gets nothing, so that the ticket is there for who comes.
  if (isPrefetch(c)) return refuse(c, 'unavailable', 'This page is not fetched ahead.');
  const said = read.value;
  const shown: Shown = { said };
  if (said.snapshot !== undefined) {
    const kept = await keptFor(snapshots, said);
    if (!kept.ok) return refuse(c, kept.code, kept.message, kept.status);
    shown.answer = kept.answer;
  } else if (signIn.development) shown.reader = await signIn.enter(undefined);
  else if (said.ticket !== undefined && c.req.method !== 'HEAD') shown.reader = await signIn.tickets?.open(said.ticket);
  const { html, answers } = await draw({ ...options, asksItself: signIn.development }, shown, c.req.raw.signal);
  const bound = shown.reader?.origins ?? [];
  const hosts = bound.length > 0 ? bound : known();
  c.header('Cache-Control', 'no-store');
  c.header('Content-Security-Policy', pagePolicy(said.widget, hosts));
  c.header('Cross-Origin-Embedder-Policy', 'require-corp');
  const address = shown.answer === undefined ? undefined : addressOf(c).href;
  const asks = shown.answer !== undefined ? 'never' : signIn.development ? 'itself' : 'host';
  const denied = answers.some(({ status }) => status === 'denied');
  return c.html(embedPage({ said, html, answers, hosts, elements, address, asks }), denied ? 403 : 200);
}

/** Whether a browser fetches ahead, for a reader who may never come. */
const isPrefetch = (c: Context): boolean =>
  ['sec-purpose', 'purpose', 'x-moz'].some((name) => /\bprefetch|\bprerender/i.test(c.req.header(name) ?? ''));
