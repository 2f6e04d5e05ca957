/**
 * Whether a language is written from the right.
 *
 * @param locale BCP 47.
 * @beta
 */
export const runsFromRight = (locale: string): boolean => /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/i.test(locale);
