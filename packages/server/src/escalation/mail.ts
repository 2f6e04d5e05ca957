import { createTransport, type Transporter } from 'nodemailer';
import type { Channel, OutgoingNotice } from './notice.ts';

/** Who gets mail, and from where it is sent. */
export interface MailSettings {
  /** `smtps://user:password@smtp.example.com`. */
  server: string;
  from: string;
  /** Addresses of sellers, by their ids. */
  people: Readonly<Record<string, string>>;
  managers: readonly string[];
  heads: readonly string[];
}

/** A server that is slower counts as one that does not answer: the mail is tried again. */
const PATIENCE_MS = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 30_000 };

const SAYS: Readonly<Record<OutgoingNotice['does'], string>> = {
  nudge: 'is waiting',
  atRisk: 'is at risk',
  breach: 'is overdue',
  reassign: 'goes to somebody else',
  heads: 'is overdue twice over',
};

/** Sends notices by mail. They name the hand-off and its clock, and nothing of the lead. */
export function mailChannel(settings: MailSettings): Channel {
  const transport: Transporter = createTransport({ url: settings.server, ...PATIENCE_MS }, { from: settings.from });
  return {
    name: 'mail',
    takes: (notice) => addressesOf(notice, settings).length > 0,
    async send(notice) {
      await transport.sendMail({
        bcc: addressesOf(notice, settings),
        subject: `Hand-off ${plain(notice.handoff)} ${SAYS[notice.does]}`,
        text: textOf(notice),
        messageId: `<${notice.id}@sama>`,
      });
    },
  };
}

function addressesOf({ to, seller }: OutgoingNotice, { people, managers, heads }: MailSettings): string[] {
  const owner = seller === null ? undefined : people[seller];
  const found = [
    ...(to.includes('owner') && owner !== undefined ? [owner] : []),
    ...(to.includes('manager') ? managers : []),
    ...(to.includes('headsOfBothTeams') ? heads : []),
  ];
  return [...new Set(found)];
}

/** One line of printable text: an id comes from elsewhere. */
const plain = (text: string): string => text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 100);

function textOf({ handoff, clock, percent, seller, pool }: OutgoingNotice): string {
  return [
    `Hand-off ${plain(handoff)}: ${percent} % of the time for "${clock}" is used up.`,
    seller === null ? `It waits in the pool ${plain(pool ?? '-')}.` : `It is with ${plain(seller)}.`,
    'Open the hand-off queue to act on it.',
    '',
  ].join('\n');
}
