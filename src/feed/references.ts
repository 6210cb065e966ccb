/** Turns character and entity references in feed text into the characters they mean, within bounds. */
import { decodeHTMLStrict } from 'entities';
import { fromC1 } from './charsets.ts';

/** Entities that a document's own DTD declares, name → text. */
export type DeclaredEntities = ReadonlyMap<string, string>;

const MAX_ENTITIES = 64;
const MAX_ENTITY_LENGTH = 1024;
const MAX_SUBSET = 1 << 16;
const DECLARATION = /<!ENTITY\s+([\w.:-]+)\s+(?:"([^"<]*)"|'([^'<]*)'|(?:SYSTEM|PUBLIC)\b)/g;

/**
 * The short one-level entities of a document's internal subset. External ones, ones that refer to other entities
 * (the billion laughs) and long ones come out empty, so that a reference to them leaves nothing behind.
 */
export function readEntities(text: string): DeclaredEntities {
  const entities = new Map<string, string>();
  const start = text.slice(0, MAX_SUBSET).search(/<!DOCTYPE/i);
  if (start < 0) return entities;
  const open = text.indexOf('[', start);
  if (open < 0 || open > start + 1024) return entities;
  for (const [, name = '', double, single] of text.slice(open, open + MAX_SUBSET).matchAll(DECLARATION)) {
    if (entities.size >= MAX_ENTITIES) break;
    const value = double ?? single ?? '';
    const nested = /&(?!#|amp;|lt;|gt;|quot;|apos;)/.test(value) || value.length > MAX_ENTITY_LENGTH;
    if (!entities.has(name)) entities.set(name, nested ? '' : decodeReferences(value, entities));
  }
  return entities;
}

function fromCodePoint(codePoint: number): string {
  // Controls, surrogates and the end of each plane are no characters (XML 1.0 §2.2); C1 means windows-1252 in practice.
  if (codePoint < 0x20)
    return codePoint === 9 || codePoint === 10 || codePoint === 13 ? String.fromCharCode(codePoint) : '';
  if (codePoint >= 0x7f && codePoint <= 0x9f) return codePoint === 0x7f ? '' : fromC1(codePoint);
  if ((codePoint >= 0xd800 && codePoint <= 0xdfff) || codePoint > 0x10ffff || (codePoint & 0xfffe) === 0xfffe)
    return '';
  return codePoint === 0xfffd ? '' : String.fromCodePoint(codePoint);
}

const XML: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:#(\d{1,10})|#[xX]([\da-fA-F]{1,8})|([A-Za-z][\w.:-]{0,63}));?/g;

const named = new Map<string, string>();

function lookUp(name: string, whole: string, declared: DeclaredEntities): string {
  const plain = XML[name] ?? declared.get(name) ?? named.get(name);
  if (plain !== undefined) return plain;
  const text = decodeHTMLStrict(`&${name};`);
  if (text === `&${name};`) return whole;
  // Names are few (2,231 in HTML), so this never grows beyond them.
  named.set(name, text);
  return text;
}

/** Text with its references resolved once: numeric, XML, declared and HTML ones. A bare `&` and unknown names stay. */
export function decodeReferences(text: string, declared: DeclaredEntities): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return fromCodePoint(Number(decimal));
    if (hex !== undefined) return fromCodePoint(Number.parseInt(hex, 16));
    if (name === undefined || !whole.endsWith(';')) return whole;
    return lookUp(name, whole, declared);
  });
}

/** Text inside markup with only the document's own entities resolved, so that it stays HTML. */
export function keepHtmlReferences(text: string, declared: DeclaredEntities): string {
  if (declared.size === 0 || !text.includes('&')) return text;
  return text.replace(/&([A-Za-z][\w.:-]{0,63});/g, (whole, name: string) => {
    const value = declared.get(name);
    return value === undefined ? whole : escapeText(value);
  });
}

/** Text as it stands in HTML or XML: `&`, `<`, `>` escaped. */
export function escapeText(text: string): string {
  return /[&<>]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text;
}

/** Text as it stands in a double-quoted attribute. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}
