/** Turns two entries' evidence into a verdict: one story or not, how sure, and why. */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
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
  readonly reason: Reason;
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
    return no(seen, reason('story.parts', { one: a.part, other: b.part }), true);
  if (a.content !== '' && a.content === b.content) return sameText(a, seen);
  const linked = a.link !== '' && a.link === b.link;
  if (linked && !speaksAgainst(seen)) return yes('link', likeness(seen), reason('story.same-address'));
  const verdict = seen.contained === null ? byTitle(a, b, seen, nearDays) : byText(a, seen, seen.contained, nearDays);
  return linked && !verdict.same
    ? { ...verdict, reason: reason('story.address-but', { why: verdict.reason }) }
    : verdict;
}

function likeness(seen: Comparison): number {
  return Math.max(seen.contained ?? 0, seen.titles.likeness);
}

function sameText(a: StoryEvidence, { titles, sameSource }: Comparison): Verdict {
  const { relation } = titles;
  // A daily notice of few words is the same every day; its headline then tells the days apart.
  if (relation === 'issue' && a.length < SHORT_TEXT)
    return { ...no(null, reason('story.issues-of-one-text'), true), basis: 'text' };
  // Some feeds give every item of an hour one description, or their own advertisement.
  if (relation === 'different' && sameSource && a.length < SHORT_TEXT) return no(null, reason('story.boilerplate'));
  return yes('text', 1, reason(relation === 'equal' ? 'story.same-title-and-text' : 'story.same-text'));
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
  const alike = { likeness: likenessOf(seen, contained) };
  if (daysApart && !copied) return no(seen, reason('story.alike-other-days', alike), relation === 'template');
  if ((relation === 'issue' || relation === 'template') && isUpdated(a, seen, contained))
    return yes('text', 0.7 * contained + 0.3 * titles.likeness, reason('story.alike', alike));
  if (relation === 'issue') return no(seen, reason('story.other-numbers-in-template'), true);
  if (sameSource && near && !copied && relation === 'equal' && seen.form && NOTICE.test(a.title))
    return no(seen, reason('story.alike-two-notices', alike), true);
  if (relation === 'template' && near && !copied && contained < 1 && (numbers ?? 1) < 0.9)
    return no(seen, reason('story.template-numbers-differ'), true);
  if (sameSource && gapDays >= LATER_DAYS && !(contained >= 0.88 && (numbers ?? 1) >= 0.85))
    return no(seen, reason('story.alike-another-day', alike));
  if (gapDays >= LATER_DAYS && near && (numbers ?? 1) < 0.6 && contained < 0.95)
    return no(seen, reason('story.alike-numbers-differ', alike));
  if (gapDays > nearDays && contained < 0.8)
    return no(seen, reason('story.alike-too-late', { ...alike, days: Math.floor(gapDays) }));
  if (titles.numbersDiffer && !(contained >= 0.85 && (numbers ?? 1) >= 0.8))
    return no(seen, reason('story.alike-headline-numbers', alike));
  return enough(seen, contained, near)
    ? {
        ...yes('text', 0.7 * contained + 0.3 * titles.likeness, reason('story.alike', alike)),
        sure: isSure(seen, contained, near),
        named: isNamed(seen),
        opens: contained >= 0.95 && seen.begun >= 0.7,
      }
    : no(seen, reason('story.alike-too-little', alike));
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
      // A digest holds the story, but begins with something else, or goes on to so much else that little of it is the story.
      return contained >= 0.92 && begun >= 0.75 && covered >= 0.2;
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
  if (relation === 'issue') return no(seen, reason('story.other-numbers-in-template'), true);
  if (relation !== 'equal' && relation !== 'inserted') return no(seen, reason('story.no-text.headlines-differ'));
  if (a.part !== b.part) return no(seen, reason('story.one-is-a-part'), true);
  if (informative < (relation === 'equal' ? MIN_INFORMATIVE : MIN_INSERTED))
    return no(seen, reason('story.no-text.standing-phrase'));
  if (
    relation === 'inserted' &&
    (isTurned(added) || added.length > Math.max(6, 0.35 * Math.min(a.title.length, b.title.length)))
  )
    return no(seen, reason('story.no-text.headline-adds', { added }));
  if (gapDays > (informative < GOOD_INFORMATIVE ? Math.min(1, nearDays) : nearDays))
    return no(seen, reason('story.no-text.too-late', { days: Math.floor(gapDays) }));
  if (sameSource && gapDays >= LATER_DAYS) return no(seen, reason('story.no-text.another-day'));
  if (daysApart) return no(seen, reason('story.other-days'));
  const code = relation === 'equal' ? 'story.same-headline' : 'story.headline-extended';
  return { ...yes('title', titles.likeness, reason(code, { span: within(gapDays) })), named: isNamed(seen) };
}

const TITLE_CODES = {
  none: null,
  equal: 'story.likeness.title-equal',
  inserted: 'story.likeness.title-extended',
  issue: null,
  template: 'story.likeness.title-pattern',
  similar: 'story.likeness.title-similar',
  different: null,
} as const;

/** What the two have in common, for people. */
function likenessOf({ titles, covered, begun }: Comparison, contained: number): readonly Reason[] {
  const title = TITLE_CODES[titles.relation];
  return [
    ...(title === null ? [] : [reason(title)]),
    reason('story.likeness.text', { shorter: roundShare(contained), longer: roundShare(covered) }),
    ...(begun >= 0.5 ? [reason('story.likeness.opening')] : []),
  ];
}

function roundShare(share: number): number {
  return Math.round(100 * share) / 100;
}

function within(days: number): Reason {
  return days < 1 ? reason('story.within.day') : reason('story.within.days', { days: Math.ceil(days) });
}

function yes(basis: Basis, score: number, why: Reason): Verdict {
  return { same: true, basis, score, sure: basis === 'text', named: false, opens: false, apart: false, reason: why };
}

function no(seen: Comparison | null, why: Reason, apart = false): Verdict {
  return {
    same: false,
    basis: 'none',
    score: seen === null ? 0 : likeness(seen),
    sure: false,
    named: false,
    opens: false,
    apart,
    reason: why,
  };
}
