import { createHash } from 'node:crypto';
import { DEFAULT_DEFINITIONS } from '@sama/metrics/definitions';
import type { Hono } from 'hono';
import { createApp, type AppOptions } from '../http/app.ts';
import type { ElementFiles } from '../http/element-files.ts';
import { ScriptedEngine } from './engine.ts';

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
export function testApp(changes: Partial<AppOptions> = {}): { app: Hono; logged: unknown[] } {
  const logged: unknown[] = [];
  const app = createApp({
    engine: new ScriptedEngine(),
    engineName: 'scripted 1',
    definitions: () => DEFAULT_DEFINITIONS,
    dataVersion: () => 'data-1',
    dataThrough: () => '2026-06-16',
    asOf: () => '2026-06-16T06:00:00Z',
    timeZone: 'UTC',
    demo: false,
    timeLimitMs: 30_000,
    log: (error) => logged.push(error),
    version: '0.1.0',
    origins: [],
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
