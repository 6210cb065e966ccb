/** Mends text that was decoded with the wrong charset upstream (ÏûÏ¢, æ–°é—», 鏂伴椈), where it can be told. */
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { toCp1252 } from './charsets.ts';
import { commonShare } from './sniff.ts';

export interface Mended {
  readonly text: string;
  /** What was undone; null where the text is left as it is. */
  readonly repair: Reason | null;
}

// Runs that a byte-wise reading of GBK or UTF-8 consists of: Latin-1 letters and the characters of windows-1252.
const BYTE_RUN =
  /[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]{2,}/g;
const LEAD_AND_TRAIL =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]/;
const BYTE_PAIR = /[\u00b0-\u00f7][\u0080-\u00ff\u0152-\u2122]/;

const utf8 = new TextDecoder('utf-8');
const gb18030 = new TextDecoder('gb18030', { fatal: true });

/** A decoder that throws takes a hundred times as long for a run that it cannot read: what cannot be is told before. */
type Decode = (bytes: Uint8Array) => string | null;

const readUtf8: Decode = (bytes) => (isUtf8(bytes) ? utf8.decode(bytes) : null);

/** Characters of two bytes alone; the first is 81–FE, the second 40–FE without 7F (GB 18030-2005). */
const readGbk: Decode = (bytes) => {
  if (bytes.length % 2 !== 0) return null;
  for (let i = 0; i < bytes.length; i += 2) {
    const lead = bytes[i] as number;
    const trail = bytes[i + 1] as number;
    if (lead < 0x81 || lead > 0xfe || trail < 0x40 || trail > 0xfe || trail === 0x7f) return null;
  }
  try {
    return gb18030.decode(bytes);
  } catch {
    return null;
  }
};

function bytesOf(run: string): Uint8Array | null {
  const bytes = new Uint8Array(run.length);
  for (let i = 0; i < run.length; i++) {
    const byte = toCp1252(run.charCodeAt(i));
    if (byte < 0) return null;
    bytes[i] = byte;
  }
  return bytes;
}

// What is wrong shows in this much; a body beyond it is not searched for the decision.
const SAMPLE_LENGTH = 200_000;

interface Attempt {
  readonly text: string;
  /** Characters that a second reading gave. */
  readonly gained: string;
  /** Share of the runs, by length, that read as the other charset (0–1). */
  readonly share: number;
}

function rereadRuns(text: string, decode: Decode, accept: (run: string, read: string) => boolean): Attempt {
  const gained: string[] = [];
  let tried = 0;
  let right = 0;
  const mended = text.replace(BYTE_RUN, (run) => {
    tried += run.length;
    const bytes = bytesOf(run);
    const read = bytes === null ? null : decode(bytes);
    if (read === null || !accept(run, read)) return run;
    gained.push(read);
    right += run.length;
    return read;
  });
  return { text: mended, gained: gained.join(''), share: tried === 0 ? 0 : right / tried };
}

const asUtf8 = (text: string): Attempt => rereadRuns(text, readUtf8, (run, read) => read.length < run.length);
const asGbk = (text: string): Attempt => rereadRuns(text, readGbk, (run, read) => read.length * 2 === run.length);

// First bytes of 的, 一, 在, 是 … and of ， 。 in UTF-8, read as GBK: rare characters that such a text is full of.
const GBK_OF_UTF8 = /[鐨鏄鍦涓鍜锛銆鍥鏂浜瀹姹闀绠鏈鏃]/g;
const MIN_GBK_MARKS = 3;

function undoGbkUtf8(text: string): string | null {
  const marks = text.match(GBK_OF_UTF8)?.length ?? 0;
  if (marks < MIN_GBK_MARKS) return null;
  let wide = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x3400) wide++;
  if (marks / wide < 0.05) return null;
  const read = new TextDecoder('utf-8').decode(iconv.encode(text, 'gb18030'));
  return commonShare(read) > commonShare(text) + 0.2 ? read : null;
}

/** Undoes UTF-8 read as Latin-1 in one field, where its references spelt it byte by byte; only if all of it reads. */
export function mendField(text: string): string {
  if (!LEAD_AND_TRAIL.test(text)) return text;
  const { text: mended, share } = asUtf8(text);
  return share === 1 ? mended : text;
}

const MIN_SHARE = 0.5;

/** Undoes a wrong decoding of a whole document. Cheap where nothing looks wrong. */
export function mendMojibake(text: string): Mended {
  const sample = text.slice(0, SAMPLE_LENGTH);
  const found = sample.search(BYTE_PAIR);
  if (found >= 0) {
    if (LEAD_AND_TRAIL.test(sample) && asUtf8(sample).share > MIN_SHARE)
      return { text: asUtf8(text).text, repair: reason('repair.charset.utf8-as-latin1') };
    const { gained, share } = asGbk(sample);
    const reads =
      gained.length >= 4 && share > MIN_SHARE && /[\u4e00-\u9fff]/.test(gained) && commonShare(gained) > 0.5;
    if (reads) return { text: asGbk(text).text, repair: reason('repair.charset.gbk-as-latin1') };
  }
  const fromGbk = undoGbkUtf8(text);
  return fromGbk === null ? { text, repair: null } : { text: fromGbk, repair: reason('repair.charset.utf8-as-gbk') };
}

const MAX_LOST_SHARE = 0.1;
const MIN_LOST = 10;

/** Why `text`, read as `charset`, cannot be trusted to say what its publisher wrote; null where it can. */
export function findMojibake(text: string, charset: string): Reason | null {
  if (!text.includes('\ufffd') && !/锟斤拷|烫烫烫/.test(text)) return null;
  let wide = 0;
  let lost = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    wide++;
    if (unit === 0xfffd) lost++;
  }
  if (lost >= MIN_LOST && lost > wide * MAX_LOST_SHARE) return reason('feed.decode.lost', { lost, all: wide, charset });
  const copies = text.match(/锟斤拷|烫烫烫/g)?.length ?? 0;
  if (copies >= 5 && copies * 3 > wide * MAX_LOST_SHARE) return reason('feed.decode.overwritten', { charset });
  return null;
}
