import { plainWord } from '../../glossary/words/fold.ts';
import { tokensOf } from '../../glossary/words/tokens.ts';
import type { RoutedAccount, RoutedLead, RoutingRules } from '../contracts/index.ts';
import { domainKey, domainOf } from '../identity/keys.ts';

/** Domains of mail providers: their addresses say nothing of a company. */
const MAIL_PROVIDERS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'yahoo.com',
  'ymail.com',
  'icloud.com',
  'me.com',
  'aol.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  'proton.me',
  'protonmail.com',
  'qq.com',
  '163.com',
  'mail.ru',
  'yandex.ru',
  'orange.fr',
  'free.fr',
  'libero.it',
]);

/** The account of a lead, and how it was found; several that fit are none. */
export interface AccountMatch {
  account: RoutedAccount | null;
  because: string;
}

/** Matches a lead to an account: by its domain, then by name and country. */
export function accountOf(lead: RoutedLead, accounts: readonly RoutedAccount[], rules: RoutingRules): AccountMatch {
  const domain = companyDomain(lead, rules);
  const byDomain =
    domain === null ? [] : accounts.filter(({ domains = [] }) => domains.some((text) => domainKey(text) === domain));
  if (byDomain.length > 0) return only(byDomain, `domain ${domain}`);
  const { company } = lead;
  if (company === undefined) return { account: null, because: 'no account has its domain' };
  const [name, country] = [folded(company.name), folded(company.country)];
  const byName = accounts.filter((a) => folded(a.name ?? '') === name && folded(a.country ?? '') === country);
  return name === '' || byName.length === 0
    ? { account: null, because: 'no account has its domain, or its name and country' }
    : only(byName, `name ${company.name}, ${company.country}`);
}

/** The domain of a lead's company; null when it is that of a mail provider. */
export function companyDomain(lead: RoutedLead, { freeDomains = [] }: RoutingRules): string | null {
  const found = domainOf(lead);
  return found === null || MAIL_PROVIDERS.has(found) || freeDomains.some((text) => domainKey(text) === found)
    ? null
    : found;
}

function only(accounts: readonly RoutedAccount[], by: string): AccountMatch {
  const [account, ...others] = accounts;
  if (account === undefined || others.length > 0)
    return { account: null, because: `${by} fits ${accounts.map(({ id }) => id).join(', ')}` };
  return { account, because: `${account.id} by ${by}` };
}

const folded = (text: string): string =>
  tokensOf(text)
    .map(({ text: word }) => plainWord(word))
    .join(' ');
