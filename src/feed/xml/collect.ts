/** Collects what a feed document says of its channel and items, in one pass with bounded depth that mends broken nesting. */
import type { Reason } from '../../model/reason.ts';
import { eachOnce, reason } from '../../reasons/catalogue.ts';
import { addText, closeInline, openInline } from './capture.ts';
import {
  type Captured,
  endCapture,
  hasParts,
  newPass,
  noteRepair,
  type Pass,
  popFrames,
  type RootKind,
  topOf,
} from './frames.ts';
import type { FeedRecord } from './records.ts';
import type { DeclaredEntities } from '../markup/references.ts';
import { foreignNamespace, nestScope, resolveName } from './scope.ts';
import { openElement } from './starttags.ts';
import type { Attributes, XmlHandler } from './xml.ts';

/** The records of a document, and what had to be mended in it. */
export interface Collected {
  readonly root: RootKind;
  readonly feed: FeedRecord;
  readonly items: readonly FeedRecord[];
  readonly repairs: readonly Reason[];
  /** How many start tags it has. */
  readonly tags: number;
}

const MAX_DEPTH = 200;
/** Tags and texts of one field. A million characters of an article's markup have at most half as many. */
const MOST_PARTS = 200_000;
const TOO_MANY_PARTS = reason('repair.cap.parts', { most: MOST_PARTS });
/** Start tags of one document. In ten megabytes that is one to every forty bytes; feeds with whole articles have half of that. */
export const MOST_TAGS = 250_000;
const TOO_MANY_TAGS = reason('repair.cap.tags', { most: MOST_TAGS });
const TOO_DEEP = reason('repair.xml.too-deep', { most: MAX_DEPTH });
const MAX_STRAY = 200;
// An opening tag of these inside a field means that the field was never closed.
const ENDS_LONG = /^(item|entry|guid|pubdate|channel|enclosure)$/;
const ENDS_SHORT =
  /^(item|entry|guid|pubdate|channel|enclosure|link|description|author|category|published|updated|summary|content|id|comments)$/;
const SHORT_ROLES = new Set(['title', 'guid', 'published', 'updated', 'date', 'link', 'category', 'language', 'ttl']);

/**
 * Takes the tags and texts of a document in their order; `end` closes what is open and gives the records. `isCut`: known
 * items were cut out of the document (see cutknown.ts).
 */
export function collectFeed(
  baseUrl: string,
  declared: DeclaredEntities,
  isCut: boolean,
): { readonly handler: XmlHandler; readonly end: () => Collected } {
  const pass = newPass(baseUrl, declared, isCut);
  return {
    handler: {
      open: (name, attributes, selfClosing, at) => open(pass, name, attributes, selfClosing, at),
      close: (name, to) => close(pass, name, to),
      text: (raw) => addToOpen(pass, raw, 'text'),
      cdata: (raw) => addToOpen(pass, raw, 'cdata'),
      isDone: () => pass.done,
    },
    end: () => end(pass),
  };
}

function open(pass: Pass, name: string, attributes: Attributes, selfClosing: boolean, at: number): void {
  if (pass.tags++ === MOST_TAGS) {
    noteRepair(pass, TOO_MANY_TAGS);
    pass.done = true;
    return;
  }
  const { capture } = pass;
  if (capture !== null) {
    const { key, local } = resolveName(nestScope(capture.scope, attributes), name);
    if (!endsCapture(capture, local)) {
      if (isFull(pass, capture)) return;
      const colon = name.indexOf(':');
      const own = colon < 0 ? attributes : { ...foreignNamespace(key), ...attributes };
      openInline(capture, name, name.slice(colon + 1), own, selfClosing, pass.declared);
      return;
    }
    endUnclosed(pass, capture);
  }
  if (pass.stack.length >= MAX_DEPTH) {
    if (!selfClosing) pass.tooDeep++;
    noteRepair(pass, TOO_DEEP);
    return;
  }
  openElement(pass, name, attributes, at);
  if (selfClosing) close(pass, name, NOWHERE);
}

/** Whether a field has all that is read of it, which is told. */
function isFull(pass: Pass, { segments }: Captured): boolean {
  if (segments.length < MOST_PARTS) return false;
  noteRepair(pass, TOO_MANY_PARTS);
  return true;
}

/** Whether a start tag inside a captured field shows that the field was never closed. */
function endsCapture(capture: Captured, local: string): boolean {
  if (capture.mode === 'xhtml' || capture.mode === 'markup') return false;
  const ends = SHORT_ROLES.has(capture.meaning.role) ? ENDS_SHORT : ENDS_LONG;
  return ends.test(local) && resolveName(capture.scope, capture.name).local !== local;
}

function endUnclosed(pass: Pass, { name }: Captured): void {
  noteRepair(pass, reason('repair.xml.not-closed', { element: name }));
  endCapture(pass);
}

/** Of an end tag that is not there. */
const NOWHERE = -1;

function close(pass: Pass, name: string, to: number): void {
  const { capture, stack } = pass;
  if (capture !== null) {
    if (capture.name === name && !capture.open.some((inline) => inline.name === name)) {
      endCapture(pass);
      return;
    }
    if (closeInline(capture, name)) return;
    const outer = stack.findLastIndex((frame) => frame.name === name);
    if (outer < 0 || stack[outer]?.kind === 'skip') {
      if (capture.name.toLowerCase() === name.toLowerCase()) endCapture(pass);
      return;
    }
    endUnclosed(pass, capture);
  }
  if (pass.tooDeep > 0) {
    pass.tooDeep--;
    return;
  }
  let at = stack.length - 1;
  while (at > 0 && stack[at]?.name !== name) at--;
  const frame = stack[at];
  if (at === 0 || frame === undefined) return;
  popFrames(pass, at);
  if (frame.kind === 'item' && to !== NOWHERE) noteEnd(pass, frame.record, to);
}

/** Where an item ended that gave the document no repair but those of references, which are told by item. */
function noteEnd({ noted, declared, tags }: Pass, { written, before }: FeedRecord, to: number): void {
  if (written === null || before === null || before.noted < noted) return;
  written.end = to;
  written.tags = tags - before.tags;
  written.bare = declared.bare > before.bare;
  written.foreign = declared.foreign > before.foreign;
}

function addToOpen(pass: Pass, raw: string, kind: 'text' | 'cdata'): void {
  if (pass.capture !== null) {
    if (!isFull(pass, pass.capture)) addText(pass.capture, raw, kind);
    return;
  }
  const frame = topOf(pass);
  const { record } = frame;
  if (hasParts(frame)) frame.parts.text += raw;
  else if (frame.kind === 'item' && record.stray.length < MAX_STRAY && raw.trim() !== '')
    record.stray = `${record.stray} ${raw.trim()}`.trim().slice(0, MAX_STRAY);
}

function end(pass: Pass): Collected {
  const last = topOf(pass).record;
  // What was left unread on purpose has an end.
  const endsEarly = !pass.done && (pass.capture !== null || pass.stack.length > 1);
  if (endsEarly) noteRepair(pass, reason('repair.xml.ends-early'));
  endCapture(pass);
  popFrames(pass, 1);
  if (last.kind === 'item' && endsEarly) last.complete = false;
  const { root, feed, items, repairs, tags } = pass;
  return { root, feed, items, repairs: eachOnce([...repairs]), tags };
}
