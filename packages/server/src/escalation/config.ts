import * as z from 'zod/mini';
import { mailChannel } from './mail.ts';
import { Does, type Channel } from './notice.ts';
import { webhookChannel } from './webhook.ts';

const Variable = z
  .string()
  .check(z.regex(/^[A-Z][A-Z0-9_]*$/, { error: 'the name of an environment variable, such as SAMA_WEBHOOK_SECRET' }));
const Address = z.email();
const addresses = z.optional(z.array(Address).check(z.maxLength(100)));

/** Where notices go. Secrets are in the environment; here stand the names of their variables. */
export const EscalationConfig = z.strictObject({
  webhooks: z.optional(
    z
      .array(
        z.strictObject({
          url: z.url({ protocol: /^https?$/ }),
          /** The variable that holds the secret notices are signed with. */
          secretFrom: Variable,
          /** Default: all. */
          does: z.optional(z.array(Does)),
        }),
      )
      .check(z.maxLength(20)),
  ),
  mail: z.optional(
    z.strictObject({
      /** The variable that holds the server: `smtps://user:password@smtp.example.com`. */
      serverFrom: Variable,
      from: Address,
      /** Addresses of sellers, by their ids. */
      people: z.optional(z.record(z.string(), Address)),
      /** Who hears of what is overdue. */
      managers: addresses,
      /** Who hears of what is overdue twice over. */
      heads: addresses,
    }),
  ),
});
export type EscalationConfig = z.infer<typeof EscalationConfig>;

/**
 * The channels of a configuration.
 *
 * @throws Error naming a variable that is not set.
 */
export function channelsOf(
  { webhooks = [], mail }: EscalationConfig = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Channel[] {
  const read = (field: string, name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') throw new Error(`escalation.${field}: the variable ${name} is not set`);
    return value;
  };
  return [
    ...webhooks.map(({ url, secretFrom, does }, i) =>
      webhookChannel({ url, does, secret: read(`webhooks.${i}.secretFrom`, secretFrom) }),
    ),
    ...(mail === undefined
      ? []
      : [
          mailChannel({
            server: read('mail.serverFrom', mail.serverFrom),
            from: mail.from,
            people: mail.people ?? {},
            managers: mail.managers ?? [],
            heads: mail.heads ?? [],
          }),
        ]),
  ];
}
