/** Finds where the article begins and ends among judged blocks. */
import { readOpening } from '../../zh/opening.ts';
import { isSentence, isSigningDay } from '../lines/judge.ts';
import { isBareDate } from '../lines/lineforms.ts';
import type { Decider, Judged } from '../lines/judge.ts';
import { T } from '../thresholds.ts';

/** `body`: an article and little else; `markup`: the container of an HTML page; `page`: a page as text, chrome and all. */
export type Form = 'body' | 'markup' | 'page';

// A note's number may follow: 稳中向好。[1]
const FULL_STOP = /[。!?…;:]["”’)】』」》]*(?:[[(]\d{1,2}[\])])?$/;

function isFullSentence(one: Judged): boolean {
  return isSentence(one) && (FULL_STOP.test(one.folded) || one.folded.length >= T.sentence.full);
}

export function startOfBody(judged: readonly Judged[]): number {
  let at = 0;
  while (at < judged.length) {
    const rule = judged[at]?.rule ?? null;
    if (rule === null || rule.role === 'caption') break;
    at++;
  }
  return at;
}

/**
 * Index of the first block of a page's article: after the last dated line that has most of the sentences below it,
 * at a dateline, or at the first sentence.
 */
export function startOfPage(judged: readonly Judged[], form: Form): number {
  let total = 0;
  for (const one of judged) if (isSentence(one)) total += one.folded.length;
  let below = total;
  let start = -1;
  let spoken = false;
  for (let i = 0; i < judged.length && below >= total * T.begin.below; i++) {
    const one = judged[i];
    if (one === undefined) continue;
    if (one.rule?.role === 'meta') {
      // Chronicles head their parts with days: below a sentence, only a line that says more is the page's own.
      if (!spoken || !isBareDate(one.folded)) {
        start = i + 1;
        spoken = false;
      }
    } else if (isSentence(one)) {
      if (readOpening(one.block.text) !== null) {
        if (start < 0 || !spoken) start = withPictures(judged, start, i);
        break;
      }
      spoken ||= isFullSentence(one);
      below -= one.folded.length;
    }
  }
  if (start < 0) {
    start = judged.findIndex(isFullSentence);
    if (start < 0) start = judged.findIndex(isSentence);
    if (start < 0) return 0;
    // What an HTML page puts into the article's own container, right above its first sentence, is of the article.
    if (form === 'markup') {
      while (start > 0 && isLead(judged[start - 1])) start--;
      return start;
    }
  }
  while (start < judged.length) {
    const one = judged[start];
    if (
      one === undefined ||
      isSentence(one) ||
      one.block.kind === 'image' ||
      (form === 'markup' && one.rule === null) ||
      (one.rule === null && (one.block.indented || one.block.kind !== 'paragraph'))
    )
      break;
    start++;
  }
  return start;
}

/** The pictures between the page's dated line and the sentence `at`, with their captions, are the article's own. */
function withPictures(judged: readonly Judged[], dated: number, at: number): number {
  if (dated < 0) return at;
  let first = at;
  for (let i = at - 1; i >= dated; i--) {
    const one = judged[i];
    if (one?.block.kind === 'image') first = i;
    else if (one?.rule?.role !== 'caption') break;
  }
  return first;
}

/** Lines that an article may open with: its own, the caption of a picture, its reporters. */
function isLead(one: Judged | undefined): boolean {
  return one !== undefined && (one.rule === null || one.rule.role === 'caption' || one.rule.signs === true);
}

/** Index behind the article: before the first end mark with most of the sentences above it, and before the chrome above that. */
export function endOf(judged: readonly Judged[], start: number, form: Form): number {
  let end = endMark(judged, start, form);
  while (end > start) {
    const one = judged[end - 1];
    if (one === undefined || one.rule === null || one.rule.role === 'caption') break;
    end--;
  }
  return form === 'page' ? withoutTrailers(judged, start, end) : end;
}

function endMark(judged: readonly Judged[], start: number, form: Form): number {
  const page = form !== 'body';
  // Verse and lists of names have no sentences: there every line counts.
  const counts = judged.slice(start).some(isSentence) ? isSentence : (one: Judged) => one.rule === null;
  let total = 0;
  for (let i = start; i < judged.length; i++) {
    const one = judged[i];
    if (one !== undefined && counts(one)) total += one.folded.length;
  }
  let above = 0;
  for (let i = start; i < judged.length; i++) {
    const one = judged[i];
    if (one === undefined) continue;
    if (counts(one)) {
      above += one.folded.length;
      if (one.folded.endsWith('(完)') && above >= total * T.end.finished) return i + 1;
      continue;
    }
    const { rule } = one;
    if (rule === null || above === 0) continue;
    if (above / total >= shareAbove(rule, form) && !(page && rule.opensBox === true && goesOn(judged, i))) return i;
  }
  return judged.length;
}

/** Share of the sentences that must stand above a line for the article to end at it; Infinity where it ends at none. */
function shareAbove({ ends }: Decider, form: Form): number {
  if (ends === undefined || (ends === 'signed' && form === 'body')) return Infinity;
  if (ends === 'signed') return T.end.signed;
  if (ends === 'late' && form !== 'page') return T.end.late;
  return form === 'body' ? T.end.inBody : T.end.onPage;
}

/** Whether the head at `at` opens a box within the article: links, and below them sentences set as those above it. */
function goesOn(judged: readonly Judged[], at: number): boolean {
  const above = judged.slice(0, at).findLast(isFullSentence);
  if (above === undefined) return false;
  let links = 0;
  for (const one of judged.slice(at + 1, at + 2 + T.end.mostBox)) {
    if (isLinked(one)) links++;
    else return links > 0 && isFullSentence(one) && one.block.hint === above.block.hint;
  }
  return false;
}

/** Whether a block is a link and nothing else. */
export function isLinked(one: Judged): boolean {
  return one.block.text !== '' && one.block.linked >= one.block.text.length * T.end.linked;
}

/**
 * Headlines of other stories stand below many articles with no heading of their own. They lack the full stop with which
 * the article's paragraphs end.
 */
function withoutTrailers(judged: readonly Judged[], start: number, end: number): number {
  let last = -1;
  let full = 0;
  let all = 0;
  for (let i = start; i < end; i++) {
    const one = judged[i];
    if (one === undefined || one.rule !== null || one.block.kind !== 'paragraph') continue;
    all++;
    if (FULL_STOP.test(one.folded) || /[)\]】]\d{0,8}$/.test(one.folded)) {
      full++;
      last = i;
    }
  }
  if (last < 0 || full < T.end.leastStops || full / all < T.end.stops) return end;
  for (let i = last + 1; i < end; i++) {
    const one = judged[i];
    // Tables, lists and pictures need no full stop; nor does an indented line, or the day below a signature.
    if (
      one === undefined ||
      one.block.kind !== 'paragraph' ||
      (one.rule === null && (one.block.indented || isSigningDay(one.folded)))
    )
      last = i;
  }
  return last + 1;
}
