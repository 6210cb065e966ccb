/** Turns two entries' evidence into a verdict: one story or not, how sure, and why. */
import type { StoryEvidence } from '../keys/evidence.ts';
import { type Comparison, LATER_DAYS, measure } from './measure.ts';

/** What a verdict rests on, weakest first. */
export type Basis = 'none' | 'title' | 'link' | 'text';

export interface Verdict {
  readonly same: boolean;
  readonly basis: Basis;
  /** 0–1; orders verdicts of one basis. */
  readonly score: number;
  /** Enough to make one of two stories that stand already. */
  readonly sure: boolean;
  /** A telling headline is the same, on the same day: enough to take in a story that is headlines and flashes alone. */
  readonly named: boolean;
  /** One text is the beginning of the other. */
  readonly opens: boolean;
  /** The two are parts or issues of one series: never one story, whatever else joins them. */
  readonly apart: boolean;
  /** For people; completes "because …". */
  readonly reason: string;
}

/** A copy comes within days; what comes later under the same words is often the next issue. */
export const NEAR_DAYS = 5;
/** Informative characters that a headline needs to be recognised by itself. */
const MIN_INFORMATIVE = 5;
const MIN_INSERTED = 8;
/** Plain characters that an outlet may repeat under every headline. */
const SHORT_TEXT = 200;
/** With fewer, only on the same day. */
const GOOD_INFORMATIVE = 7;
/** With as many, a headline names what happened. */
const TELLING = 9;
/** What an office publishes under one headline for one person or street after another. */
const NOTICE = /公告|公示|通知|通告|启事|讣告|招聘|拍卖/;
/** Counts that rise while the news is told. */
const TOLL = /死|亡|伤|遇难|失联|失踪|被困|获救/;
/** Words that turn a headline into another one. */
const TURNS = /[不未无否非假谣再又续终撤废改拟]|取消|解除|升级|推迟|延期|结果|答案|解析|名单|最后|更正|致歉/;

/** `aTime` and `bTime`: epoch milliseconds when the entries appeared, as far as known. */
export function compare(
  a: StoryEvidence,
  aTime: number,
  b: StoryEvidence,
  bTime: number,
  nearDays = NEAR_DAYS,
): Verdict {
  const seen = measure(a, aTime, b, bTime);
  if (a.part !== '' && b.part !== '' && a.part !== b.part)
    return no(seen, `they are parts ${a.part} and ${b.part} of a series`, true);
  if (a.content !== '' && a.content === b.content) return sameText(a, seen);
  const linked = a.link !== '' && a.link === b.link;
  if (linked && !speaksAgainst(seen)) return yes('link', likeness(seen), 'the same address');
  const verdict = seen.contained === null ? byTitle(a, b, seen, nearDays) : byText(a, seen, seen.contained, nearDays);
  return linked && !verdict.same ? { ...verdict, reason: `the address is the same, but ${verdict.reason}` } : verdict;
}

function likeness(seen: Comparison): number {
  return Math.max(seen.contained ?? 0, seen.titles.likeness);
}

function sameText(a: StoryEvidence, { titles, sameSource }: Comparison): Verdict {
  const { relation } = titles;
  // A daily notice of few words is the same every day; its headline then tells the days apart.
  if (relation === 'issue' && a.length < SHORT_TEXT)
    return { ...no(null, 'the text is the same, but their headlines count on', true), basis: 'text' };
  // Some feeds give every item of an hour one description, or their own advertisement.
  if (relation === 'different' && sameSource && a.length < SHORT_TEXT)
    return no(null, 'the text is the same few lines, under another headline of the same source');
  return yes('text', 1, relation === 'equal' ? 'the same title and text' : 'the same text');
}

/** Pages of one address may be a column whose content changes. */
function speaksAgainst(seen: Comparison): boolean {
  const { titles, contained } = seen;
  if (titles.relation === 'issue') return true;
  if (titles.relation === 'none') return contained !== null && contained < 0.3;
  const alike = titles.likeness >= 0.4 || titles.relation === 'inserted';
  return contained === null ? !alike : contained < (alike ? 0.3 : 0.6);
}

