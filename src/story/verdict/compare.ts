/** Gives the verdict on two entries: one story or not, how sure, and why. Rows are tried in order; the first that holds decides. */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import type { StoryEvidence } from '../keys/evidence.ts';
import { type Comparison, measure, NOTICE, TOLL } from './measure.ts';
import { alike, within } from './alike.ts';
import { readAsOne, withoutAround } from './reworded.ts';
import { T } from './thresholds.ts';
import { namesDifferByNumber, namesDifferByPerson } from './titles.ts';

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
  /** The two are parts or issues of one series: never one story, whatever else joins them. */
  readonly apart: boolean;
  readonly reason: Reason;
}

/** A pair of which both have a text. */
interface Texts extends Comparison {
  readonly contained: number;
}

interface Row<P> {
  readonly when: (pair: P) => boolean;
  /** `apart` keeps their stories apart as well. */
  readonly gives: 'same' | 'other' | 'apart';
  readonly why: (pair: P) => Reason;
}

/** Of the very same text. */
const SAME_TEXT: readonly Row<Comparison>[] = [
  {
    // A daily notice of few words is the same every day; its headline then tells the days apart.
    when: ({ titles, a }) => titles.relation === 'issue' && a.length < T.text.repeated,
    gives: 'apart',
    why: () => reason('story.issues-of-one-text'),
  },
  {
    // Some feeds give every item of an hour one description, or their own advertisement.
    when: ({ titles, a, sameSource }) => titles.relation === 'different' && sameSource && a.length < T.text.repeated,
    gives: 'other',
    why: () => reason('story.boilerplate'),
  },
  { when: ({ titles }) => titles.relation === 'equal', gives: 'same', why: () => reason('story.same-title-and-text') },
  { when: () => true, gives: 'same', why: () => reason('story.same-text') },
];

/** Of two texts: what they have in common, and what else must hold, by how the headlines relate. */
const TEXTS: readonly Row<Texts>[] = [
  {
    when: ({ titles, daysApart, copied }) => daysApart && !copied && titles.relation === 'template',
    gives: 'apart',
    why: (pair) => reason('story.alike-other-days', alike(pair)),
  },
  {
    when: ({ daysApart, copied }) => daysApart && !copied,
    gives: 'other',
    why: (pair) => reason('story.alike-other-days', alike(pair)),
  },
  { when: isUpdated, gives: 'same', why: (pair) => reason('story.alike', alike(pair)) },
  {
    when: ({ titles }) => titles.relation === 'issue',
    gives: 'apart',
    why: () => reason('story.other-numbers-in-template'),
  },
  {
    when: ({ titles, a, b }) => titles.relation !== 'equal' && namesDifferByNumber(a.title, b.title),
    gives: 'apart',
    why: () => reason('story.other-numbered-name'),
  },
  {
    when: ({ titles, a, b }) =>
      titles.relation !== 'equal' && namesDifferByPerson(a.title, b.title, NOTICE.test(a.title)),
    gives: 'apart',
    why: () => reason('story.other-person'),
  },
  {
    when: ({ titles, sameSource, near, copied, contained, a }) =>
      titles.relation === 'equal' && sameSource && near && !(copied && contained === 1) && NOTICE.test(a.title),
    gives: 'apart',
    why: (pair) => reason('story.alike-two-notices', alike(pair)),
  },
  {
    when: ({ titles, numbers }) => titles.relation === 'template' && (numbers ?? 1) < T.share.most,
    gives: 'apart',
    why: () => reason('story.template-numbers-differ'),
  },
  {
    when: ({ sameSource, later, contained }) => sameSource && later && contained < T.share.most,
    gives: 'other',
    why: (pair) => reason('story.alike-another-day', alike(pair)),
  },
  {
    when: ({ later, numbers }) => later && (numbers ?? 1) < T.share.much,
    gives: 'other',
    why: (pair) => reason('story.alike-numbers-differ', alike(pair)),
  },
  {
    when: ({ gapDays, nearDays, contained }) => gapDays > nearDays && contained < T.share.most,
    gives: 'other',
    why: (pair) => reason('story.alike-too-late', { ...alike(pair), days: Math.floor(pair.gapDays) }),
  },
  {
    when: ({ titles, contained }) => titles.numbersDiffer && contained < T.share.most,
    gives: 'other',
    why: (pair) => reason('story.alike-headline-numbers', alike(pair)),
  },
  { when: isEnough, gives: 'same', why: (pair) => reason('story.alike', alike(pair)) },
  { when: () => true, gives: 'other', why: (pair) => reason('story.alike-too-little', alike(pair)) },
];

/** Without two texts only the headline speaks: equal or with something inserted, telling enough, within days. */
const TITLES: readonly Row<Comparison>[] = [
  {
    when: ({ titles }) => titles.relation === 'issue',
    gives: 'apart',
    why: () => reason('story.other-numbers-in-template'),
  },
  {
    when: ({ titles, a, b }) =>
      titles.relation !== 'equal' && titles.relation !== 'inserted' && !isReworded(a, b, titles.likeness),
    gives: 'other',
    why: () => reason('story.no-text.headlines-differ'),
  },
  { when: ({ a, b }) => a.part !== b.part, gives: 'apart', why: () => reason('story.one-is-a-part') },
  {
    when: ({ a, b, informative, telling }) =>
      withoutAround(a.title) === withoutAround(b.title) ? informative < T.title.least : telling < T.title.telling,
    gives: 'other',
    why: () => reason('story.no-text.standing-phrase'),
  },
  {
    when: ({ titles, a, b }) => titles.relation === 'inserted' && !isReworded(a, b, titles.likeness),
    gives: 'other',
    why: ({ titles }) => reason('story.no-text.headline-adds', { added: titles.added }),
  },
  {
    when: ({ gapDays, nearDays, informative }) =>
      gapDays > (informative < T.title.telling ? Math.min(1, nearDays) : nearDays),
    gives: 'other',
    why: ({ gapDays }) => reason('story.no-text.too-late', { days: Math.floor(gapDays) }),
  },
  {
    when: ({ sameSource, later }) => sameSource && later,
    gives: 'other',
    why: () => reason('story.no-text.another-day'),
  },
  { when: ({ daysApart }) => daysApart, gives: 'other', why: () => reason('story.other-days') },
  {
    when: () => true,
    gives: 'same',
    why: ({ titles, gapDays }) => {
      const span = within(gapDays);
      if (titles.relation === 'equal') return reason('story.same-headline', { span });
      return reason(titles.relation === 'inserted' ? 'story.headline-extended' : 'story.headline-reworded', { span });
    },
  },
];

