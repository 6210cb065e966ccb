/** The state of one pass over a feed document: which elements are open, and which text is being captured. */
import type { Reason } from '../../model/reason.ts';
import { hashWritten } from '../items/knownitem.ts';
import { finishCapture } from './capture.ts';
import type { Capture, CaptureMode } from './capture.ts';
import { storeCapture } from './elements.ts';
import { newRecord, offerText, personName } from './records.ts';
import type { FeedRecord } from './records.ts';
import { decodeReferences } from '../markup/references.ts';
import type { DeclaredEntities } from '../markup/references.ts';
import { resolveName, rootScope } from './scope.ts';
import type { ResolvedName, Scope } from './scope.ts';
import type { Meaning } from './vocabulary.ts';
import type { Attributes } from './xml.ts';

export type RootKind = 'rss' | 'atom' | 'rdf' | 'cdf' | 'html' | null;

/**
 * What an open element is to the pass. `person`, `origin` and `image` hold parts that make up one value; what
 * stands in `clear` belongs to the record around it; nothing in `skip` is read.
 */
type FrameKind = 'document' | 'feed' | 'item' | 'person' | 'image' | 'origin' | 'clear' | 'skip';

/** A start tag with what its surroundings make of it. */
export interface StartTag extends ResolvedName {
  /** As written, with its prefix. */
  readonly name: string;
  readonly attributes: Attributes;
  readonly scope: Scope;
  /** Address that relative ones within are read against. */
  readonly base: string;
}

/** An open element that is not captured as a whole. */
export interface Frame {
  readonly kind: FrameKind;
  /** As written, with its prefix. */
  readonly name: string;
  /** Address that relative ones within are read against. */
  readonly base: string;
  readonly scope: Scope;
  /** The record that its content belongs to. */
  readonly record: FeedRecord;
  readonly meaning: Meaning | null;
  /** Parts of a person, an origin or an image: the named one, and the text between. */
  readonly parts: { name: string; text: string };
}

/** The element whose content is being captured. */
export interface Captured extends Capture {
  readonly name: string;
  readonly meaning: Meaning;
  readonly attributes: Attributes;
  readonly scope: Scope;
}

export interface Pass {
  readonly declared: DeclaredEntities;
  root: RootKind;
  readonly feed: FeedRecord;
  readonly items: FeedRecord[];
  /** Some of them more than once, where they name an element. */
  readonly repairs: Set<Reason>;
  /** Repairs that were noted, each time anew. */
  noted: number;
  /** Known items were cut out of the document. */
  readonly isCut: boolean;
  /** What stands around items of the frame that was asked for last. */
  surroundings: { readonly frame: Frame; readonly text: string } | null;
  readonly bottom: Frame;
  /** Open frames, outermost first; `bottom` is the first and stays. */
  readonly stack: Frame[];
  /** Open elements beyond the depth that is read. */
  tooDeep: number;
  capture: Captured | null;
  /** Start tags so far. */
  tags: number;
  /** All that is read of the document has been read. */
  done: boolean;
}

/** Repairs of one document that are told; a hundred elements that were not closed say enough. */
const MOST_REPAIRS = 100;

export function noteRepair(pass: Pass, repair: Reason): void {
  pass.noted++;
  if (pass.repairs.size < MOST_REPAIRS) pass.repairs.add(repair);
}

/** `baseUrl`: the document's own address. */
export function newPass(baseUrl: string, declared: DeclaredEntities, isCut: boolean): Pass {
  const feed = newRecord('feed');
  const bottom: Frame = {
    kind: 'document',
    name: '',
    base: baseUrl,
    scope: rootScope(),
    record: feed,
    meaning: null,
    parts: { name: '', text: '' },
  };
  return {
    declared,
    root: null,
    feed,
    items: [],
    repairs: new Set(),
    noted: 0,
    isCut,
    surroundings: null,
    bottom,
    stack: [bottom],
    tooDeep: 0,
    capture: null,
    tags: 0,
    done: false,
  };
}

export const topOf = ({ stack, bottom }: Pass): Frame => stack[stack.length - 1] ?? bottom;

/** Whether the frame makes one value of the parts within it. */
export const hasParts = ({ kind }: Frame): boolean => kind === 'person' || kind === 'origin' || kind === 'image';

/** Opens a frame for a start tag. Frames are made for every element, so their objects all have one shape. */
export function pushFrame(
  pass: Pass,
  kind: FrameKind,
  { name, base, scope }: StartTag,
  record: FeedRecord,
  meaning: Meaning | null = null,
): void {
  pass.stack.push({ kind, name, base, scope, record, meaning, parts: { name: '', text: '' } });
}

/** What reading an element depends on besides its own characters, where it stands in the frame on top. */
export function surroundingsOf(pass: Pass): string {
  const frame = topOf(pass);
  if (pass.surroundings?.frame !== frame) {
    const { base, scope } = frame;
    const open = pass.stack.map(({ kind, name }) => [kind, name]);
    const text = hashWritten(JSON.stringify([pass.root, open, base, scope.root, [...scope.prefixes]]));
    pass.surroundings = { frame, text };
  }
  return pass.surroundings.text;
}

/** Closes frames until `count` are open. */
export function popFrames(pass: Pass, count: number): void {
  while (pass.stack.length > count) {
    const frame = pass.stack.pop();
    if (frame !== undefined) closeFrame(frame, pass.declared);
  }
}

function closeFrame(frame: Frame, declared: DeclaredEntities): void {
  const { kind, record, parts, meaning } = frame;
  if (kind === 'item') record.complete = true;
  if (meaning === null || !hasParts(frame)) return;
  const text = parts.name === '' ? decodeReferences(parts.text, declared) : parts.name;
  if (kind === 'person') offerAuthor(record, meaning.rank, personName(text));
  else {
    const value = parts.name === '' ? text.trim() : text;
    storeCapture(record, meaning, { value, plain: true }, {}, frame.base);
  }
}

/** Authors named by an element of a better rank replace the others: `author` before `dc:creator`. */
function offerAuthor(record: FeedRecord, rank: number, name: string): void {
  if (name === '' || rank > record.authorRank) return;
  if (rank < record.authorRank) record.authors.length = 0;
  record.authorRank = rank;
  offerText(record.authors, name);
}

export function beginCapture(pass: Pass, mode: CaptureMode, tag: StartTag, meaning: Meaning): void {
  const { name, base, attributes, scope } = tag;
  pass.capture = { mode, base, segments: [], open: [], name, meaning, attributes, scope };
}

/** Ends the capture under way, if there is one, and stores what it holds. */
export function endCapture(pass: Pass): void {
  const { capture, declared } = pass;
  if (capture === null) return;
  pass.capture = null;
  const frame = topOf(pass);
  const captured = finishCapture(capture, declared);
  if (!hasParts(frame)) {
    storeCapture(frame.record, capture.meaning, captured, capture.attributes, capture.base);
    return;
  }
  const { local } = resolveName(capture.scope, capture.name);
  const { parts } = frame;
  if (local === 'name' || local === 'title' || local === 'url') parts.name ||= captured.value;
  else if (local === 'email' && parts.text.trim() === '') parts.text = captured.value;
}
