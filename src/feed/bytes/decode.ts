/** Decodes the bytes of a document into text without mojibake and control characters. */
import { isUtf8 } from 'node:buffer';
import type { Charset } from '../../model/feed.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { charsetOf, damageAs, decodeAs } from './charsets.ts';
import { dropControls } from './controls.ts';
import { findMojibake, mendMojibake } from './mojibake.ts';
import { sniffCharset, sniffMultibyte } from './sniff.ts';

export interface DecodeHints {
  /** Content-Type header. */
  readonly contentType?: string | null | undefined;
  /** Charset set by the operator: wins over everything. */
  readonly encoding?: string | null | undefined;
}

export type DecodeResult =
  | { readonly ok: true; readonly text: string; readonly charset: Charset; readonly repairs: readonly Reason[] }
  | { readonly ok: false; readonly reason: Reason };

interface Choice {
  readonly charset: string;
  readonly detected: string | null;
  readonly repair: Reason | null;
  /** Bytes of the byte order mark. */
  readonly skip: number;
}

const choice = (charset: string, detected: string | null, repair: Reason | null = null, skip = 0): Choice => ({
  charset,
  detected,
  repair,
  skip,
});

// BOMs of Unicode 15 §23.8, longest first, and "<" or "{" in the wide forms that go without one (XML 1.0 appendix F).
const SIGNATURES: readonly (readonly [string, readonly number[], number])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf], 3],
  ['utf-32be', [0, 0, 0xfe, 0xff], 4],
  ['utf-32le', [0xff, 0xfe, 0, 0], 4],
  ['utf-16be', [0xfe, 0xff], 2],
  ['utf-16le', [0xff, 0xfe], 2],
];

function readSignature(bytes: Uint8Array): Choice | null {
  for (const [charset, mark, skip] of SIGNATURES)
    if (mark.every((byte, i) => bytes[i] === byte)) return choice(charset, charset, null, skip);
  const [a, b, c, d] = [bytes[0] ?? 1, bytes[1] ?? 1, bytes[2] ?? 1, bytes[3] ?? 1];
  const starts = (byte: number): boolean => byte === 0x3c || byte === 0x7b || byte === 0x5b || byte <= 0x20;
  if (a === 0 && b === 0 && c === 0 && d > 0 && starts(d)) return choice('utf-32be', 'utf-32be');
  if (a > 0 && starts(a) && b === 0 && c === 0 && d === 0) return choice('utf-32le', 'utf-32le');
  if (a === 0 && b > 0 && starts(b) && c === 0 && d > 0) return choice('utf-16be', 'utf-16be');
  if (a > 0 && starts(a) && b === 0 && c > 0 && d === 0) return choice('utf-16le', 'utf-16le');
  return null;
}

const HEAD_BYTES = 2048;

/** Charset label in a Content-Type header; null without one. */
function labelOfHeader(contentType: string | null | undefined): string | null {
  return /charset\s*=\s*["']?([^\s"';,]+)/i.exec(contentType ?? '')?.[1] ?? null;
}

function labelOfDocument(head: string): string | null {
  const declared = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']?([\w.:-]+)/i.exec(head);
  if (declared) return declared[1] ?? null;
  return /<meta[^<>]+charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1] ?? null;
}

/** Counts of whole multi-byte sequences and of bytes that belong to none (RFC 3629). */
function countUtf8(bytes: Uint8Array): { whole: number; bad: number } {
  let whole = 0;
  let bad = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) continue;
    const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : 2;
    let tail = 1;
    while (tail < length && ((bytes[i + tail] ?? 0) & 0xc0) === 0x80) tail++;
    if (lead < 0xc2 || lead > 0xf4 || tail < length) {
      bad++;
      i += Math.max(0, lead < 0xc2 ? 0 : tail - 1);
      continue;
    }
    whole++;
    i += length - 1;
  }
  return { whole, bad };
}

const ESCAPED_JAPANESE = /\x1b\$[@B]/;
// Under one bad byte to this many whole sequences it is damage, not another charset: GBK read as UTF-8 is nearly all bad.
const WHOLE_PER_BAD = 6;

function isSingleByte(charset: string): boolean {
  return /^(windows-125\d|iso-?8859|koi8|windows-874|mac|ibm|cp\d)/.test(charset);
}

