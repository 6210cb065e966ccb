/** Turns a simulated day of ten thousand sources into the polls and the waiting of `auto`, beside a fixed quarter of an hour. */
import {
  createRandom,
  DAY_MS,
  KINDS,
  LEARNING_DAYS,
  MEASURED,
  MINUTE_MS,
  PAST_DAYS,
  runAuto,
  simulate,
} from '../eval/sources/simulate.ts';
import { quantile } from './quantile.ts';

const SOURCES = 10_000;
const FIXED_MS = 15 * MINUTE_MS;

const minutes = (delays: readonly number[], share: number): number => quantile(delays, share) / MINUTE_MS;

interface Sums {
  entries: number;
  auto: number;
  fixed: number;
  readonly autoDelays: number[];
  readonly fixedDelays: number[];
}

const empty = (): Sums => ({ entries: 0, auto: 0, fixed: 0, autoDelays: [], fixedDelays: [] });

function row(name: string, sums: Sums, count: number): string {
  const { auto, fixed, autoDelays, fixedDelays } = sums;
  const cells = [
    count,
    sums.entries,
    `${(auto / count).toFixed(1)} / ${(fixed / count).toFixed(1)}`,
    ...[0.5, 0.9].map((q) => `${minutes(autoDelays, q).toFixed(1)} / ${minutes(fixedDelays, q).toFixed(1)}`),
  ];
  return `${name.padEnd(42)}${cells.map((cell) => String(cell).padStart(16)).join('')}`;
}

const random = createRandom(20_260_304);
const all = empty();
const start = MEASURED - LEARNING_DAYS * DAY_MS;
const began = performance.now();
console.log(
  row('kind (auto / fixed 15 min)', empty(), 1).slice(0, 42) +
    ['sources', 'entries', 'polls a source', 'median min', '90 % min'].map((head) => head.padStart(16)).join(''),
);
for (const [k, kind] of KINDS.entries()) {
  const count = Math.round(kind.share * SOURCES);
  const sums = empty();
  for (let i = 0; i < count; i++) {
    const entries = kind.entries(random, MEASURED - PAST_DAYS * DAY_MS, MEASURED + 2 * DAY_MS);
    const offset = random() * FIXED_MS;
    const auto = runAuto(entries, `${k}.${i}`, start + offset);
    const fixed = simulate(entries, start + offset, (_, now) => now + FIXED_MS);
    for (const one of [sums, all]) {
      one.entries += fixed.delays.length;
      one.auto += auto.polls;
      one.fixed += fixed.polls;
      one.autoDelays.push(...auto.delays);
      one.fixedDelays.push(...fixed.delays);
    }
  }
  console.log(row(kind.name, sums, count));
}
console.log(row('all', all, SOURCES));
console.log(
  `polls: auto ${all.auto}, fixed ${all.fixed}: ${((100 * all.auto) / all.fixed).toFixed(1)} %; median delay: auto ${minutes(all.autoDelays, 0.5).toFixed(2)} min, fixed ${minutes(all.fixedDelays, 0.5).toFixed(2)} min; simulated in ${((performance.now() - began) / 1000).toFixed(1)} s`,
);
