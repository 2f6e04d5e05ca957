import { createHash } from 'node:crypto';
import type { HandoffActor } from '@sama/metrics/handoff';
import type { Hono } from 'hono';
import { createApp, type AppOptions } from '../http/app.ts';
import type { ElementFiles } from '../http/element-files.ts';
import type { SignedEnv } from '../http/enter.ts';
import { developmentSignIn } from '../sign-in/signed.ts';
import { testDesk } from './desk.ts';

const READER: HandoffActor = { id: 'reader', name: 'Rea Der', team: 'sales', role: 'seller' };
const script = new TextEncoder().encode('globalThis.sama = 1;');

/** Elements as a build would leave them. */
export const ELEMENTS: ElementFiles = {
  version: '0.1.0',
  files: new Map([['sama-funnel.js', { body: script, type: 'text/javascript; charset=utf-8' }]]),
  listed: [
    {
      path: 'sama-funnel.js',
      url: '/cdn/0.1.0/sama-funnel.js',
      bytes: script.byteLength,
      integrity: `sha384-${createHash('sha384').update(script).digest('base64')}`,
    },
  ],
};

/** An application around a scripted engine, with what the test changes. */
export function testApp(changes: Partial<AppOptions> = {}): { app: Hono<SignedEnv>; logged: unknown[] } {
  const logged: unknown[] = [];
  const app = createApp({
    ...testDesk({ log: (error) => logged.push(error) }),
    dataThrough: () => '2026-06-16',
    version: '0.1.0',
    origins: [],
    signIn: developmentSignIn(READER),
    elements: ELEMENTS,
    ...changes,
  });
  return { app, logged };
}

/** The `q` of a GET. */
export function encode(question: unknown): string {
  return Buffer.from(JSON.stringify(question)).toString('base64url');
}

/** A JSON POST. */
export function post(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}
