import type { LeadCard, Scalar } from '../contracts/index.ts';
import type { LeadFacts } from '../handoff/decide/context.ts';

/** What rules read of a lead: its attributes, and by the same names what its card says of it elsewhere. */
export function factsOf(card: LeadCard): LeadFacts {
  const { suppressedBy, attempts } = card;
  return {
    read: (field) => readCard(card, field),
    ...(suppressedBy === undefined ? {} : { suppressedBy }),
    ...(attempts === undefined ? {} : { attempts }),
  };
}

/** A field of a card as the criteria language names it. */
export function readCard(card: LeadCard, field: string): Scalar | undefined {
  if (field === 'id') return card.id;
  if (field === 'accountId') return card.company?.id;
  if (!field.startsWith('attributes.')) return undefined;
  const name = field.slice('attributes.'.length);
  return Object.hasOwn(card.attributes, name) ? card.attributes[name] : beside(card, name);
}

function beside(card: LeadCard, name: string): Scalar | undefined {
  switch (name) {
    case 'email':
    case 'phone':
    case 'role':
    case 'source':
      return card[name];
    case 'company':
      return card.company?.name;
    case 'need':
      return card.quote;
    case 'consent':
      return card.consent === 'given' ? 'given' : undefined;
    default:
      return undefined;
  }
}
