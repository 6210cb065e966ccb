/** Turns a raw item into an entry: blocks, rules, then fields from what was read; pure, and total over any input. */
import { fold } from '../zh/script.ts';
import type { Cleaned, Entry, Removal } from '../model/entry.ts';
import type { RawItem } from '../model/feed.ts';
import { safeWeb } from './html/address.ts';
import type { Block } from './html/blocks.ts';
import { findContainer } from './html/container.ts';
import { edgeKeys, withoutRecurring } from './article/edges.ts';
import { completeYear } from '../zh/opening.ts';
import type { ReadDateline } from '../zh/readdateline.ts';
import { isEscapedMarkup, isMarkup, isWholePage } from './article/wholepage.ts';
import { readLabels } from './lines/labels.ts';
import type { Signed } from './lines/signed.ts';
import { readLanguage } from './fields/language.ts';
import { readLines } from './html/lines.ts';
import { canonicalLink } from './fields/link.ts';
import { nonEntryOf } from './nonentries.ts';
import { outletOf, sameFamily } from '../zh/outlets.ts';
import { headLabels, outletsBeside, pageTime, pageTitle, siteOutlet } from './fields/title.ts';
import { plainText, textOf } from '../text/plain.ts';
import { unsalt } from './lines/pollution.ts';
import { readZones } from './html/read.ts';
import { foldedText, judge } from './lines/judge.ts';
import { segment } from './article/segment.ts';
import { shape } from './article/shape.ts';
import type { Judged } from './lines/judge.ts';
import { firstSentences } from './fields/summary.ts';
import { dateInAddress, localDay, readTime, trackingStamp } from '../zh/dates.ts';
import type { PageTime } from '../zh/dates.ts';
import { readTitle } from '../zh/headline.ts';
import { parseTree } from './html/tree.ts';
import type { Head } from './html/tree.ts';
import { writeHtml, writeText } from './html/write.ts';

export interface CleanContext {
  /** Source id. */
  readonly source: string;
  /** IANA zone for times without one. */
  readonly timezone: string;
  /** Base of relative links; null: the item's own link. */
  readonly baseUrl: string | null;
  /** A hint that content is a whole article page; pages are recognised without it. */
  readonly wholePage?: boolean;
  /** Whether a block at the article's edge, by its key, is known to recur on many of the source's entries. */
  readonly isRecurring?: ((key: string) => boolean) | undefined;
}

interface Body {
  readonly kept: readonly Judged[];
  readonly head: readonly Judged[];
  readonly tail: readonly Judged[];
  readonly removed: readonly Removal[];
  readonly markup: Head | null;
}

/** The entry that `raw` is once cleaned, what was taken out, and whether it is an entry at all. */
export function cleanItem(raw: RawItem, context: CleanContext): Cleaned {
  const base = context.baseUrl ?? raw.link;
  const { text: own, repairs: unsalted } = unsalt(pick(raw));
  const read = readBody(own, base, context.wholePage === true || raw.title.trim() === '');
  const edges = edgeKeys(read.kept);
  const inner = withoutRecurring(read.kept, context.isRecurring ?? (() => false));
  const body = { ...read, kept: inner.kept, removed: [...read.removed, ...inner.removed] };
  const signed: Signed = { outlets: [], editors: [], responsible: [], authors: [] };
  for (const one of body.head)
    if (one.rule?.role === 'meta' || one.rule?.role === 'byline') readLabels(one.label, fold(one.label), signed);
  const late: Signed = { outlets: [], editors: [], responsible: [], authors: [] };
  for (const one of body.tail)
    if (one.rule?.role === 'meta' || one.rule?.role === 'byline') readLabels(one.label, fold(one.label), late);
  const beside = outletsBeside(body.head, body.tail);
  const spoken = headLabels(body.markup);
  const ownSigned = [...body.head, ...body.tail].some(
    (one) => one.rule?.name === 'label.author' && /本(?:报|网|台|刊)/.test(one.folded),
  );

  const given = readTitle(raw.title);
  const title =
    given.title === '' ? pageTitle(body.head, body.kept[0], body.markup, foldedText(body.kept)) : given.title;
  const shaped = shape(body.kept, title);
  const removed: Removal[] = [
    ...given.removed.map((text) => ({ rule: 'title.marks', text })),
    ...body.removed,
    ...shaped.removed,
  ];
  for (const label of shaped.editors) readLabels(label, fold(label), late);
  const text = writeText(shaped.blocks);
  const time = pageTime(body.head, body.tail, body.markup, context.timezone, raw.link);
  const numbered = raw.published === null && time?.exact !== true ? trackedTime(body.removed, context.timezone) : null;
  const isNumbered = numbered !== null && (time === null || Math.abs(numbered.at - time.at) < DAY_MS);
  const published = raw.published ?? (isNumbered ? numbered : time)?.at ?? null;
  const written = dateInAddress(raw.link);
  const day = published === null ? dayOf(written) : localDay(published, context.timezone);
  const { dateline } = shaped;
  const outlet = chooseOutlet(raw, body, dateline, shaped.ownPaper || ownSigned, [
    ...signed.outlets,
    ...late.outlets,
    ...beside,
    ...spoken.outlets,
  ]);
  const found = unique([...shaped.authors, ...signed.authors, ...late.authors]);
  const authors = found.length > 0 ? found : spoken.authors;
  const repairs = [...raw.repairs, ...unsalted];
  if (body.removed.some((one) => one.rule === 'noise.injected-spam')) repairs.push('injected spam removed');
  if (isNumbered) repairs.push('time of publication read from the tracking number');
  if (title === '' && text !== '') repairs.push('title taken from the first sentence');
  const claimed = signed.outlets[0];
  if (claimed !== undefined && outlet !== null && outlet !== claimed && !sameFamily(claimed, outlet))
    repairs.push(`source line says ${claimed}, dateline says ${outlet}`);
  const { language, script } = readLanguage(text === '' ? title : text, raw.language);
  const link = raw.link === null ? null : safeWeb(raw.link, context.baseUrl);
  const entry: Entry = {
    id: raw.id,
    source: context.source,
    guid: raw.guid,
    title: title === '' ? firstSentences(text.slice(shaped.opening), LONGEST_MADE_TITLE) : title,
    link: link === null ? null : canonicalLink(link),
    originalLink: link === null ? null : raw.link,
    published,
    updated: raw.updated,
    authors: authors.length > 0 ? authors : unique(raw.authors.map(plainText).filter((name) => name !== '')),
    outlet,
    editor: late.responsible[0] ?? late.editors[0] ?? signed.responsible[0] ?? signed.editors[0] ?? null,
    dateline:
      dateline === null || (dateline.dateline.place === '' && dateline.dateline.date === null)
        ? null
        : completeYear(dateline.dateline, day),
    summary: summaryOf(raw, text),
    content: writeHtml(shaped.blocks),
    text,
    categories: unique(raw.categories.map(plainText).filter((name) => name !== '')),
    enclosures: raw.enclosures.filter((one) => safeWeb(one.url, null) !== null),
    image: (raw.image === null ? null : safeWeb(raw.image, base)) ?? firstImage(shaped.blocks),
    language,
    script,
    repairs,
  };
  return { entry, removed, edges, nonEntry: nonEntryOf(entry) };
}

