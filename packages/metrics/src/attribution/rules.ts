import { InputError } from '../errors.ts';

/*
 * Each model gives the parts of the touches, earliest touch first. Parts are relative: `weights`
 * makes them add up to 1, `apportion` makes money of them. Except for time decay they are whole.
 */

/**
 * Everything to the first touch.
 *
 * @param n touches, at least 1. @throws InputError
 * @beta
 */
export function firstTouch(n: number): number[] {
  return single(n, 0);
}

/**
 * Everything to the last touch.
 *
 * @param n touches, at least 1. @throws InputError
 * @beta
 */
export function lastTouch(n: number): number[] {
  return single(n, n - 1);
}

/**
 * Everything to the last touch that is not direct; where all are direct, to the last.
 *
 * @param direct the channel that is passed over, upper and lower case alike.
 * @throws InputError without a touch.
 * @beta
 */
export function lastNonDirect(channels: readonly string[], direct = 'direct'): number[] {
  const passed = direct.toLowerCase();
  const last = channels.findLastIndex((channel) => channel.toLowerCase() !== passed);
  return single(channels.length, last === -1 ? channels.length - 1 : last);
}

/**
 * The same to every touch, repeats included.
 *
 * @param n touches, at least 1.
 * @throws InputError
 * @beta
 */
export function linear(n: number): number[] {
  needTouches(n);
  return Array.from({ length: n }, () => 1);
}

/**
 * 2^(−age / halfLife): each half-life before the conversion halves the part. Parts are taken
 * relative to the youngest touch, which changes no weight and keeps old journeys from vanishing.
 *
 * @param ages elapsed time from each touch to the conversion, 0 or more, in the unit of `halfLife`.
 * @throws InputError for a touch after the conversion, an age that is no
 * number, or a half-life that is not above 0.
 * @beta
 */
export function timeDecay(ages: readonly number[], halfLife: number): number[] {
  needTouches(ages.length);
  if (!(halfLife > 0 && halfLife < Number.POSITIVE_INFINITY)) {
    throw new InputError('halfLife', `${halfLife} is no time to lose half in`, 'give a length of time above 0');
  }
  ages.forEach((age, i) => needAge(age, i));
  const youngest = ages.reduce((low, age) => Math.min(low, age));
  return ages.map((age) => 2 ** ((youngest - age) / halfLife));
}

/**
 * Checks the age of touch `i`.
 *
 * @throws InputError unless the age of touch `i` is one before the conversion.
 * @beta
 */
export function needAge(age: number, i: number): void {
  if (age < 0) {
    throw new InputError(
      `touches.${i}.age`,
      `the touch lies after the conversion (${age})`,
      'leave it out: only touches up to the conversion share in it',
    );
  }
  if (!Number.isFinite(age)) {
    throw new InputError(`touches.${i}.age`, `${age} is no age`, 'give a finite number, 0 or more');
  }
}

/**
 * Checks that there is somebody to credit.
 *
 * @throws InputError unless there is at least one touch.
 * @beta
 */
export function needTouches(n: number): void {
  if (!Number.isSafeInteger(n) || n < 1) {
    throw new InputError(
      'touches',
      `a journey of ${n} touches has nobody to credit`,
      'count its conversion as unattributed',
    );
  }
}

function single(n: number, index: number): number[] {
  const parts = linear(n).fill(0);
  parts[index] = 1;
  return parts;
}

/**
 * Parts as shares of 1.
 *
 * @throws InputError unless they add up to a finite number above 0.
 * @beta
 */
export function weights(parts: readonly number[]): number[] {
  const sum = parts.reduce((all, part) => all + part, 0);
  if (!(sum > 0 && sum < Number.POSITIVE_INFINITY)) {
    throw new InputError('parts', `they add up to ${sum}`, 'give finite numbers, at least one above 0');
  }
  return parts.map((part) => part / sum);
}