/** How much of the shorter text must stand in the longer, and what else must hold, by how the headlines relate. */
function byText(a: StoryEvidence, seen: Comparison, contained: number, nearDays: number): Verdict {
  const { titles, covered, numbers, gapDays, sameSource, daysApart } = seen;
  const { relation } = titles;
  const near = covered >= 0.5 * contained;
  const copied = isCopied(seen, contained);
  const told = tell(seen, contained);
  if (daysApart && !copied) return no(seen, `${told}, but they tell of different days`, relation === 'template');
  if ((relation === 'issue' || relation === 'template') && isUpdated(a, seen, contained))
    return yes('text', 0.7 * contained + 0.3 * titles.likeness, told);
  if (relation === 'issue') return no(seen, 'their headlines are one template with other numbers', true);
  if (sameSource && near && !copied && relation === 'equal' && seen.form && NOTICE.test(a.title))
    return no(seen, `${told}, too little for two notices of the same source`, true);
  if (relation === 'template' && near && !copied && contained < 1 && (numbers ?? 1) < 0.9)
    return no(seen, 'their headlines are one template and their numbers differ', true);
  if (sameSource && gapDays >= LATER_DAYS && !(contained >= 0.88 && (numbers ?? 1) >= 0.85))
    return no(seen, `${told}, too little for the same source on another day`);
  if (gapDays >= LATER_DAYS && near && (numbers ?? 1) < 0.6 && contained < 0.95)
    return no(seen, `${told}, but their numbers differ`);
  if (gapDays > nearDays && contained < 0.8) return no(seen, `${told}, too little after ${Math.floor(gapDays)} days`);
  if (titles.numbersDiffer && !(contained >= 0.85 && (numbers ?? 1) >= 0.8))
    return no(seen, `${told}, but the numbers in their headlines differ`);
  return enough(seen, contained, near)
    ? {
        ...yes('text', 0.7 * contained + 0.3 * titles.likeness, told),
        sure: isSure(seen, contained, near),
        named: isNamed(seen),
        opens: contained >= 0.95 && seen.begun >= 0.7,
      }
    : no(seen, `${told}, too little`);
}

function enough(seen: Comparison, contained: number, near: boolean): boolean {
  const { titles, brief, covered, begun, numbers, sameSource } = seen;
  switch (titles.relation) {
    case 'issue':
      return false;
    case 'equal':
      // A standing headline has new content on another day, in phrases of its own; the headline of a day has not.
      if (seen.sameDay && seen.informative >= TELLING) return contained >= (brief ? 0.2 : 0.3);
      return contained >= (brief && !near ? 0.55 : 0.4);
    case 'inserted':
      if (seen.sameDay && seen.informative >= TELLING && brief && !isTurned(titles.added)) return contained >= 0.3;
      return contained >= (brief && !near ? 0.6 : 0.45);
    case 'similar':
      return near ? contained >= 0.68 : contained >= 0.9 || (contained >= 0.65 && begun >= 0.55);
    case 'template':
      // One source that fills a form for each town; another that reprints it changes a word of the headline.
      if (near && covered >= 0.75 * contained)
        return sameSource ? isCopied(seen, contained) : contained >= (seen.form ? 0.96 : 0.9) && (numbers ?? 1) >= 0.9;
      return contained >= 0.9 || (contained >= 0.62 && begun >= 0.5);
    case 'none':
    case 'different':
      if (near && sameSource) return contained >= 0.95 && covered >= 0.8;
      if (near) return contained >= 0.8 && covered >= 0.5 && ((numbers ?? 1) >= 0.6 || contained >= 0.93);
      // A digest holds the story, but begins with something else or goes on to it.
      return contained >= 0.92 && begun >= 0.75;
    default:
      return titles.relation satisfies never;
  }
}

