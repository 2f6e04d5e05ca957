import { DAY_MS } from '../time/duration.ts';
import { fillMessage, type Message, type MessageParams } from '../messages/fill.ts';
import type { RatingChange } from '../contracts/score-answer.ts';
import type { Contribution, FitScore, Score } from './contracts.ts';
import { shownPoints } from './points.ts';

/** English words of an explanation; a translation has the same keys. @beta */
export const scoreMessages = {
  signal: '{label} {days|# day|# days} ago {points} of {of}',
  'signal-now': '{label} less than a day ago {points} of {of}',
  signals: '{label} ({count} times, last {days|# day|# days} ago) {points} of {of}',
  'signals-now': '{label} ({count} times, last less than a day ago) {points} of {of}',
  lasting: '{label} {points}',
  criterion: '{label}: {value} {points} of {of}',
  deduction: '{label}: {value} {points}',
  person: '{label} {points} of {of}',
  'group-limit': 'Limit of {label} {points}',
  highest: 'At most 100 {points}',
  lowest: 'At least 0 {points}',
  rating: '{rating}: fit {fit} ({coverage%} known), engagement {engagement}, model {model}',
  unknown: 'Unknown: {keys}',
  moreSignals: '{label} {times|once more|# times more}: {rating}',
  learn: 'If {label} is known to fit: {rating}',
  change: 'If {label} comes to fit: {rating}',
  silence: 'Without new activity, {rating} in {days|# day|# days}',
} satisfies Record<string, Message>;

/** In which language a score is put into words, and how much of it. @beta */
export interface TextOptions {
  /** BCP 47. Default: `en`. */
  locale?: string | undefined;
  messages?: Readonly<Record<keyof typeof scoreMessages, Message>> | undefined;
  /** Default: 1. */
  decimals?: number | undefined;
}

/**
 * An explanation in words, the same for queue, card and screen reader: the rating, the lines of fit
 * and of engagement, what is unknown, and what would change the rating. The shown points of an axis
 * add up to its shown score.
 * @beta
 */
export function scoreText(score: Score, changes: readonly RatingChange[] = [], options: TextOptions = {}): string[] {
  const { locale = 'en', messages = scoreMessages, decimals = 1 } = options;
  const say = (key: keyof typeof scoreMessages, params: MessageParams): string =>
    fillMessage(messages[key], params, locale);
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: decimals });
  const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: decimals, signDisplay: 'exceptZero' });
  const axis = (lines: readonly Contribution[]): string[] => {
    const shown = shownPoints(lines, decimals);
    return lines.map((line, i) => {
      const { label, of = 0, value, count = 0, ageMs = 0 } = line;
      return say(wordsFor(line), {
        label,
        points: signed.format(shown[i] ?? 0),
        of: plain.format(of),
        value: String(value ?? ''),
        count,
        days: Math.floor(ageMs / DAY_MS),
      });
    });
  };
  // As the lines are rounded, so that both agree at the half.
  const whole = (points: number): string => plain.format(Math.round(points * 10 ** decimals) / 10 ** decimals);
  const { fit, engagement, rating, model } = score;
  return [
    say('rating', {
      rating,
      fit: whole(fit.score),
      coverage: fit.coverage,
      engagement: whole(engagement.score),
      model: `${model.id} ${model.version}`,
    }),
    ...axis(fit.contributions),
    ...axis(engagement.contributions),
    ...unknownText(fit, (keys) => say('unknown', { keys })),
    ...changes.map((change) => say(wordsOfChange(change), { ...change, unknown: '' })),
  ];
}

function wordsFor({ kind, points, of, count = 0, ageMs = 0 }: Contribution): keyof typeof scoreMessages {
  if (kind === 'criterion') return points < 0 ? 'deduction' : 'criterion';
  if (kind === 'range-limit') return points < 0 ? 'highest' : 'lowest';
  if (kind !== 'signal') return kind;
  if (points === of) return 'lasting';
  if (ageMs < DAY_MS) return count > 1 ? 'signals-now' : 'signal-now';
  return count > 1 ? 'signals' : 'signal';
}

function wordsOfChange(change: RatingChange): keyof typeof scoreMessages {
  if (change.kind === 'signal') return 'moreSignals';
  if (change.kind === 'time') return 'silence';
  return change.unknown ? 'learn' : 'change';
}

const unknownText = ({ unknown }: FitScore, say: (keys: string) => string): string[] =>
  unknown.length === 0 ? [] : [say(unknown.join(', '))];
