import type { Answer, Missing, Reason, ReasonList } from '../contracts/index.ts';

interface Given {
  reason: string;
  text?: string | undefined;
  evidence?: string | undefined;
}

/** The reason of a list with this code, or what is wrong with the code. */
function reasonOf(code: string, { reasons }: ReasonList, field: string): Reason | string {
  return (
    reasons.find((r) => r.code === code) ??
    `${field}: "${code}" is not on the list; use one of ${reasons.map((r) => r.code).join(', ')}`
  );
}

/** The reason something ends for, or what is wrong with it. */
export function endReason({ reason: code, text }: Given, list: ReasonList): Reason | string {
  const reason = reasonOf(code, list, 'payload.reason');
  if (typeof reason !== 'string' && reason.needs === 'text' && text === undefined)
    return `payload.text: is missing; say what "${reason.label}" means here`;
  return reason;
}

/** Why a lead cannot be disqualified for this; null when it can. */
export function evidenceOf(given: Given, list: ReasonList): string | null {
  const reason = endReason(given, list);
  if (typeof reason === 'string') return reason;
  return reason.needs === 'evidence' && given.evidence === undefined
    ? `payload.evidence: is missing; say what shows "${reason.label}"`
    : null;
}

/** Why a return does not say what is missing; null when it does. */
export function returnFault(missing: readonly Missing[], list: ReasonList): string | null {
  for (const [i, { element, text }] of missing.entries()) {
    const field = `payload.missing.${i}`;
    const reason = reasonOf(element, list, `${field}.element`);
    if (typeof reason === 'string') return reason;
    if (missing.findIndex((m) => m.element === element) < i)
      return `${field}.element: "${element}" is named twice; name it once`;
    if (reason.needs === 'text' && text === undefined) return `${field}.text: is missing; say what marketing must do`;
  }
  return null;
}

/** Why marketing's answers do not settle a return; null when they do. */
export function resubmitFault(missing: readonly Missing[], answers: readonly Answer[]): string | null {
  for (const [i, { element, answer, text }] of answers.entries()) {
    const field = `payload.answers.${i}`;
    if (!missing.some((m) => m.element === element))
      return `${field}.element: "${element}" was not asked for; answer ${missing.map((m) => m.element).join(', ')}`;
    if (answers.findIndex((a) => a.element === element) < i)
      return `${field}.element: "${element}" is answered twice; answer it once`;
    if (answer === 'waived' && text === undefined) return `${field}.text: is missing; say why it is waived`;
  }
  const left = missing.filter(({ element }) => !answers.some((a) => a.element === element));
  return left.length === 0
    ? null
    : `payload.answers: ${left.map((m) => m.element).join(', ')} is not answered; complete or waive it`;
}
