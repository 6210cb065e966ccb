/** Turns two entries' evidence into what a verdict is made of: how their headlines, texts, numbers and days relate. */
import type { StoryEvidence } from '../keys/evidence.ts';
import { containment } from '../keys/sketch.ts';
import { compareTitles, countInformative, type TitleMatch } from './titles.ts';
import { DAY_MS } from '../../text/time.ts';

/** What two texts and headlines have in common; everything that a verdict is made of. */
export interface Comparison {
  readonly titles: TitleMatch;
  /** Informative characters of the less telling headline. */
  readonly informative: number;
  readonly gapDays: number;
  /** Both say when they appeared, within a day of each other. */
  readonly sameDay: boolean;
  readonly sameSource: boolean;
  /** Of the shorter text's shingles, the part that stands in the longer; null where one has no text to speak of. */
  readonly contained: number | null;
  /** The shorter is a summary or a flash of few lines. */
  readonly brief: boolean;
  /** Both are as short as forms that are filled in. */
  readonly form: boolean;
  /** Of the longer's in the shorter. */
  readonly covered: number;
  /** Of the longer's beginning in the shorter. */
  readonly begun: number;
  /** Part of the shorter's numbers that the longer has; null where it has too few to tell. */
  readonly numbers: number | null;
  /** Both name days, and none is the same. */
  readonly daysApart: boolean;
}

/** Shingles below which a text is too short to be compared. */
const MIN_SHINGLES = 16;
/** Fewer meeting shingles say nothing; the beginning then decides. */
const MIN_SAMPLE = 6;
const GOOD_SAMPLE = 24;
const MIN_NUMBERS = 3;
/** Shingles of a summary of three lines. */
const MAX_BRIEF = 120;
/** Shingles of a notice or a bulletin; what is longer was written. */
const MAX_FORM = 250;
/** Days after which an entry appears on another day: bulletins come every 24 hours, not to the minute. */
export const LATER_DAYS = 0.8;

/** `aTime` and `bTime`: epoch milliseconds when the entries appeared, as far as known. */
export function measure(a: StoryEvidence, aTime: number, b: StoryEvidence, bTime: number): Comparison {
  const [short, long] = a.body.total <= b.body.total ? [a, b] : [b, a];
  const gapDays = Math.abs(aTime - bTime) / DAY_MS;
  const body = containment(short.body, long.body);
  const begun = containment(long.lead, short.body);
  const numbers = containment(short.numbers, long.numbers);
  const texts = short.body.total >= MIN_SHINGLES && (body.sample >= MIN_SAMPLE || begun.sample >= MIN_SAMPLE);
  // Of a summary beside a long text few shingles meet; those of the beginning, where summaries come from, are all known.
  const opening = Math.min(1, (begun.share * long.lead.total) / Math.max(1, short.body.total));
  const contained =
    body.sample >= GOOD_SAMPLE ? body.share : Math.max(body.sample >= MIN_SAMPLE ? body.share : 0, opening);
  return {
    titles: compareTitles(a.title, b.title),
    informative: Math.min(countInformative(a.title), countInformative(b.title)),
    gapDays,
    sameDay: a.published !== null && b.published !== null && gapDays < LATER_DAYS,
    sameSource: a.source === b.source,
    contained: texts ? contained : null,
    brief: short.body.total < MAX_BRIEF,
    form: long.body.total < MAX_FORM,
    covered: containment(long.body, short.body).share,
    begun: begun.share,
    numbers: numbers.sample >= MIN_NUMBERS ? numbers.share : null,
    daysApart: a.days !== 0 && b.days !== 0 && (a.days & b.days) === 0,
  };
}
