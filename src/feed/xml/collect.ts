/** Turns the tags and text of a feed document into records of its channel and items, in one pass with bounded depth. */
import { addText, closeInline, finishCapture, openInline } from './capture.ts';
import type { Capture, CaptureMode } from './capture.ts';
import { captureMode, readAttributes, storeCapture } from './elements.ts';
import { nestBase } from '../markup/links.ts';
import { newRecord, offerText, personName } from './records.ts';
import type { FeedRecord } from './records.ts';
import { decodeReferences } from '../markup/references.ts';
import type { DeclaredEntities } from '../markup/references.ts';
import { foreignNamespace, nestScope, resolveName, rootScope } from './scope.ts';
import type { Scope } from './scope.ts';
import { meaningOf } from './vocabulary.ts';
import type { Meaning } from './vocabulary.ts';
import type { Attributes, XmlHandler } from './xml.ts';

export type RootKind = 'rss' | 'atom' | 'rdf' | 'cdf' | 'html' | null;

export interface Collected {
  root: RootKind;
  readonly feed: FeedRecord;
  readonly items: FeedRecord[];
  readonly repairs: Set<string>;
}

type FrameKind = 'document' | 'feed' | 'item' | 'person' | 'image' | 'origin' | 'clear' | 'skip';

interface Frame {
  readonly kind: FrameKind;
  readonly name: string;
  readonly base: string;
  readonly scope: Scope;
  readonly record: FeedRecord;
  readonly meaning: Meaning | null;
  /** Text of a person: name, address or both. */
  person: { name: string; text: string };
}

/** The element being captured. */
interface Open extends Capture {
  readonly name: string;
  readonly meaning: Meaning;
  readonly attributes: Attributes;
  readonly scope: Scope;
}

/** The repair of a document that breaks off: what was whole by then is read. */
export const ENDS_EARLY = 'the document ends early';

const MAX_DEPTH = 200;
const MAX_ITEMS = 5000;
const MAX_STRAY = 200;
const ITEM = /^(item|entry)$/;
// An opening tag of these inside a field means that the field was never closed.
const ENDS_LONG = /^(item|entry|guid|pubdate|channel|enclosure)$/;
const ENDS_SHORT =
  /^(item|entry|guid|pubdate|channel|enclosure|link|description|author|category|published|updated|summary|content|id|comments)$/;
const SHORT_ROLES = new Set(['title', 'guid', 'published', 'updated', 'date', 'link', 'category', 'language', 'ttl']);

