/** Joins what stands inside one element (text, CDATA, inline markup, xhtml, base64) into one string, in order. */
import { isUtf8 } from 'node:buffer';
import { dropControls } from '../bytes/controls.ts';
import { MOST_MARKUP } from '../items/caps.ts';
import { mendField } from '../bytes/mojibake.ts';
import { isUrlAttribute, nestBase, resolveUrl } from '../markup/links.ts';
import { decodeReferences, decodeStart, keepHtmlReferences } from '../markup/references.ts';
import type { DeclaredEntities } from '../markup/references.ts';
import type { Attributes } from './xml.ts';
import { VOID_ELEMENTS, escapeMarkup, escapeText } from '../../text/html.ts';

/**
 * How the content of an element is to be read: `auto` is RSS, where escaped HTML, CDATA and inline markup all occur; `xhtml` is
 * Atom 1.0, whose outer div is no part of the text; `markup` is inline markup of any other kind.
 */
export type CaptureMode = 'auto' | 'text' | 'html' | 'xhtml' | 'markup' | 'base64';

interface Segment {
  readonly kind: 'text' | 'cdata' | 'tag';
  readonly text: string;
  /** Inline elements open around it. */
  readonly depth: number;
}

export interface Capture {
  readonly mode: CaptureMode;
  readonly base: string;
  readonly segments: Segment[];
  /** Inline elements that are open, outermost first. */
  readonly open: { readonly name: string; readonly tag: string; readonly base: string }[];
}

// Deeper inline markup is dropped and its text kept; real articles stay under 40.
const MAX_DEPTH = 256;

export function addText(capture: Capture, text: string, kind: 'text' | 'cdata'): void {
  capture.segments.push({ kind, text, depth: capture.open.length });
}

function writeTag(tag: string, attributes: Attributes, base: string, declared: DeclaredEntities): string {
  let out = `<${tag}`;
  for (const name in attributes) {
    const lower = name.toLowerCase();
    if (lower.startsWith('xmlns:') || lower === 'xml:base' || lower === 'xml:space') continue;
    const raw = decodeReferences(attributes[name] ?? '', declared);
    if (lower === 'xmlns' && raw.includes('xhtml')) continue;
    const value = isUrlAttribute(lower) && raw !== '' && !raw.startsWith('#') ? resolveUrl(raw, base) : raw;
    out += ` ${name}="${escapeMarkup(value)}"`;
  }
  return out;
}

/** An inline element opens. `tag` is its name without prefix. */
export function openInline(
  capture: Capture,
  name: string,
  tag: string,
  attributes: Attributes,
  selfClosing: boolean,
  declared: DeclaredEntities,
): void {
  const depth = capture.open.length;
  if (depth >= MAX_DEPTH) return;
  const base = nestBase(capture.open[depth - 1]?.base ?? capture.base, attributes['xml:base']);
  const start = writeTag(tag, attributes, base, declared);
  const isVoid = VOID_ELEMENTS.has(tag.toLowerCase());
  const end = isVoid ? ' />' : selfClosing ? `></${tag}>` : '>';
  capture.segments.push({ kind: 'tag', text: start + end, depth });
  if (!selfClosing && !isVoid) capture.open.push({ name, tag, base });
}

/** An inline element closes, and with it those opened inside it; false where none of that name is open. */
export function closeInline(capture: Capture, name: string): boolean {
  let at = capture.open.length - 1;
  while (at >= 0 && capture.open[at]?.name !== name) at--;
  if (at < 0) return false;
  for (let i = capture.open.length - 1; i >= at; i--) {
    capture.segments.push({ kind: 'tag', text: `</${capture.open[i]?.tag ?? name}>`, depth: i });
  }
  capture.open.length = at;
  return true;
}

const isMarkup = (mode: CaptureMode): boolean => mode === 'xhtml' || mode === 'markup';

/** Of a field: one character more than is kept, so that the cut is told, and what is trimmed. */
const MOST_READ = MOST_MARKUP + 1_000;

const ESCAPED_TAG = /&lt;\/?[a-z!]/i;
// A wrapper that the format asks for, not the publisher (RFC 4287 §3.1.1.3).
const WRAPPER = /^\s*<div(?:\s+xml:lang="[^"]*")?>([\s\S]*)<\/div>\s*$/;

function joinMarkup(capture: Capture, declared: DeclaredEntities): string {
  const { segments, mode } = capture;
  const escaped =
    !isMarkup(mode) &&
    segments.some((s) => s.kind === 'text' && (s.depth === 0 || mode === 'html') && ESCAPED_TAG.test(s.text));
  let out = '';
  for (const segment of segments) {
    if (out.length >= MOST_READ) break;
    const { kind, text } = segment;
    if (kind === 'tag') out += text;
    else if (kind === 'cdata') out += isMarkup(mode) ? escapeText(text.slice(0, MOST_READ)) : text;
    else if (escaped) out += decodeStart(text, declared, MOST_READ);
    else out += keepHtmlReferences(text.slice(0, MOST_READ), declared).replaceAll('<', '&lt;');
  }
  return out;
}

function hasOneRoot(segments: readonly Segment[]): boolean {
  let roots = 0;
  for (const { kind, depth, text } of segments) {
    if (depth > 0 || (kind !== 'tag' && text.trim() === '')) continue;
    if (kind !== 'tag') return false;
    if (!text.startsWith('</')) roots++;
  }
  return roots === 1;
}

/** `most`: characters after which it may end. */
function joinText(segments: readonly Segment[], declared: DeclaredEntities, most: number): string {
  let out = '';
  for (const { kind, text } of segments) {
    if (out.length >= most) break;
    out += kind === 'text' ? decodeStart(text, declared, most) : text;
  }
  return out;
}

export interface Captured {
  /** Trimmed. */
  readonly value: string;
  /** True where `value` is plain text by declaration, false where it is or may be HTML. */
  readonly plain: boolean;
}

/** Ends a capture. Inline elements still open are closed. */
export function finishCapture(capture: Capture, declared: DeclaredEntities): Captured {
  const { segments, mode } = capture;
  if (capture.open.length > 0) closeInline(capture, capture.open[0]?.name ?? '');
  if (segments.some((segment) => segment.kind === 'tag')) {
    const markup = joinMarkup(capture, declared);
    const unwrapped =
      (mode === 'xhtml' || mode === 'html') && hasOneRoot(segments) ? WRAPPER.exec(markup)?.[1] : undefined;
    return { value: (unwrapped ?? markup).trim(), plain: false };
  }
  // Base64 that is cut is none.
  const text = mendField(joinText(segments, declared, mode === 'base64' ? Infinity : MOST_READ));
  if (mode === 'base64') return { value: decodeBase64(text), plain: false };
  if (isMarkup(mode)) return { value: escapeText(text).trim(), plain: false };
  return { value: text.trim(), plain: mode === 'text' };
}

const BASE64 = /^[A-Za-z\d+/]+={0,2}$/;

/** Text that was encoded; what is no base64 of text, whatever its type says, comes back as it is. */
function decodeBase64(text: string): string {
  const packed = text.replace(/\s+/g, '');
  const bytes = Buffer.from(packed, 'base64');
  if (packed.length % 4 !== 0 || !BASE64.test(packed) || !isUtf8(bytes)) return text.trim();
  return dropControls(bytes.toString('utf8')).text.trim();
}
