import { createHmac } from 'node:crypto';
import { GoneError, type Channel, type Does } from './notice.ts';

/** Where notices are posted to. */
export interface Webhook {
  url: string;
  secret: string;
  /** Which are; default: all. */
  does?: readonly Does[] | undefined;
}

const TIMEOUT_MS = 10_000;

/** `t=…,v1=…`: the Unix second, and the HMAC-SHA256 of that, a dot and the body, in hex. */
export function signatureOf(secret: string, body: string | Uint8Array, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex')}`;
}

/** Posts notices as JSON, signed. Any 2xx is an arrival; 410 ends it, everything else is tried again. */
export function webhookChannel({ url, secret, does }: Webhook, fetch = globalThis.fetch): Channel {
  // The address may hold a secret of the receiver: messages say the host only.
  const { host } = new URL(url);
  return {
    name: `webhook ${url}`,
    takes: (notice) => does === undefined || does.includes(notice.does),
    async send(notice) {
      const body = JSON.stringify(notice);
      const response = await fetch(url, {
        method: 'POST',
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          'content-type': 'application/json',
          'sama-id': notice.id,
          'sama-signature': signatureOf(secret, body, Math.floor(Date.now() / 1000)),
        },
      }).catch((error: unknown) => {
        throw new Error(`the webhook of ${host} cannot be reached`, { cause: error });
      });
      await response.body?.cancel();
      if (response.status === 410) throw new GoneError(`the webhook of ${host} is gone (410)`);
      if (!response.ok) throw new Error(`the webhook of ${host} answered ${response.status}`);
    },
  };
}
