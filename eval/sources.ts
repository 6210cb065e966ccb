/** Labelled sources for the sources room: is what is new seen soon, with few polls, and is a silence told from a pause? */
import { silenceOf } from '../src/sources/health.ts';
import { learnRhythm } from '../src/sources/rhythm.ts';
import type { Rhythm } from '../src/model/source.ts';
import type { EvalSet, Outcome } from './outcome.ts';
import { range } from './range.ts';
import { comingAgain } from './sources/again.ts';
import { firstDocuments } from './sources/arrivals.ts';
import { crowds, outages } from './sources/outages.ts';
import { places, states } from './sources/silences.ts';
import {
  createRandom,
  DAY_MS,
  KINDS,
  LEARNING_DAYS,
  MEASURED,
  MINUTE_MS,
  PAST_DAYS,
  runAuto,
} from './sources/simulate.ts';

const EACH = 4;
/** Bounds of waiting that readers notice. */
const WAITS = [15, 60];
/** A fixed quarter of an hour asks 96 times a day: a source is worth fewer. */
const POLLS = [8, 16, 24, 32, 48, 64];

interface Source {
  readonly name: string;
  readonly entries: readonly number[];
  readonly start: number;
}

let made: readonly Source[] | undefined;

function makeSources(): readonly Source[] {
  const random = createRandom(20_260_304);
  return KINDS.flatMap(({ name, entries }) =>
    Array.from({ length: EACH }, (_, n) => ({
      name: `${name} ${n}`,
      entries: entries(random, MEASURED - PAST_DAYS * DAY_MS, MEASURED + 2 * DAY_MS),
      // Of one source in two the daemon has known a week, of the others a day or two.
      start: MEASURED - (n % 2 === 0 ? LEARNING_DAYS : 1 + n / 2) * DAY_MS + random() * 15 * MINUTE_MS,
    })),
  );
}

function polls() {
  const outcomes: Outcome[] = [];
  let total = 0;
  let waited = 0;
  for (const { name, entries, start } of (made ??= makeSources())) {
    const run = runAuto(entries, name, start);
    total += run.polls;
    for (const [at, delay] of run.delays.entries()) {
      waited += delay;
      for (const wait of WAITS)
        outcomes.push({
          item: `${name}: entry ${at} within ${wait} minutes`,
          want: true,
          got: delay <= wait * MINUTE_MS,
        });
    }
    for (const most of POLLS)
      outcomes.push({ item: `${name}: at most ${most} polls`, want: true, got: run.polls <= most });
  }
  return { outcomes, figures: { polls: total, waiting: waited } };
}

/** Days on which entries came, and from how many days on their lack is a silence to tell of. */
const PAUSES: readonly (readonly [name: string, days: readonly number[], silent: number])[] = [
  ['every day', range(0, 39), 5],
  ['every week', range(0, 42, 7), 29],
  ['every week, and every day since a fortnight', [...range(0, 42, 7), ...range(43, 55)], 8],
  ['every day, but for a holiday a while ago', [...range(0, 20), ...range(31, 51)], 9],
  ['every month', range(0, 360, 30), 61],
];

function pauses() {
  const outcomes = PAUSES.flatMap(([name, came, silent]) => {
    const last = MEASURED + (came.at(-1) ?? 0) * DAY_MS;
    let rhythm: Rhythm | null = null;
    for (const day of came) {
      const at = MEASURED + (day + 0.4) * DAY_MS;
      rhythm = learnRhythm(
        rhythm,
        { stamps: [at], unstamped: 0 },
        rhythm === null ? null : at - DAY_MS / 2,
        at + MINUTE_MS,
      );
    }
    const bound = silenceOf(rhythm) ?? Infinity;
    return range(2, 80).map((since): Outcome => ({
      item: `${name}: silent for ${since} days`,
      want: since >= silent,
      got: last + since * DAY_MS > last + bound,
    }));
  });
  return { outcomes };
}

/** Stamps of one entry, days before the poll that finds it: a sign of the rhythm, or put in late? */
function stamps() {
  const counts = (known: boolean, ago: number) => {
    const empty = { stamps: [], unstamped: 0 };
    const before = known ? learnRhythm(null, empty, null, MEASURED - 60 * MINUTE_MS) : null;
    const at = MEASURED - ago * DAY_MS + MINUTE_MS;
    const { weekdays } = learnRhythm(
      before,
      { stamps: [at], unstamped: 0 },
      known ? MEASURED - 60 * MINUTE_MS : null,
      MEASURED,
    );
    return weekdays.some((count) => count > 0);
  };
  const found = range(1, 3.4, 0.2).map((ago) => ({
    item: `found new, stamped ${ago.toFixed(1)} days ago`,
    want: ago < 2.1,
    got: counts(true, ago),
  }));
  const first = range(18, 40).map((ago) => ({
    item: `in the first document, ${ago} days old`,
    want: ago <= 28,
    got: counts(false, ago),
  }));
  return { outcomes: [...found, ...first] };
}

export const SOURCE_SETS: readonly EvalSet[] = [
  { name: 'polls', room: 'sources', run: polls },
  { name: 'pauses', room: 'sources', run: pauses },
  { name: 'stamps', room: 'sources', run: stamps },
  { name: 'outages', room: 'sources', run: () => ({ outcomes: outages() }) },
  { name: 'sources asked together', room: 'sources', run: () => ({ outcomes: crowds() }) },
  { name: 'states', room: 'sources', run: () => ({ outcomes: states() }) },
  { name: 'silent places', room: 'sources', run: () => ({ outcomes: places() }) },
  { name: 'first documents', room: 'sources', run: () => ({ outcomes: firstDocuments() }) },
  { name: 'items that come again', room: 'sources', run: () => ({ outcomes: comingAgain() }) },
];
