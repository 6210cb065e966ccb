/** Decodes character and entity references in feed text, within bounds. */
import { decodeHTMLStrict } from 'entities';
import { fromC1 } from '../bytes/charsets.ts';
import { escapeText } from '../../text/html.ts';

/** Entities that a document's own DTD declares, and how much text they may still yield (each reference takes its length off). */
export interface DeclaredEntities {
  readonly values: ReadonlyMap<string, string>;
  budget: number;
  /** How often a `&` that begins no reference was met. */
  bare: number;
  /** How often a name was met that only HTML knows. */
  foreign: number;
}

const MAX_EXPANSION = 1_000_000;

/** No entities of a document's own. */
export function noEntities(): DeclaredEntities {
  return { values: new Map(), budget: 0, bare: 0, foreign: 0 };
}

const MAX_ENTITIES = 64;
const MAX_ENTITY_LENGTH = 1024;
const MAX_SUBSET = 1 << 16;
const DECLARATION = /<!ENTITY\s+([\w.:-]+)\s+(?:"([^"<]*)"|'([^'<]*)'|(?:SYSTEM|PUBLIC)\b)/g;

/**
 * The short one-level entities of a document's internal subset. External ones, ones that refer to other entities
 * (the billion laughs) and long ones come out empty, so that a reference to them leaves nothing behind.
 */