/** Copies of one length, or a part of it under the same headline: an excerpt that stands in two stories makes them no one. */
function isSure({ titles, covered }: Comparison, contained: number, near: boolean): boolean {
  if (titles.relation === 'equal' || titles.relation === 'inserted') return contained >= 0.7;
  return near && contained >= 0.85 && covered >= 0.6;
}

/** The same accident with a later count of its victims; a bulletin's other numbers would differ as well. */
function isUpdated(a: StoryEvidence, { sameDay, covered, numbers }: Comparison, contained: number): boolean {
  return sameDay && TOLL.test(a.title) && contained >= 0.85 && covered >= 0.7 && (numbers ?? 0) >= 0.6;
}

function isTurned(added: string): boolean {
  return /\d/.test(added) || TURNS.test(added);
}

function isNamed({ titles, informative, gapDays, daysApart }: Comparison): boolean {
  return titles.relation === 'equal' && informative >= TELLING && gapDays < LATER_DAYS && !daysApart;
}

function isCopied({ covered }: Comparison, contained: number): boolean {
  return contained >= 0.97 && covered >= 0.97;
}

/** Without two texts only the headline speaks: equal or with something inserted, telling enough, within days. */
function byTitle(a: StoryEvidence, b: StoryEvidence, seen: Comparison, nearDays: number): Verdict {
  const { titles, informative, gapDays, sameSource, daysApart } = seen;
  const { relation, added } = titles;
  if (relation === 'issue') return no(seen, 'their headlines are one template with other numbers', true);
  if (relation !== 'equal' && relation !== 'inserted')
    return no(seen, 'their headlines differ and there is no text to compare');
  if (a.part !== b.part) return no(seen, 'only one of them is a part of a series', true);
  if (informative < (relation === 'equal' ? MIN_INFORMATIVE : MIN_INSERTED))
    return no(seen, 'the headline is a standing phrase and there is no text to compare');
  if (
    relation === 'inserted' &&
    (isTurned(added) || added.length > Math.max(6, 0.35 * Math.min(a.title.length, b.title.length)))
  )
    return no(seen, `one headline adds “${added}” and there is no text to compare`);
  if (gapDays > (informative < GOOD_INFORMATIVE ? Math.min(1, nearDays) : nearDays))
    return no(
      seen,
      `the headline is the same, but ${Math.floor(gapDays)} days lie between and there is no text to compare`,
    );
  if (sameSource && gapDays >= LATER_DAYS)
    return no(seen, 'the headline is the same, of the same source on another day');
  if (daysApart) return no(seen, 'they tell of different days');
  const reason = `${relation === 'equal' ? 'the same headline' : 'a headline with the same words'} ${span(gapDays)}, with no text that speaks against it`;
  return { ...yes('title', titles.likeness, reason), named: isNamed(seen) };
}

function tell({ titles, covered, begun }: Comparison, contained: number): string {
  const words = {
    none: '',
    equal: 'the same title, and ',
    inserted: 'nearly the same title, and ',
    issue: '',
    template: 'a title of the same pattern, and ',
    similar: 'a similar title, and ',
    different: '',
  }[titles.relation];
  const both = `${percent(contained)} of the shorter text stands in the longer, ${percent(covered)} of the longer in the shorter`;
  return `${words}${both}${begun >= 0.5 ? ', and they begin alike' : ''}`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function span(days: number): string {
  return days < 1 ? 'within a day' : `within ${Math.ceil(days)} days`;
}

function yes(basis: Basis, score: number, reason: string): Verdict {
  return { same: true, basis, score, sure: basis === 'text', named: false, opens: false, apart: false, reason };
}

function no(seen: Comparison | null, reason: string, apart = false): Verdict {
  return {
    same: false,
    basis: 'none',
    score: seen === null ? 0 : likeness(seen),
    sure: false,
    named: false,
    opens: false,
    apart,
    reason,
  };
}
