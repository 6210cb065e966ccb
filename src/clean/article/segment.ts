/** Tells the blocks of an item that are its article from the rest, and says of every other one what took it. */
import { endOf, isLinked, startOfBody, startOfPage } from './bounds.ts';
import type { Form } from './bounds.ts';
import { isBareDate } from '../lines/lineforms.ts';
import { isSentence } from '../lines/judge.ts';
import type { Judged } from '../lines/judge.ts';
import { T } from '../thresholds.ts';
import { PLACES } from './places.ts';
import type { Taken } from './removal.ts';

export interface Segmented {
  readonly kept: readonly Judged[];
  /** Judged blocks before the first kept one, in order. */
  readonly head: readonly Judged[];
  /** Judged blocks after the last kept one, and read lines between. */
  readonly tail: readonly Judged[];
  readonly removed: readonly Taken[];
}

/** Keeps the article among `judged`. In a page, lines outside the body must prove themselves. */
export function segment(judged: readonly Judged[], form: Form): Segmented {
  const start = form === 'body' ? startOfBody(judged) : startOfPage(judged, form);
  const end = endOf(judged, start, form);
  const inner = sift(judged.slice(start, end), form);
  const before = judged.slice(0, start);
  const after = judged.slice(end);
  return {
    kept: inner.kept,
    head: before,
    tail: [...inner.read, ...after],
    removed: [
      ...inner.removed,
      ...before.flatMap((one) => takenAt(one, PLACES.beforeArticle)),
      ...after.flatMap((one) => takenAt(one, PLACES.afterArticle)),
    ],
  };
}

interface Sifted {
  readonly kept: readonly Judged[];
  /** Lines that are read and gone. */
  readonly read: readonly Judged[];
  readonly removed: readonly Taken[];
}

/** The blocks between the article's bounds without what does not belong to it. */
function sift(inner: readonly Judged[], form: Form): Sifted {
  const kept: Judged[] = [];
  const read: Judged[] = [];
  const removed: Taken[] = [];
  const seen = new Set<string>();
  const indented = form !== 'body' && isMostlyIndented(inner);
  const captioned = isCaptioned(inner);
  let box: Taken['by'] | null = null;
  inner.forEach((one, at) => {
    box = one.rule?.opensBox === true ? one.rule : isLinked(one) ? box : null;
    const by =
      captioned && isTold(one)
        ? repeated(one, seen)
        : (box ??
          takenBy(one, indented && at > 0, kept.length > 0) ??
          underPicture(one, kept.at(-1), form) ??
          repeated(one, seen));
    if (by === null) {
      kept.push(captioned ? { ...one, rule: null } : one);
      return;
    }
    removed.push({ by, text: one.block.text });
    if (one.rule?.role === 'byline' || one.rule?.role === 'meta') read.push(one);
    if (one.rule?.role === 'caption' || by === PLACES.underPicture) attachCaption(kept, one);
  });
  // A picture with its caption and nothing else is the whole story.
  if (!kept.some(isSentence))
    for (const one of inner) if (isTold(one) && !kept.includes(one)) kept.push({ ...one, rule: null });
  return { kept, read, removed };
}

/** Whether a caption is long enough to tell something. */
function isTold({ rule, folded }: Judged): boolean {
  return rule?.role === 'caption' && folded.length >= T.sentence.least;
}

/** A series of pictures tells its story in the captions: they say more than the sentences. */
function isCaptioned(judged: readonly Judged[]): boolean {
  let captions = 0;
  let told = 0;
  let said = 0;
  for (const one of judged) {
    if (isSentence(one)) said += one.folded.length;
    if (!isTold(one) || !/[,。]/.test(one.folded)) continue;
    captions++;
    told += one.folded.length;
  }
  return captions >= T.keep.captions && told > said;
}

/** A short centred line below a picture, without a full stop, is its caption: articles indent their paragraphs. */
function underPicture(one: Judged, before: Judged | undefined, form: Form): Taken['by'] | null {
  if (form !== 'markup' || before?.block.kind !== 'image' || one.block.kind !== 'paragraph') return null;
  if (!one.block.centred || one.folded.length > T.keep.centred || /[。!?…:]["”’)]*$/.test(one.folded)) return null;
  return before.block.caption === '' ? PLACES.underPicture : null;
}

function takenAt({ rule, block }: Judged, place: Taken['by']): readonly Taken[] {
  return block.kind === 'image' ? [] : [{ by: rule ?? place, text: block.text }];
}

function attachCaption(kept: Judged[], caption: Judged): void {
  const last = kept.at(-1);
  if (last?.block.kind !== 'image' || last.block.caption !== '' || caption.block.kind === 'image') return;
  kept[kept.length - 1] = { ...last, block: { ...last.block, caption: caption.block.text.slice(0, 300) } };
}

/** What takes a block out of the body; null where it stays. */
function takenBy({ rule, block, folded }: Judged, indented: boolean, begun: boolean): Taken['by'] | null {
  if (rule !== null) {
    // A chronicle heads its parts with days; the day at the end was cut off before.
    if (begun && rule.dates === true && isBareDate(folded)) return null;
    return rule.role === 'edge' && rule.alwaysGoes !== true ? null : rule;
  }
  const stands = indented && !block.indented && block.kind === 'paragraph';
  return stands && folded.length <= T.keep.unindented && !/[。!?,;:…”]/.test(folded) ? PLACES.outsideIndent : null;
}

/** A paragraph that stands twice, as where a page shows its lead above its text. */
function repeated(one: Judged, seen: Set<string>): Taken['by'] | null {
  if (one.folded.length < T.keep.repeated || one.block.kind === 'image') return null;
  if (seen.has(one.folded)) return PLACES.repeatedParagraph;
  seen.add(one.folded);
  return null;
}

function isMostlyIndented(judged: readonly Judged[]): boolean {
  const sentences = judged.filter(isSentence);
  const indented = sentences.filter(({ block }) => block.indented).length;
  return sentences.length >= T.keep.leastIndented && indented / sentences.length >= T.keep.indented;
}