export function readEntities(text: string): DeclaredEntities {
  const values = new Map<string, string>();
  const entities: DeclaredEntities = { values, budget: MAX_EXPANSION, bare: 0, foreign: 0 };
  const start = text.slice(0, MAX_SUBSET).search(/<!DOCTYPE/i);
  if (start < 0) return entities;
  const open = text.indexOf('[', start);
  if (open < 0 || open > start + 1024) return entities;
  for (const [, name = '', double, single] of text.slice(open, open + MAX_SUBSET).matchAll(DECLARATION)) {
    if (values.size >= MAX_ENTITIES) break;
    const value = double ?? single ?? '';
    const nested = /&(?!#|amp;|lt;|gt;|quot;|apos;)/.test(value) || value.length > MAX_ENTITY_LENGTH;
    if (!values.has(name)) values.set(name, nested ? '' : decodeReferences(value, noEntities()));
  }
  return entities;
}

// Controls, surrogates and the ends of planes are no characters (XML 1.0 §2.2); C1 means windows-1252 in practice. -1: nothing.
function mendCodePoint(codePoint: number): number {
  if (codePoint < 0x20) return codePoint === 9 || codePoint === 10 || codePoint === 13 ? codePoint : -1;
  if (codePoint >= 0x7f && codePoint <= 0x9f) return fromC1(codePoint).codePointAt(0) ?? -1;
  if ((codePoint >= 0xd800 && codePoint <= 0xdfff) || codePoint > 0x10ffff || (codePoint & 0xfffe) === 0xfffe)
    return -1;
  return codePoint === 0xfffd ? -1 : codePoint;
}

const XML: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const MAX_NAME = 40;
/** With `&#` and `;`. */
const LONGEST_REFERENCE = MAX_NAME + 3;
const named = new Map<string, string>();

function htmlEntity(name: string): string | undefined {
  const held = named.get(name);
  if (held !== undefined) return held;
  const text = decodeHTMLStrict(`&${name};`);
  if (text === `&${name};`) return undefined;
  // HTML has 2,231 names, so this never grows beyond them.
  named.set(name, text);
  return text;
}

const HASH = 0x23;
const SEMICOLON = 0x3b;
const AMPERSAND = 0x26;

function isNameUnit(unit: number): boolean {
  const lower = unit | 0x20;
  return (
    (lower >= 0x61 && lower <= 0x7a) ||
    (unit >= 0x30 && unit <= 0x3a) ||
    unit === 0x2d ||
    unit === 0x2e ||
    unit === 0x5f
  );
}

/** End of the digits or the name that follows an ampersand. */
function scanReference(text: string, from: number): number {
  let at = from;
  while (at < text.length && at - from < MAX_NAME && isNameUnit(text.charCodeAt(at))) at++;
  return at;
}

function toText(units: Uint16Array, length: number): string {
  return Buffer.from(units.buffer, units.byteOffset, length * 2).toString('utf16le');
}

const SCRATCH = new Uint16Array(1 << 16);

/**
 * Text with its references resolved once: numeric, XML, declared and HTML ones. A bare `&` and unknown names stay.
 * Linear, without a string per reference: a body can be megabytes of them.
 */
export function decodeReferences(text: string, declared: DeclaredEntities): string {
  let ampersand = text.indexOf('&');
  if (ampersand < 0) return text;
  const units = text.length <= SCRATCH.length ? SCRATCH : new Uint16Array(text.length);
  let out = '';
  let length = 0;
  let done = 0;
  const put = (value: string): void => {
    for (let i = 0; i < value.length; i++) units[length++] = value.charCodeAt(i);
  };
  while (ampersand >= 0) {
    for (let i = done; i < ampersand; i++) units[length++] = text.charCodeAt(i);
    done = ampersand;
    const isNumeric = text.charCodeAt(ampersand + 1) === HASH;
    const from = ampersand + (isNumeric ? 2 : 1);
    const end = scanReference(text, from);
    const isClosed = text.charCodeAt(end) === SEMICOLON;
    const name = end === from ? '' : text.slice(from, end);
    if (isNumeric) {
      const codePoint = /^(?:\d{1,10}|[xX][\da-fA-F]{1,8})$/.test(name)
        ? Number(name.length > 1 && /^x/i.test(name) ? `0${name}` : name)
        : -1;
      if (codePoint >= 0) {
        const mended = mendCodePoint(codePoint);
        if (mended >= 0) put(String.fromCodePoint(mended));
        done = isClosed ? end + 1 : end;
      }
    } else if (isClosed && name !== '') {
      const own = declared.values.get(name);
      const plain = XML.get(name) ?? own;
      const value = plain ?? htmlEntity(name);
      if (plain === undefined && value !== undefined) declared.foreign++;
      if (value !== undefined) {
        done = end + 1;
        if (value !== own) put(value);
        else if (declared.budget >= own.length) {
          // What the document declares may be longer than its reference, so it goes past the buffer.
          declared.budget -= own.length;
          out += toText(units, length) + own;
          length = 0;
        }
      }
    }
    if (done === ampersand) {
      declared.bare++;
      units[length++] = AMPERSAND;
      done++;
    }
    ampersand = text.indexOf('&', done);
  }
  for (let i = done; i < text.length; i++) units[length++] = text.charCodeAt(i);
  return out + toText(units, length);
}

/** The same of the beginning of a text: as far as gives `most` characters, or a little more. */
export function decodeStart(text: string, declared: DeclaredEntities, most: number): string {
  let out = '';
  for (let from = 0; from < text.length && out.length < most;) {
    const end = endOfPortion(text, from);
    out += decodeReferences(text.slice(from, end), declared);
    from = end;
  }
  return out;
}

/** As far as the buffer holds, and no reference is halved. */
function endOfPortion(text: string, from: number): number {
  const end = from + SCRATCH.length;
  if (end >= text.length) return text.length;
  const ampersand = text.lastIndexOf('&', end);
  return ampersand > from && ampersand >= end - LONGEST_REFERENCE ? ampersand : end;
}

/** Text inside markup with only the document's own entities resolved, so that it stays HTML. */
export function keepHtmlReferences(text: string, declared: DeclaredEntities): string {
  if (declared.values.size === 0 || !text.includes('&')) return text;
  return text.replace(/&([A-Za-z][\w.:-]{0,63});/g, (whole, name: string) => {
    const value = declared.values.get(name);
    if (value === undefined) return whole;
    declared.budget -= value.length;
    return declared.budget < 0 ? '' : escapeText(value);
  });
}