function chooseByLabel(bytes: Uint8Array, label: string): Choice | null {
  const charset = charsetOf(label);
  if (charset === null || charset === 'utf-8' || charset.startsWith('utf-16') || charset.startsWith('utf-32'))
    return null;
  if (isSingleByte(charset)) {
    // A Latin label fits any bytes, so it proves nothing against a reading that makes sense.
    const guess = sniffMultibyte(bytes);
    if (guess !== null && guess.score > 0.5)
      return choice(guess.charset, guess.charset, reason('repair.charset.label', { label, charset: guess.charset }));
    return choice(charset, null);
  }
  const damage = damageAs(bytes, charset);
  if (charset === 'shift_jis' || charset.startsWith('euc-')) {
    // These read nearly any bytes as something, so the text itself has to agree.
    const guess = sniffMultibyte(bytes);
    if (guess !== null && guess.charset !== charset)
      return choice(guess.charset, guess.charset, reason('repair.charset.label', { label, charset: guess.charset }));
  }
  if (damage <= 0.02) return choice(charset, charset);
  const guess = sniffMultibyte(bytes);
  if (guess !== null && guess.charset !== charset && damageAs(bytes, guess.charset) < damage)
    return choice(guess.charset, guess.charset, reason('repair.charset.label', { label, charset: guess.charset }));
  return damage < 0.2 ? choice(charset, null) : null;
}

function choose(bytes: Uint8Array, labels: readonly string[]): Choice {
  const signature = readSignature(bytes);
  if (signature !== null) return signature;
  if (isUtf8(bytes)) {
    const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1 << 16)).toString('latin1');
    if (ESCAPED_JAPANESE.test(head)) return choice('iso-2022-jp', 'iso-2022-jp');
    const other = labels.map((label) => [label, charsetOf(label)] as const).find(([, charset]) => charset !== null);
    const ascii = !/[\x80-\xff]/.test(head);
    const mislabelled = other !== undefined && other[1] !== 'utf-8' && !ascii;
    return choice(
      'utf-8',
      ascii ? null : 'utf-8',
      mislabelled ? reason('repair.charset.label', { label: other[0], charset: 'UTF-8' }) : null,
    );
  }
  const { whole, bad } = countUtf8(bytes);
  if (whole > bad * WHOLE_PER_BAD) return choice('utf-8', 'utf-8', reason('repair.charset.damaged', { bytes: bad }));
  for (const label of labels) {
    const byLabel = chooseByLabel(bytes, label);
    if (byLabel !== null) return byLabel;
  }
  const guess = sniffCharset(bytes);
  if (guess !== null)
    return choice(guess.charset, guess.charset, reason('repair.charset.sniffed', { charset: guess.charset }));
  return choice('windows-1252', null, reason('repair.charset.unknown'));
}

/** Decodes a document: BOM, wide forms, valid UTF-8, HTTP charset, declaration, sniffing, windows-1252, in that order. */
export function decodeBytes(bytes: Uint8Array, hints: DecodeHints = {}): DecodeResult {
  if (bytes.length === 0) return { ok: false, reason: reason('feed.decode.empty') };
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString('latin1');
  const declared = [labelOfHeader(hints.contentType), labelOfDocument(head)].filter((label) => label !== null);
  const forced = charsetOf(hints.encoding);
  const chosen =
    forced === null ? choose(bytes, declared) : choice(forced, null, null, readSignature(bytes)?.skip ?? 0);
  const raw = decodeAs(bytes.subarray(chosen.skip), chosen.charset);
  const unreadable = findMojibake(raw, chosen.charset);
  if (unreadable !== null) return { ok: false, reason: unreadable };
  const lost = raw.includes('\ufffd');
  const mended = mendMojibake(lost ? raw.replaceAll('\ufffd', '') : raw);
  const clean = dropControls(mended.text);
  if (clean.text.trim() === '') return { ok: false, reason: reason('feed.decode.blank') };
  const repairs = [
    chosen.repair ?? (lost ? reason('repair.charset.lost') : null),
    mended.repair,
    clean.dropped ? reason('repair.charset.controls') : null,
  ];
  return {
    ok: true,
    text: clean.text,
    charset: { declared: declared[0] ?? null, detected: chosen.detected, used: chosen.charset },
    repairs: repairs.filter((repair) => repair !== null),
  };
}
