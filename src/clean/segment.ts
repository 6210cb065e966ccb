/** Turns the blocks of an item into those that are the article, and says what every other one was. */
import { fold } from '../text/script.ts';
import type { Removal } from '../types.ts';
import type { Block } from './blocks.ts';
import { textOfRuns } from './blocks.ts';
import { readDateline } from './dateline.ts';
import { hintRole } from './hints.ts';
import { lineOf, ruleFor } from './rules.ts';
import type { LineRule } from './rules.ts';

/** A block with its folded text and the rule that decided it; no rule: body. */
export interface Judged {
  readonly block: Block;
  readonly folded: string;
  /** The text that labels are read from. */
  readonly label: string;
  readonly rule: Pick<LineRule, 'name' | 'role'> | null;
}

export interface Segmented {
  readonly kept: readonly Judged[];
  /** Judged blocks before the first kept one, in order. */
  readonly head: readonly Judged[];
  /** Judged blocks after the last kept one, and read lines between. */
  readonly tail: readonly Judged[];
  readonly removed: readonly Removal[];
}

const LEAST_SENTENCE = 12;

export function judge(blocks: readonly Block[]): readonly Judged[] {
  return blocks.map(judgeBlock);
}

function judgeBlock(block: Block): Judged {
  if (block.kind === 'image') return { block, folded: '', label: '', rule: null };
  const folded = fold(block.text);
  const linked = block.text.length === 0 ? 0 : block.linked / block.text.length;
  const line = { text: folded, kind: block.kind, linked, hint: block.hint };
  let rule = ruleFor(line) ?? bracketRule(folded);
  let label = block.text;
  // 来源, 作者 and the date stand in elements of their own, parted by style alone.
  if ('spaced' in block && block.spaced !== undefined) {
    const apart = ruleFor({ ...line, text: fold(block.spaced) });
    if (
      apart !== null &&
      (apart.role === 'meta' || apart.role === 'byline' || (rule === null && block.text.length <= 60))
    ) {
      rule = apart;
      label = block.spaced;
    }
  }
  // What a line says of itself is read even where its class calls it chrome: sites put the date into their share boxes.
  const decided = rule?.role === 'meta' || rule?.role === 'byline' ? rule : (hintRole(block, folded, linked) ?? rule);
  return { block, folded, label, rule: decided !== null && mayDecide(decided, block) ? decided : null };
}

const BRACKETS = /[【[(〔][^【】[\]()〔〕]*[】\])〕]/g;

/** [纠错] [责任编辑: 某某]: a line of brackets that are each chrome or label is what the first label in it is. */
function bracketRule(folded: string): LineRule | null {
  if (folded.length > 80 || folded.replace(BRACKETS, '').trim() !== '') return null;
  const rules = (folded.match(BRACKETS) ?? []).map((part) => ruleFor(lineOf(part)));
  const known = rules.filter((rule) => rule !== null).length;
  if (rules.length < 2 || known < 2 || known < rules.length - 1) return null;
  return rules.find((rule) => rule?.role === 'byline') ?? rules[0] ?? null;
}

// Tables and lists are chrome only by where they stand or what they link to.
function mayDecide(rule: Pick<LineRule, 'name' | 'role'>, block: Block): boolean {
  return block.kind !== 'table' || rule.name.startsWith('hint.') || rule.name.startsWith('noise.');
}

/** Whether a judged block is a sentence of the article. */
export function isSentence(judged: Judged): boolean {
  if (judged.rule !== null || judged.block.kind === 'image') return false;
  const { folded } = judged;
  return folded.length >= LEAST_SENTENCE && /[,。!?;:…]/.test(folded) && judged.block.linked < folded.length * 0.6;
}

/** `body`: an article and little else; `markup`: the container of an HTML page; `page`: a page as text, chrome and all. */
export type Form = 'body' | 'markup' | 'page';

