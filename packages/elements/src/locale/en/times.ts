/** English words of periods and times. */
export const times = {
  tag: 'en',
  periodLabel: 'Period',
  anyTime: 'any time',
  quarter: (quarter: string, year: string) => `Q${quarter} ${year}`,
  week: (week: string, year: string) => `week ${week} of ${year}`,
  lastDays: (days: string) => `the last ${days} days`,
  minutes: (n: string) => `${n} min`,
  hours: (n: string) => `${n} h`,
  hoursMinutes: (h: string, m: string) => `${h} h ${m}`,
  days: (n: number, text: string) => `${text} ${n === 1 ? 'day' : 'days'}`,
};

/** The words of periods and times. */
export type TimeWords = typeof times;
