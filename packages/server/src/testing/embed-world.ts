import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { chromiumArgs, findChromium } from '../../../../scripts/chromium.mjs';
import { installedElements } from '../http/element-files.ts';
import { listen } from '../http/listen.ts';
import { doorOf } from '../ledger/index.ts';
import { Keyring } from '../sign-in/keyring.ts';
import { tokenSignIn, type TokenSignIn } from '../sign-in/tokens.ts';
import { Snapshots } from '../snapshots/store.ts';
import { testApp } from './app.ts';
import { funnelEnvelope, ScriptedEngine } from './engine.ts';
import { hostPage, type HostPage } from './host-page.ts';
import { offer, openTestKeeper } from './ledgers.ts';
import { ALL } from './sign-in.ts';

/** What a CRM may hold, and no page may run. */
export const HOSTILE = '</script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">';

/** A server with sign-in, a page of another origin, and a browser. */
export interface EmbedWorld {
  folder: string;
  browser: Browser;
  host: HostPage;
  /** Origin of the server. */
  at: string;
  signIn: TokenSignIn;
  snapshots: Snapshots;
  /** Of the key of the page's server. */
  secret: string;
  /** Paths the server was asked for. */
  asked: string[];
  ticket: () => Promise<string>;
  /** The link of a new snapshot with a funnel in it. */
  keep: (title: string) => Promise<string>;
  close: () => Promise<void>;
}

/** Starts all of it. */
export async function openEmbedWorld(): Promise<EmbedWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'sama-embed-'));
  const keyring = await Keyring.open(folder);
  const snapshots = await Snapshots.open(folder);
  const keeper = await openTestKeeper(folder);
  await offer(keeper, 'H1');
  const signIn = tokenSignIn(keyring, { audience: 'sama', tenant: 'default' });
  const { secret } = await keyring.add('intranet', 'issue', ALL);
  const shown = `Bearer ${secret}`;
  const host = await hostPage(async () => (await signIn.issuer(shown)({ v: 1, sub: 'dana' })).token);
  const engine = new ScriptedEngine((_question, context) => {
    const envelope = funnelEnvelope(context);
    return envelope.data?.kind === 'funnel' ? { ...envelope, data: { ...envelope.data, label: HOSTILE } } : envelope;
  });
  const { app } = testApp({
    engine: keeper.engine(engine),
    ledger: doorOf(keeper),
    signIn,
    snapshots,
    origins: [host.origin],
    elements: installedElements(),
  });
  const asked: string[] = [];
  const sama = await listen((request) => {
    asked.push(new URL(request.url).pathname);
    return app.fetch(request);
  }, 0);
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs() });
  return {
    folder,
    browser,
    host,
    at: `http://127.0.0.1:${sama.port}`,
    signIn,
    snapshots,
    secret,
    asked,
    ticket: async () => {
      const who = { sub: 'servo-beispiel', team: 'sales', role: 'seller' } as const;
      const { ticket } = await signIn.tickets.issuer(shown)({ v: 1, ...who, caps: ['act'], ticket: true });
      return ticket;
    },
    keep: async (title) => {
      const answers = [funnelEnvelope({ asOf: '2026-06-16T06:00:00Z' })];
      return (await snapshots.add(answers, { title, maker: 'dana', days: 1 })).link;
    },
    close: async () => {
      await browser.close();
      await sama.close(0);
      host.close();
      await snapshots.close();
      await keyring.close();
      await keeper.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
