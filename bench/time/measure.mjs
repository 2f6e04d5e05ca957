/** Started by `time.mjs` in a process of its own. */
import { compileCalendar } from '../../packages/metrics/dist/time/index.js';
import { report } from '../in-child.mjs';
import { median, timed } from '../measure.mjs';

const PAIRS = 500_000;
const ROUNDS = 9;
const [FROM, TO] = [Date.UTC(2017, 0, 1), Date.UTC(2027, 0, 1)];

/** Split shifts, an overnight one on Fridays, ten holidays a year, two changes of the clock a year. */
const DAYS = ['01-01', '01-06', '04-06', '05-01', '05-14', '05-25', '10-03', '12-24', '12-25', '12-26'];
const split = [
  ['09:00', '12:30'],
  ['13:15', '17:45'],
];
const calendar = {
  timeZone: 'Europe/Berlin',
  week: { 1: split, 2: split, 3: split, 4: split, 5: [...split, ['22:00', '06:00']] },
  holidays: Array.from({ length: 10 }, (_, i) => DAYS.map((day) => `${2017 + i}-${day}`)).flat(),
};

/** The same pairs in every run. */
let seed = 42;
const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
const instants = Float64Array.from({ length: 2 * PAIRS }, () => Math.floor(FROM + random() * (TO - FROM)));
for (let i = 0; i < instants.length; i += 2) instants.subarray(i, i + 2).sort();

let hours;
const compiling = await timed(() => {
  hours = compileCalendar(calendar);
  hours.elapsed(FROM, TO);
});

const rates = { elapsed: [], deadline: [] };
const open = new Float64Array(PAIRS);
for (let round = 0; round < ROUNDS; round += 1) {
  const elapsed = await timed(() => {
    for (let i = 0; i < PAIRS; i += 1) open[i] = hours.elapsed(instants[2 * i], instants[2 * i + 1]).ms;
  });
  let late = 0;
  const deadline = await timed(() => {
    for (let i = 0; i < PAIRS; i += 1) {
      if (hours.deadline(instants[2 * i], open[i]) > instants[2 * i + 1]) late += 1;
    }
  });
  if (late > 0) throw new Error(`${late} deadlines lie after the end of the open time they stand for`);
  if (round === 0) continue;
  rates.elapsed.push((1000 * PAIRS) / elapsed);
  rates.deadline.push((1000 * PAIRS) / deadline);
}
await report({ compiling, elapsed: median(rates.elapsed), deadline: median(rates.deadline) });