/** `aTime` and `bTime`: epoch milliseconds when the entries appeared, as far as known. */
export function compare(
  a: StoryEvidence,
  aTime: number,
  b: StoryEvidence,
  bTime: number,
  nearDays: number = T.days.near,
): Verdict {
  const pair = measure(a, aTime, b, bTime, nearDays);
  if (a.part !== '' && b.part !== '' && a.part !== b.part)
    return { ...NO, score: likeness(pair), apart: true, reason: reason('story.parts', { one: a.part, other: b.part }) };
  if (a.content !== '' && a.content === b.content) return { ...judge(SAME_TEXT, pair, 'text', 1), basis: 'text' };
  const linked = a.link !== '' && a.link === b.link;
  if (linked && !speaksAgainst(pair))
    return { ...NO, same: true, basis: 'link', score: likeness(pair), reason: reason('story.same-address') };
  const verdict = haveTexts(pair) ? byText(pair) : judge(TITLES, pair, 'title', pair.titles.likeness);
  return linked && !verdict.same
    ? { ...verdict, reason: reason('story.address-but', { why: verdict.reason }) }
    : verdict;
}

const NO: Omit<Verdict, 'reason'> = {
  same: false,
  basis: 'none',
  score: 0,
  sure: false,
  named: false,
  apart: false,
};

/** What the first row that holds says; `score` is that of a story in common. */
function judge<P extends Comparison>(rows: readonly Row<P>[], pair: P, basis: Basis, score: number): Verdict {
  const row = rows.find(({ when }) => when(pair));
  if (row === undefined) throw new RangeError('the last row holds for every pair');
  const why = row.why(pair);
  return row.gives === 'same'
    ? { ...NO, same: true, basis, score, sure: basis === 'text', named: isNamed(pair), reason: why }
    : { ...NO, score: likeness(pair), apart: row.gives === 'apart', reason: why };
}

function haveTexts(pair: Comparison): pair is Texts {
  return pair.contained !== null;
}

function byText(pair: Texts): Verdict {
  const { contained, near, titles } = pair;
  const verdict = judge(TEXTS, pair, 'text', (contained + titles.likeness) / 2);
  // An excerpt that stands in two stories makes them no one, but for a part of a text under the same headline.
  const alone = near || titles.relation === 'equal' || titles.relation === 'inserted';
  return { ...verdict, sure: verdict.same && contained >= T.share.most && alone };
}

function likeness({ contained, titles }: Comparison): number {
  return Math.max(contained ?? 0, titles.likeness);
}

/** Pages of one address may be a column whose content changes. */
function speaksAgainst({ titles, contained }: Comparison): boolean {
  if (titles.relation === 'issue') return true;
  const alike = titles.likeness >= T.share.part;
  if (contained === null) return titles.relation !== 'none' && !alike;
  return contained < (alike || titles.relation === 'none' ? T.share.part : T.share.much);
}

/** Of notices, a word more names another one: another lot, street or office. */
function isReworded(a: StoryEvidence, b: StoryEvidence, likeness: number): boolean {
  return likeness >= T.share.part && !NOTICE.test(a.title) && readAsOne(a, b);
}

/** How much of the shorter text must stand in the longer, by how the headlines relate. */
function isEnough(pair: Texts): boolean {
  const { titles, contained, near, copied, covered, begun, sameSource } = pair;
  switch (titles.relation) {
    case 'issue':
      // Kept apart by a row above already.
      return false;
    case 'equal':
      // A standing headline has new content on another day, in phrases of its own; the headline of a day has not.
      return contained >= (pair.sameDay && pair.informative >= T.title.telling ? T.share.some : T.share.part);
    case 'inserted':
      return contained >= T.share.part;
    case 'similar':
      return contained >= T.share.much && (near || begun >= T.share.half);
    case 'template':
      // One source that fills a form for each town; another that reprints it changes a word of the headline.
      if (covered >= T.share.much * contained) return sameSource ? copied : contained >= T.share.whole;
      return contained >= T.share.most || (contained >= T.share.much && begun >= T.share.half);
    case 'none':
    case 'different':
      // A digest holds the story, but begins with something else, or goes on to so much else that little of it is the story.
      return near
        ? contained >= T.share.most
        : contained >= T.share.whole && begun >= T.share.half && covered >= T.share.some;
    default:
      return titles.relation satisfies never;
  }
}

/** The same accident with a later count of its victims. */
function isUpdated({ titles, sameDay, contained, a }: Texts): boolean {
  const counted = titles.relation === 'issue' || titles.relation === 'template';
  return counted && sameDay && TOLL.test(a.title) && contained >= T.share.most;
}

function isNamed({ titles, informative, later }: Comparison): boolean {
  return titles.relation === 'equal' && informative >= T.title.telling && !later;
}