/** Content, or the summary where there is none. */
function pick(raw: RawItem): string {
  const content = raw.content ?? '';
  const own = content.trim() === '' ? (raw.summary ?? '') : content;
  return isEscapedMarkup(own) ? textOf(own) : own;
}

function readBody(own: string, base: string | null, hint: boolean): Body {
  if (!isMarkup(own)) {
    const judged = judge(readLines(own));
    const page = hint || isWholePage(judged);
    return { ...segment(judged, page ? 'page' : 'body'), markup: null };
  }
  const tree = parseTree(own);
  const page = hint || /<(?:html|body|!doctype)[\s>]/i.test(own.slice(0, 5000));
  const baseUrl = page ? (tree.head.base ?? base) : base;
  if (!page) {
    const { inside } = readZones(tree.root, tree.root, baseUrl);
    const judged = judge(inside);
    return { ...segment(judged, isWholePage(judged) ? 'markup' : 'body'), markup: null };
  }
  const container = findContainer(tree.root);
  const zones = readZones(tree.root, container, baseUrl);
  const found = segment(judge(zones.inside), 'markup');
  const before = judge(zones.before);
  const after = judge(zones.after.slice(0, 12));
  return {
    kept: found.kept,
    head: [...before, ...found.head],
    tail: [...found.tail, ...after],
    removed: found.removed,
    markup: tree.head,
  };
}

function chooseOutlet(
  raw: RawItem,
  body: Body,
  dateline: ReadDateline | null,
  ownPaper: boolean,
  said: readonly string[],
): string | null {
  const [source] = said;
  const named = dateline?.outlet ?? null;
  if (named !== null) return source !== undefined && sameFamily(named, source) ? source : named;
  if (source !== undefined) return source;
  const outlet = raw.outlet === null ? '' : plainText(raw.outlet);
  if (outlet !== '') return outlet;
  return ownPaper ? (outletOf(raw.link) ?? siteOutlet(body.markup, body.tail)) : null;
}

function dayOf(date: string | null): { year: number; month: number; day: number } | null {
  if (date === null) return null;
  const [year, month, day] = date.split('-').map(Number);
  return { year: year ?? 0, month: month ?? 1, day: day ?? 1 };
}

/** When the number at the page's foot says that it was made; null without one. */
function trackedTime(removed: readonly Removal[], timezone: string): PageTime | null {
  for (const { rule, text } of removed) {
    const stamp = rule === 'noise.tracking-number' ? trackingStamp(text) : null;
    if (stamp !== null) return readTime(stamp, timezone);
  }
  return null;
}

const DAY_MS = 86_400_000;
const LONGEST_MADE_TITLE = 40;
const MOST_SUMMARY = 200;

function summaryOf(raw: RawItem, text: string): string {
  const given = raw.content !== null && raw.content.trim() !== '' && raw.summary !== null ? plainText(raw.summary) : '';
  if (given.length >= 20 && given.length <= 500 && text !== '' && given.length < text.length) return given;
  return firstSentences(text, MOST_SUMMARY);
}

function firstImage(blocks: readonly Block[]): string | null {
  for (const block of blocks) if (block.kind === 'image') return block.src;
  return null;
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
