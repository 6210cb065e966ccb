/** Turns the blocks of an item into those that are the article, and says what every other one was. */
import type { Removal } from '../../model/entry.ts';
import { endOf, isLinked, startOfBody, startOfPage } from './bounds.ts';
import type { Form } from './bounds.ts';
import { isBareDate } from '../lines/labels.ts';
import { LEAST_SENTENCE, isSentence } from '../lines/judge.ts';
import type { Judged } from '../lines/judge.ts';

export interface Segmented {
  readonly kept: readonly Judged[];
  /** Judged blocks before the first kept one, in order. */
  readonly head: readonly Judged[];
  /** Judged blocks after the last kept one, and read lines between. */
  readonly tail: readonly Judged[];
  readonly removed: readonly Removal[];
}

/** Keeps the article among `judged`. In a page, lines outside the body must prove themselves. */
export function segment(judged: readonly Judged[], form: Form): Segmented {
  const page = form !== 'body';
  const removed: Removal[] = [];
  const start = form === 'body' ? startOfBody(judged) : startOfPage(judged, form);
  const end = endOf(judged, start, form);
  const kept: Judged[] = [];
  const tail: Judged[] = [];
  const seen = new Set<string>();
  const inner = judged.slice(start, end);
  const indented = mostlyIndented(inner);
  const captioned = isCaptioned(inner);
  let inBox = false;
  for (let i = start; i < end; i++) {
    const one = judged[i];
    if (one === undefined) continue;
    inBox = one.rule?.name === 'end.related-head' || (inBox && isLinked(one));
    const reason =
      captioned && one.rule?.role === 'caption' && one.folded.length >= LEAST_SENTENCE
        ? repeated(one, seen)
        : ((inBox ? 'end.related-head' : dropReason(one, page && indented && i > start, kept.length > 0)) ??
          underPicture(one, kept.at(-1), form) ??
          repeated(one, seen));
    if (reason === null) {
      kept.push(captioned ? { ...one, rule: null } : one);
      continue;
    }
    removed.push({ rule: reason, text: one.block.text });
    if (one.rule !== null && (one.rule.role === 'byline' || one.rule.role === 'meta')) tail.push(one);
    if (one.rule?.role === 'caption' || reason === UNDER_PICTURE) attachCaption(kept, one);
  }
  // A picture with its caption and nothing else is the whole story.
  if (!kept.some((one) => isSentence(one))) {
    for (const one of inner) {
      if (one.rule?.role === 'caption' && !kept.includes(one) && one.folded.length >= LEAST_SENTENCE)
        kept.push({ ...one, rule: null });
    }
  }
  for (let i = 0; i < start; i++) pushRemoved(judged[i], 'place.before-the-article', removed);
  for (let i = end; i < judged.length; i++) pushRemoved(judged[i], 'place.after-the-article', removed);
  return { kept, head: judged.slice(0, start), tail: [...tail, ...judged.slice(end)], removed };
}

const LEAST_CAPTIONS = 3;

/** A series of pictures tells its story in the captions: there are at least three, and they say more than the sentences. */
function isCaptioned(judged: readonly Judged[]): boolean {
  let captions = 0;
  let told = 0;
  let said = 0;
  for (const one of judged) {
    if (isSentence(one)) said += one.folded.length;
    if (one.rule?.role !== 'caption' || one.folded.length < LEAST_SENTENCE || !/[,。]/.test(one.folded)) continue;
    captions++;
    told += one.folded.length;
  }
  return captions >= LEAST_CAPTIONS && told > said;
}

const UNDER_PICTURE = 'place.under-a-picture';
const LONGEST_CENTRED = 60;

/** A short centred line below a picture, without a full stop, is its caption: articles indent their paragraphs. */
function underPicture(one: Judged, before: Judged | undefined, form: Form): string | null {
  if (form !== 'markup' || before?.block.kind !== 'image' || one.block.kind !== 'paragraph') return null;
  if (!one.block.centred || one.folded.length > LONGEST_CENTRED || /[。!?…:]["”’)]*$/.test(one.folded)) return null;
  return before.block.caption === '' ? UNDER_PICTURE : null;
}

function pushRemoved(one: Judged | undefined, otherwise: string, removed: Removal[]): void {
  if (one !== undefined && one.block.kind !== 'image')
    removed.push({ rule: one.rule?.name ?? otherwise, text: one.block.text });
}

function attachCaption(kept: Judged[], caption: Judged): void {
  const last = kept.at(-1);
  if (last?.block.kind !== 'image' || last.block.caption !== '' || caption.block.kind === 'image') return;
  kept[kept.length - 1] = { ...last, block: { ...last.block, caption: caption.block.text.slice(0, 300) } };
}

function dropReason(one: Judged, indented: boolean, begun: boolean): string | null {
  const { rule, block } = one;
  if (rule !== null) {
    // A chronicle heads its parts with days; the day at the end was cut off before.
    if (begun && rule.name === 'label.dated-line' && isBareDate(one.folded)) return null;
    if (rule.role !== 'edge' && rule.role !== 'stop') return rule.name;
    if (rule.role === 'stop') return rule.name;
    if (rule.name === 'edge.scrap' || rule.name === 'edge.breadcrumb') return rule.name;
    return null;
  }
  if (
    indented &&
    !block.indented &&
    block.kind === 'paragraph' &&
    one.folded.length <= 24 &&
    !/[。!?,;:…”]/.test(one.folded)
  )
    return 'place.outside-the-indent';
  return null;
}

const LEAST_REPEATED = 20;

/** A paragraph that stands twice, as where a page shows its lead above its text. */
function repeated(one: Judged, seen: Set<string>): string | null {
  if (one.folded.length < LEAST_REPEATED || one.block.kind === 'image') return null;
  if (seen.has(one.folded)) return 'place.repeated-paragraph';
  seen.add(one.folded);
  return null;
}

function mostlyIndented(judged: readonly Judged[]): boolean {
  let indented = 0;
  let all = 0;
  for (const one of judged) {
    if (!isSentence(one)) continue;
    all++;
    if (one.block.indented) indented++;
  }
  return all >= 3 && indented / all >= 0.9;
}
