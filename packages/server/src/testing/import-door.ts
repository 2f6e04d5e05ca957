import { join } from 'node:path';
import { signatureOf } from '../escalation/webhook.ts';
import { Arrivals, type ArrivalOptions } from '../uploads/arrivals.ts';
import { UploadJob } from '../uploads/shapes.ts';
import { Uploads, type UploadOptions } from '../uploads/uploads.ts';
import { post, testApp } from './app.ts';
import { DEALS, DEALS_HEADER, STAGES } from './deals.ts';
import { temporaryFolder, testStore } from './stores.ts';

/** The key of imports. */
export const KEY = 'import-key-of-at-least-24-characters';
export const authorization = { authorization: `Bearer ${KEY}` };

/** A server that takes files, with what the test changes. */
export async function openDoor(changes: Partial<UploadOptions> = {}, ofArrivals: Partial<ArrivalOptions> = {}) {
  const store = await testStore(join(await temporaryFolder(), 'store'));
  const logged: unknown[] = [];
  const uploads = await Uploads.open({
    store,
    stages: STAGES,
    entryStages: [],
    timeZone: 'UTC',
    log: (error) => logged.push(error),
    ...changes,
  });
  const arrivals = await Arrivals.open({
    store,
    stages: STAGES,
    timeZone: 'UTC',
    log: (error) => logged.push(error),
    inTurn: (work) => uploads.inTurn(work),
    gatherMs: 3_600_000,
    ...ofArrivals,
  });
  const { app } = testApp({ imports: { uploads, arrivals, key: KEY } });
  const create = async (body: unknown) => app.request('/imports', post(body, authorization));
  const begin = async (rest: object = {}) =>
    UploadJob.parse(await (await create({ v: 1, file: 'deals.csv', mapping: DEALS, ...rest })).json());
  const send = async (id: string, body: string) =>
    app.request(`/imports/${id}/content`, { method: 'POST', body, headers: authorization });
  const job = async (id: string) =>
    UploadJob.parse(await (await app.request(`/imports/${id}`, { headers: authorization })).json());
  const ended = async (id: string): Promise<UploadJob> => {
    for (;;) {
      const one = await job(id);
      if (one.state === 'done' || one.state === 'failed') return one;
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
    }
  };
  return { app, store, uploads, arrivals, logged, create, begin, send, job, ended };
}

/** Two deals, of which the second is refused. */
export const CSV = `${DEALS_HEADER}\n1,100,2026-01-01,2026-02-01,Won\n2,many,2026-01-02,,Open\n`;

/** A person who entered a stage. */
export const happened = (id: string, stage = 'lead') => ({
  entityType: 'person',
  entityId: id,
  stage,
  at: '2026-01-01T10:00:00Z',
  source: { system: 'shop', recordId: id },
});
/** The Unix second. */
export const now = () => Math.floor(Date.now() / 1000);
/** A signed message. */
export const signed = (value: unknown, seconds = now(), key = KEY): RequestInit => {
  const body = JSON.stringify(value);
  return { method: 'POST', body, headers: { 'sama-signature': signatureOf(key, body, seconds) } };
};
