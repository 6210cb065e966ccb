/** Says whether two entries that are no copies tell of one event, and which of them tells it further. */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import type { StoryEvidence } from '../keys/evidence.ts';
import { type Comparison, holdsLess, measure, NOTICE } from './measure.ts';
import { T } from './thresholds.ts';

export interface Relation {
  /** Orders relations; no scale. */
  readonly score: number;
  /** What the first entry says of the other, and the other of the first. */
  readonly why: Reason;
  readonly back: Reason;
}

/** Topics that both headlines name. */
export interface Shared {
  /** Sum of their weights: 1 for one that stands nowhere else, 0 for one that is everywhere. */
  readonly weight: () => number;
  /** Part of the shorter headline's topics, 0–1. */
  readonly share: () => number;
  /** `weight` is no more than this, which takes less to know. */
  readonly weightAtMost: number;
  /** Their words as the first headline has them. */
  readonly words: () => string;
}

/** What tells of many events, or of what someone thinks of one. */
const ROUNDUP =
  /早报|晚报|早参|早餐|早知道|早读|晨报|夜读|日报|周报|要闻|盘点|汇总|速览|一周|1周|回顾|例行记者会|分析|评论|时评|社评|锐评|快评|述评|观察|解读|专访|访谈|研判/;
/** A count of victims: 128人遇难, 10死33失联, 2名遇难者. */
const COUNT = /\d[人名]?(?:死|亡|伤|遇难|失联|失踪|被困|获救|受伤)/;
/** What a later report of an event says that it is. */
const FURTHER = /后续|最新|进展|续报|调查结果|升至|增至|上调至|致歉|道歉|澄清|处理结果|问责|批捕|判决|宣判|再/;

/** Null where the two are of no one event, as far as can be told. `aTime`, `bTime`: when they appeared. */
export function relate(
  a: StoryEvidence,
  aTime: number,
  b: StoryEvidence,
  bTime: number,
  shared: Shared,
): Relation | null {
  const counted = COUNT.test(a.title) && COUNT.test(b.title);
  const least = counted ? T.related.toll : T.related.weight;
  const named = shared.weightAtMost >= least && shared.weight() >= least && shared.share() >= T.share.some;
  // Most candidates share a word or two, and to measure them is the dearest of all.
  if (!named && holdsLess(a, b, T.related.text)) return null;
  const pair = measure(a, aTime, b, bTime, T.days.near);
  if (speaksAgainst(pair)) return null;
  const byWords = named && (counted || !pair.titles.numbersDiffer);
  const byText = isToldAnew(pair);
  if (!byWords && !byText) return null;
  const score = shared.weight() + 10 * (pair.contained ?? 0);
  const [newer, older] = aTime >= bTime ? [a, b] : [b, a];
  if (tellsFurther(newer, older, pair)) {
    const [updates, updated] = [
      reason('story.related.updates', { title: older.title.slice(0, MOST_SHOWN) }),
      reason('story.related.updated', { title: newer.title.slice(0, MOST_SHOWN) }),
    ];
    return newer === a ? { score, why: updates, back: updated } : { score, why: updated, back: updates };
  }
  const why = byWords
    ? reason('story.related.words', { words: shared.words() })
    : reason('story.related.text', { shorter: Math.round(100 * (pair.contained ?? 0)) / 100 });
  return { score, why, back: why };
}

const MOST_SHOWN = 30;

/** Texts of one day with sentences in common, of which neither is a roundup that holds much else. */
function isToldAnew({ contained, covered, later, titles }: Comparison): boolean {
  if (titles.relation === 'issue' || titles.relation === 'template' || titles.numbersDiffer) return false;
  return contained !== null && contained >= T.related.text && covered >= T.share.part * contained && !later;
}

function speaksAgainst({ a, b, titles, gapDays, daysApart }: Comparison): boolean {
  if (gapDays > T.related.days || daysApart) return true;
  // What has the very headline and is no copy is the next issue of it, or another part.
  if (titles.relation === 'equal' || (a.part !== '' && b.part !== '' && a.part !== b.part)) return true;
  if (ROUNDUP.test(a.title) || ROUNDUP.test(b.title)) return true;
  return NOTICE.test(a.title) && NOTICE.test(b.title);
}

/** A later count of victims, or what comes of an event. */
function tellsFurther(newer: StoryEvidence, older: StoryEvidence, { titles }: Comparison): boolean {
  if (titles.numbersDiffer && COUNT.test(newer.title) && COUNT.test(older.title)) return true;
  return FURTHER.test(newer.title) && !FURTHER.test(older.title);
}
