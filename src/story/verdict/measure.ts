/** Turns two entries' evidence into what a verdict is made of: how their headlines, texts, numbers and days relate. */
import type { StoryEvidence } from '../keys/evidence.ts';
import { onceForEach } from '../../text/onceforeach.ts';
import { DAY_MS } from '../../text/time.ts';
import { containment } from '../keys/sketch.ts';
import { T } from './thresholds.ts';
import { compareTitles, countInformative, countTelling, type TitleMatch } from './titles.ts';

/** What an office publishes under one headline for one person or street after another. */
export const NOTICE = /公告|公示|通知|通告|启事|讣告|招聘|拍卖/;
/** Counts that rise while the news is told. */
export const TOLL = /死|亡|伤|遇难|失联|失踪|被困|获救/;

/** What two texts and headlines have in common; everything that a verdict is made of. */
export interface Comparison {
  readonly a: StoryEvidence;
  readonly b: StoryEvidence;
  readonly titles: TitleMatch;
  /** Informative characters of the less telling headline. */
  readonly informative: number;
  /** The same, figures counted as words. */
  readonly telling: number;
  readonly gapDays: number;
  /** Both say when they appeared, within a day of each other. */
  readonly sameDay: boolean;
  readonly sameSource: boolean;
  /** Of the shorter text's shingles, the part that stands in the longer; null where one has no text to speak of. */
  readonly contained: number | null;
  /** Of the longer's in the shorter. */
  readonly covered: number;
  /** Of the longer's beginning in the shorter. */
  readonly begun: number;
  /** Part of the shorter's numbers that the longer has; null where it has too few to tell. */
  readonly numbers: number | null;
  /** Both name days, and none is the same. */
  readonly daysApart: boolean;
  /** They appeared on two days. */
  readonly later: boolean;
  /** The texts are of like length. */
  readonly near: boolean;
  /** Word for word the same text, its numbers included. */
  readonly copied: boolean;
  /** Days beyond which nearly the same text is asked for. */
  readonly nearDays: number;
}

/**
 * `aTime` and `bTime`: epoch milliseconds when the entries appeared, as far as known. All in one literal: to spread it into
 * others costs half as much again as all else that a verdict takes.
 */
export function measure(
  a: StoryEvidence,
  aTime: number,
  b: StoryEvidence,
  bTime: number,
  nearDays: number,
): Comparison {
  const [short, long] = byLength(a, b);
  const gapDays = Math.abs(aTime - bTime) / DAY_MS;
  const body = containment(short.body, long.body);
  const begun = containment(long.lead, short.body);
  const numbers = containment(short.numbers, long.numbers);
  const texts = short.body.total >= T.text.least && Math.max(body.sample, begun.sample) >= T.text.least;
  // Of a summary beside a long text few shingles meet; those of the beginning, where summaries come from, are all known.
  const opening = Math.min(1, (begun.share * long.lead.total) / Math.max(1, short.body.total));
  const contained = body.sample >= T.text.least ? body.share : opening;
  const covered = containment(long.body, short.body).share;
  const told = numbers.sample >= T.text.numbers ? numbers.share : null;
  const [toldByA, toldByB] = [tellingOf(a), tellingOf(b)];
  return {
    a,
    b,
    titles: compareTitles(a.title, b.title),
    informative: Math.min(toldByA.informative, toldByB.informative),
    telling: Math.min(toldByA.telling, toldByB.telling),
    gapDays,
    sameDay: a.published !== null && b.published !== null && gapDays < T.days.later,
    sameSource: a.source === b.source,
    contained: texts ? contained : null,
    covered,
    begun: begun.share,
    numbers: told,
    daysApart: a.days !== 0 && b.days !== 0 && (a.days & b.days) === 0,
    later: gapDays >= T.days.later,
    near: covered >= T.share.half * contained,
    copied: Math.min(contained, covered) >= T.share.whole && (told ?? 1) >= T.share.most,
    nearDays,
  };
}

/** What a headline tells. An entry is compared with dozens, and each of them with others. */
const tellingOf = onceForEach(({ title }: StoryEvidence): Pick<Comparison, 'informative' | 'telling'> => {
  const informative = countInformative(title);
  return { informative, telling: countTelling(title, informative) };
});

const byLength = (a: StoryEvidence, b: StoryEvidence): readonly [short: StoryEvidence, long: StoryEvidence] =>
  a.body.total <= b.body.total ? [a, b] : [b, a];

/** Whether the texts alone show that less than `share` of the shorter stands in the longer; false where all must be measured. */
export function holdsLess(a: StoryEvidence, b: StoryEvidence, share: number): boolean {
  const [short, long] = byLength(a, b);
  if (short.body.total < T.text.least) return true;
  const body = containment(short.body, long.body);
  return body.sample >= T.text.least && body.share < share;
}
