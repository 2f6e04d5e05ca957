import type { Envelope } from '../contracts/index.ts';
import { problem } from '../problem.ts';
import { codeOfStatus } from './code-of-status.ts';
import { noReply, type Reply } from './shared.ts';

/** What came back as an envelope: what `read` makes of its body; `host` is named where nothing better is said. */
export function envelopeOf(reply: Reply, host: string, read: () => Envelope): Envelope {
  const { status } = reply;
  if (status === 0) return noReply(reply, host);
  if (status === 202) return { v: 1, status: 'pending', flags: [], warnings: [] };
  const envelope = read();
  const answered = status >= 200 && status < 300;
  const refused = envelope.status === 'denied' || envelope.status === 'error';
  if (answered || (refused && envelope.code !== 'invalid-answer')) return envelope;
  return problem(codeOfStatus(status), `${host} answered ${status}`);
}