/** The state machine that `scanXml` drives; `end` closes what is open. */
export function collectFeed(
  baseUrl: string,
  declared: DeclaredEntities,
): { readonly handler: XmlHandler; readonly end: () => Collected } {
  const out: Collected = { root: null, feed: newRecord('feed'), items: [], repairs: new Set() };
  const bottom: Frame = {
    kind: 'document',
    name: '',
    base: baseUrl,
    scope: rootScope(),
    record: out.feed,
    meaning: null,
    person: { name: '', text: '' },
  };
  const stack: Frame[] = [bottom];
  let tooDeep = 0;
  let capture: Open | null = null;

  const begin = (
    mode: CaptureMode,
    base: string,
    name: string,
    meaning: Meaning,
    attributes: Attributes,
    scope: Scope,
  ): void => {
    capture = { mode, base, segments: [], open: [], name, meaning, attributes, scope };
  };

  const top = (): Frame => stack[stack.length - 1] ?? bottom;

  const endCapture = (): void => {
    if (capture === null) return;
    const ended = capture;
    capture = null;
    const frame = top();
    const { value, plain } = finishCapture(ended, declared);
    if (frame.kind === 'person' || frame.kind === 'origin' || frame.kind === 'image') {
      const local = resolveName(ended.scope, ended.name).local;
      if (local === 'name' || local === 'title' || local === 'url') frame.person.name ||= value;
      else if (local === 'email' && frame.person.text.trim() === '') frame.person.text = value;
    } else storeCapture(frame.record, ended.meaning, { value, plain }, ended.attributes, ended.base);
  };

  const pop = (): void => {
    const frame = stack.pop();
    if (frame === undefined) return;
    const { record, person, meaning } = frame;
    if (frame.kind === 'item') record.complete = true;
    if (frame.kind === 'person' && meaning !== null) {
      const name = person.name === '' ? personName(decodeReferences(person.text, declared)) : personName(person.name);
      if (meaning.rank < record.authorRank && name !== '') record.authors.length = 0;
      if (meaning.rank <= record.authorRank && name !== '') {
        record.authorRank = meaning.rank;
        offerText(record.authors, name);
      }
    }
    if ((frame.kind === 'origin' || frame.kind === 'image') && meaning !== null) {
      const value = person.name === '' ? decodeReferences(person.text, declared).trim() : person.name;
      storeCapture(record, meaning, { value, plain: true }, {}, frame.base);
    }
  };

  const popTo = (at: number): void => {
    while (stack.length > at) pop();
  };

  const push = (
    kind: FrameKind,
    name: string,
    base: string,
    scope: Scope,
    record: FeedRecord,
    meaning: Meaning | null = null,
  ): void => {
    stack.push({ kind, name, base, scope, record, meaning, person: { name: '', text: '' } });
  };

  const openItem = (name: string, attributes: Attributes, scope: Scope): void => {
    const at = stack.findIndex((frame) => frame.kind === 'item');
    if (at >= 0) {
      popTo(at);
      out.repairs.add('an item that was not closed');
    }
    if (out.items.length >= MAX_ITEMS) {
      out.repairs.add(`items after the first ${MAX_ITEMS} left out`);
      push('skip', name, top().base, scope, out.feed);
      return;
    }
    const record = newRecord('item');
    const base = nestBase(top().base, attributes['xml:base']);
    out.items.push(record);
    readAttributes(record, attributes, base);
    push('item', name, base, scope, record);
  };

  const openRoot = (local: string, name: string, attributes: Attributes, scope: Scope): boolean => {
    const base = nestBase(top().base, attributes['xml:base']);
    if (out.root === null && (local === 'html' || local === 'frameset')) out.root = 'html';
    if (local === 'rss' || local === 'rdf') {
      out.root ??= local;
      push('feed', name, base, scope, out.feed);
    } else if (local === 'feed' || local === 'channel') {
      out.root ??= local === 'feed' ? 'atom' : 'cdf';
      push('feed', name, base, scope, out.feed);
    } else return false;
    readAttributes(out.feed, attributes, base);
    return true;
  };

  const openField = (
    frame: Frame,
    name: string,
    local: string,
    key: string | null,
    attributes: Attributes,
    scope: Scope,
  ): void => {
    const base = nestBase(frame.base, attributes['xml:base']);
    const meaning = key === null ? undefined : meaningOf(key, local);
    const { record } = frame;
    if (frame.kind === 'person' || frame.kind === 'origin' || frame.kind === 'image') {
      if (/^(name|title|email|url)$/.test(local) && key !== null)
        begin('auto', base, name, { role: 'title', rank: 0 }, attributes, scope);
      else push('skip', name, base, scope, record);
      return;
    }
    if (meaning === undefined) {
      push(local === 'items' || local === 'channel' ? 'clear' : 'skip', name, base, scope, record);
      return;
    }
    if (meaning.role === 'group' || meaning.role === 'media' || (key === 'itunes' && meaning.role === 'category')) {
      if (meaning.role !== 'group') storeCapture(record, meaning, { value: '', plain: true }, attributes, base);
      push('clear', name, base, scope, record);
    } else if (meaning.role === 'author') push('person', name, base, scope, record, meaning);
    else if (meaning.role === 'outlet' && local === 'source') push('origin', name, base, scope, record, meaning);
    else if (meaning.role === 'image' && attributes['href'] === undefined && attributes['url'] === undefined)
      push('image', name, base, scope, record, meaning);
    else begin(captureMode(meaning.role, key ?? '', attributes), base, name, meaning, attributes, scope);
  };

  const open = (name: string, attributes: Attributes, selfClosing: boolean): void => {
    if (capture !== null) {
      const scope = nestScope(capture.scope, attributes);
      const { local, key } = resolveName(scope, name);
      const ends = SHORT_ROLES.has(capture.meaning.role) ? ENDS_SHORT : ENDS_LONG;
      const unclosed =
        capture.mode !== 'xhtml' &&
        capture.mode !== 'markup' &&
        ends.test(local) &&
        resolveName(capture.scope, capture.name).local !== local;
      if (!unclosed) {
        const colon = name.indexOf(':');
        const own = colon < 0 ? attributes : { ...foreignNamespace(key), ...attributes };
        openInline(capture, name, name.slice(colon + 1), own, selfClosing, declared);
        return;
      }
      out.repairs.add(`<${capture.name}> that was not closed`);
      endCapture();
    }
    if (stack.length >= MAX_DEPTH) {
      if (!selfClosing) tooDeep++;
      out.repairs.add(`elements nested deeper than ${MAX_DEPTH} left out`);
      return;
    }
    const frame = top();
    const scope = nestScope(frame.scope, attributes);
    const { key, local } = resolveName(scope, name);
    const core = key === '' || key === 'atom' || key === 'atom03' || (key === 'rdf' && local === 'rdf');
    const inFeed = stack.length > 1 && out.root !== null && out.root !== 'html';
    if (core && ITEM.test(local) && inFeed) openItem(name, attributes, scope);
    else if (frame.kind === 'document' || (frame.kind === 'feed' && local === 'channel' && core)) {
      if (!(core && openRoot(local, name, attributes, scope))) push('document', name, frame.base, scope, out.feed);
    } else if (frame.kind === 'skip') push('skip', name, frame.base, scope, frame.record);
    else openField(frame, name, local, key, attributes, scope);
    if (selfClosing) close(name);
  };

  const close = (name: string): void => {
    if (capture !== null) {
      if (capture.name === name && !capture.open.some((inline) => inline.name === name)) {
        endCapture();
        return;
      }
      if (closeInline(capture, name)) return;
      const outer = stack.findLastIndex((frame) => frame.name === name);
      if (outer < 0 || stack[outer]?.kind === 'skip') {
        if (capture.name.toLowerCase() === name.toLowerCase()) endCapture();
        return;
      }
      out.repairs.add(`<${capture.name}> that was not closed`);
      endCapture();
    }
    if (tooDeep > 0) {
      tooDeep--;
      return;
    }
    let at = stack.length - 1;
    while (at > 0 && stack[at]?.name !== name) at--;
    if (at > 0) popTo(at);
  };

  const text = (raw: string, kind: 'text' | 'cdata'): void => {
    if (capture !== null) {
      addText(capture, raw, kind);
      return;
    }
    const frame = top();
    if (frame.kind === 'person' || frame.kind === 'origin' || frame.kind === 'image') frame.person.text += raw;
    else if (frame.kind === 'item' && frame.record.stray.length < MAX_STRAY && raw.trim() !== '')
      frame.record.stray = `${frame.record.stray} ${raw.trim()}`.trim().slice(0, MAX_STRAY);
  };

  const end = (): Collected => {
    const last = top().record;
    if (capture !== null) {
      out.repairs.add(ENDS_EARLY);
      endCapture();
    }
    if (stack.length > 1) out.repairs.add(ENDS_EARLY);
    popTo(1);
    if (last.kind === 'item' && out.repairs.has(ENDS_EARLY)) last.complete = false;
    return out;
  };

  return {
    handler: { open, close, text: (raw) => text(raw, 'text'), cdata: (raw) => text(raw, 'cdata') },
    end,
  };
}