/** Keeps the article among `judged`. In a page, lines outside the body must prove themselves. */
export function segment(judged: readonly Judged[], form: Form): Segmented {
  const page = form !== 'body';
  const removed: Removal[] = [];
  const start = form === 'body' ? startOfBody(judged) : startOfPage(judged, form);
  const end = endOf(judged, start, form);
  const kept: Judged[] = [];
  const tail: Judged[] = [];
  const seen = new Set<string>();
  const indented = mostlyIndented(judged.slice(start, end));
  for (let i = start; i < end; i++) {
    const one = judged[i];
    if (one === undefined) continue;
    const reason = dropReason(one, page && indented && i > start) ?? repeated(one, seen);
    if (reason === null) {
      kept.push(one);
      continue;
    }
    removed.push({ rule: reason, text: one.block.text });
    if (one.rule !== null && (one.rule.role === 'byline' || one.rule.role === 'meta')) tail.push(one);
    if (one.rule?.role === 'caption') attachCaption(kept, one);
  }
  // A picture with its caption and nothing else is the whole story.
  if (!kept.some((one) => isSentence(one))) {
    for (const one of judged.slice(start, end)) {
      if (one.rule?.role === 'caption' && !kept.includes(one) && one.folded.length >= LEAST_SENTENCE)
        kept.push({ ...one, rule: null });
    }
  }
  for (let i = 0; i < start; i++) pushRemoved(judged[i], 'place.before-the-article', removed);
  for (let i = end; i < judged.length; i++) pushRemoved(judged[i], 'place.after-the-article', removed);
  return { kept, head: judged.slice(0, start), tail: [...tail, ...judged.slice(end)], removed };
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

function startOfBody(judged: readonly Judged[]): number {
  let at = 0;
  while (at < judged.length) {
    const rule = judged[at]?.rule ?? null;
    if (rule === null || rule.role === 'caption') break;
    at++;
  }
  return at;
}

/** The first block of a page's article: after the last dated line with most sentences below it, at a dateline, or at the first sentence. */
function startOfPage(judged: readonly Judged[], form: Form): number {
  let total = 0;
  for (const one of judged) if (isSentence(one)) total += one.folded.length;
  let below = total;
  let start = -1;
  for (let i = 0; i < judged.length && below >= total * 0.6; i++) {
    const one = judged[i];
    if (one === undefined) continue;
    if (one.rule?.role === 'meta') start = i + 1;
    else if (isSentence(one)) {
      if (readDateline(one.block.text, one.folded) !== null) {
        start = i;
        break;
      }
      below -= one.folded.length;
    }
  }
  if (start < 0) {
    start = judged.findIndex(isFullSentence);
    if (start < 0) start = judged.findIndex(isSentence);
    if (start < 0) return 0;
    // What an HTML page puts into the article's own container, right above its first sentence, is of the article.
    if (form === 'markup') {
      while (start > 0 && judged[start - 1]?.rule === null) start--;
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

/** Where the article ends: before the first end mark that has most of the sentences above it, and what of chrome stands above that. */
function endOf(judged: readonly Judged[], start: number, form: Form): number {
  let end = endMark(judged, start, form !== 'body');
  while (end > start) {
    const one = judged[end - 1];
    if (one === undefined || one.rule === null || one.rule.role === 'caption') break;
    end--;
  }
  return form === 'page' ? withoutTrailers(judged, start, end) : end;
}

function endMark(judged: readonly Judged[], start: number, page: boolean): number {
  let total = 0;
  for (let i = start; i < judged.length; i++) {
    const one = judged[i];
    if (one !== undefined && isSentence(one)) total += one.folded.length;
  }
  let above = 0;
  for (let i = start; i < judged.length; i++) {
    const one = judged[i];
    if (one === undefined) continue;
    if (isSentence(one)) {
      above += one.folded.length;
      if (one.folded.endsWith('(完)') && above >= total * 0.5) return i + 1;
      continue;
    }
    const { rule } = one;
    if (rule === null || above === 0) continue;
    const share = above / total;
    if (rule.role === 'stop' && share >= 0.5) return i;
    if (page && rule.name === 'label.editor' && share >= 0.6) return i;
  }
  return judged.length;
}

function dropReason(one: Judged, indented: boolean): string | null {
  const { rule, block } = one;
  if (rule !== null) {
    if (rule.role !== 'edge' && rule.role !== 'stop') return rule.name;
    if (rule.name === 'end.notice' || rule.name === 'end.footer' || rule.name === 'end.related-head') return rule.name;
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

const FULL_STOP = /[。!?…;:]["”’)】』」》]*$/;

function isFullSentence(one: Judged): boolean {
  return isSentence(one) && (FULL_STOP.test(one.folded) || one.folded.length >= 60);
}

/** Headlines of other stories stand below many articles without a word before them: they end in no full stop, as the article's own paragraphs do. */
function withoutTrailers(judged: readonly Judged[], start: number, end: number): number {
  let last = -1;
  let full = 0;
  let all = 0;
  for (let i = start; i < end; i++) {
    const one = judged[i];
    if (one === undefined || one.rule !== null || one.block.kind !== 'paragraph') continue;
    all++;
    if (FULL_STOP.test(one.folded) || /[)\]】]$/.test(one.folded)) {
      full++;
      last = i;
    }
  }
  if (last < 0 || full < 2 || full / all < 0.5) return end;
  for (let i = last + 1; i < end; i++) {
    const one = judged[i];
    // Tables, lists and pictures end an article as they please; so does a line that its indent claims for it.
    if (one === undefined || one.block.kind !== 'paragraph' || (one.rule === null && one.block.indented)) last = i;
  }
  return last + 1;
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

/** The text of kept blocks, folded, for comparing with titles. */
export function foldedText(kept: readonly Judged[]): string {
  return kept
    .map((one) => (one.block.kind === 'list' ? one.block.items.map(textOfRuns).join('') : one.folded))
    .join('');
}
