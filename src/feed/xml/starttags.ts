/** Decides what a start tag of a feed document begins: the feed, an item, a field, or nothing that is read. */
import { reason } from '../../reasons/catalogue.ts';
import { IN_PLACE_OF } from './cutknown.ts';
import { MOST_ITEMS } from '../items/caps.ts';
import { captureMode, readAttributes, storeCapture } from './elements.ts';
import {
  beginCapture,
  type Frame,
  hasParts,
  noteRepair,
  type Pass,
  popFrames,
  pushFrame,
  surroundingsOf,
  type StartTag,
  topOf,
} from './frames.ts';
import { nestBase } from '../markup/links.ts';
import { type FeedRecord, newRecord } from './records.ts';
import { nestScope, resolveName } from './scope.ts';
import { meaningOf } from './vocabulary.ts';
import type { Attributes } from './xml.ts';

const TOO_MANY = reason('repair.cap.items', { most: MOST_ITEMS });
const NOT_CLOSED = reason('repair.xml.item-not-closed');
const ITEM = /^(item|entry)$/;
const PART = /^(name|title|email|url)$/;

/** Opens an element that stands in no captured one. `start`: place of its `<`. */
export function openElement(pass: Pass, name: string, attributes: Attributes, start: number): void {
  const frame = topOf(pass);
  const scope = nestScope(frame.scope, attributes);
  const { key, local } = resolveName(scope, name);
  const tag: StartTag = { name, attributes, scope, key, local, base: nestBase(frame.base, attributes['xml:base']) };
  const core = key === '' || key === 'atom' || key === 'atom03' || (key === 'rdf' && local === 'rdf');
  const inFeed = pass.stack.length > 1 && pass.root !== null && pass.root !== 'html';
  if (core && ITEM.test(local) && inFeed) openItem(pass, tag, start);
  else if (frame.kind === 'document' || (frame.kind === 'feed' && local === 'channel' && core)) {
    if (!(core && openRoot(pass, tag))) pushFrame(pass, 'document', { ...tag, base: frame.base }, frame.record);
  } else if (frame.kind === 'skip') pushFrame(pass, 'skip', tag, frame.record);
  else openField(pass, frame, tag);
}

/** Items do not stand in items: one that was not closed ends here. */
function openItem(pass: Pass, tag: StartTag, start: number): void {
  const { attributes } = tag;
  const at = pass.stack.findIndex(({ kind }) => kind === 'item');
  if (at >= 0) {
    popFrames(pass, at);
    noteRepair(pass, NOT_CLOSED);
  }
  if (pass.items.length >= MOST_ITEMS) {
    noteRepair(pass, TOO_MANY);
    pass.done = true;
    return;
  }
  const record = newRecord('item');
  const base = nestBase(topOf(pass).base, attributes['xml:base']);
  pass.items.push(record);
  noteBeginning(pass, record, tag, start);
  readAttributes(record, attributes, base);
  pushFrame(pass, 'item', { ...tag, base }, record);
}

/** Where an item begins, if it stands right in its feed and nothing is open but what its surroundings tell. */
function noteBeginning(pass: Pass, record: FeedRecord, { name, attributes }: StartTag, start: number): void {
  const { noted, declared, tooDeep, isCut, tags } = pass;
  if (topOf(pass).kind !== 'feed' || tooDeep > 0 || declared.values.size > 0) return;
  const surroundings = surroundingsOf(pass);
  record.written = { element: name, start, surroundings, end: -1, tags: 0, bare: false, foreign: false };
  record.before = { noted, bare: declared.bare, foreign: declared.foreign, tags: tags - 1 };
  const place = isCut ? attributes[IN_PLACE_OF] : undefined;
  if (place !== undefined) record.inPlaceOf = Number(place);
}

/** False where the element is no root of a feed. */
function openRoot(pass: Pass, tag: StartTag): boolean {
  const { local, attributes, base } = tag;
  if (pass.root === null && (local === 'html' || local === 'frameset')) pass.root = 'html';
  if (local === 'rss' || local === 'rdf') pass.root ??= local;
  else if (local === 'feed') pass.root ??= 'atom';
  else if (local === 'channel') pass.root ??= 'cdf';
  else return false;
  pushFrame(pass, 'feed', tag, pass.feed);
  readAttributes(pass.feed, attributes, base);
  return true;
}

function openField(pass: Pass, frame: Frame, tag: StartTag): void {
  const { key, local, attributes, base } = tag;
  const { record } = frame;
  if (hasParts(frame)) {
    if (PART.test(local) && key !== null) beginCapture(pass, 'auto', tag, { role: 'title', rank: 0 });
    else pushFrame(pass, 'skip', tag, record);
    return;
  }
  const meaning = key === null ? undefined : meaningOf(key, local);
  if (meaning === undefined) {
    pushFrame(pass, local === 'items' || local === 'channel' ? 'clear' : 'skip', tag, record);
    return;
  }
  const { role } = meaning;
  if (role === 'group' || role === 'media' || (key === 'itunes' && role === 'category')) {
    if (role !== 'group') storeCapture(record, meaning, { value: '', plain: true }, attributes, base);
    pushFrame(pass, 'clear', tag, record);
  } else if (role === 'author') pushFrame(pass, 'person', tag, record, meaning);
  else if (role === 'outlet' && local === 'source') pushFrame(pass, 'origin', tag, record, meaning);
  else if (role === 'image' && attributes['href'] === undefined && attributes['url'] === undefined)
    pushFrame(pass, 'image', tag, record, meaning);
  else beginCapture(pass, captureMode(role, key ?? '', attributes), tag, meaning);
}
