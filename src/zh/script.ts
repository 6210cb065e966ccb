/** Tells the script of Chinese text, and turns text of either into the folded form that matching compares. */
import { readFileSync } from 'node:fs';
import type { Script } from '../model/entry.ts';

/** Characters of one script, from data/characters.tsv: a Traditional one before each Simplified one, and Simplified ones. */
function readCharacters(): { readonly hant: string; readonly hans: string } {
  const lines = readFileSync(new URL('data/characters.tsv', import.meta.url), 'utf8').split('\n');
  const of = (script: Script) => lines.find((line) => line.startsWith(`${script}\t`))?.slice(script.length + 1) ?? '';
  return { hant: of('hant'), hans: of('hans') };
}

// Variants that OpenCC keeps apart on purpose and that copies of one story write either way.
const VARIANTS: readonly (readonly [string, string])[] = [
  ['著', '着'],
  ['乾', '干'],
  ['藉', '借'],
  ['妳', '你'],
  ['祂', '他'],
  ['牠', '它'],
  ['麽', '么'],
  ['甯', '宁'],
  ['唿', '呼'],
  ['爲', '为'],
  ['衆', '众'],
  ['綫', '线'],
  ['眞', '真'],
  ['戶', '户'],
];

let foldTable: Uint16Array | undefined;

function buildFoldTable(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let unit = 0; unit < table.length; unit++) table[unit] = unit;
  const { hant } = readCharacters();
  for (let at = 0; at < hant.length; at += 2) table[hant.charCodeAt(at)] = hant.charCodeAt(at + 1);
  for (const [variant, plain] of VARIANTS) table[variant.charCodeAt(0)] = plain.charCodeAt(0);
  // Full-width forms to ASCII (Unicode block Halfwidth and Fullwidth Forms), the ideographic space to a space.
  for (let unit = 0xff01; unit <= 0xff5e; unit++) table[unit] = unit - 0xfee0;
  table[0x3000] = 0x20;
  for (let unit = 0x41; unit <= 0x5a; unit++) {
    table[unit] = unit + 0x20;
    table[unit + 0xfee0] = unit + 0x20;
  }
  return table;
}

/** Long texts folded last: the stages fold the same one after the other. */
const recent: { readonly text: string; readonly folded: string }[] = [];
const RECENT = 4;
/** Heads of texts are shorter: kept, they would push out the whole texts. */
const LONG = 256;
/** Dictionaries are longer, and folded once; four articles as long would keep 2 MB. */
const LONGEST_KEPT = 131_072;

/**
 * Folds script, variants, width and ASCII case, one UTF-16 unit to one, so that offsets into the result are offsets
 * into `text`. For comparing only: 著名 comes out as 着名.
 */
export function fold(text: string): string {
  if (text.length < LONG) return foldShort(text);
  if (text.length > LONGEST_KEPT) return foldUnits(text);
  const known = recent.find((one) => one.text === text);
  if (known !== undefined) return known.folded;
  const folded = foldUnits(text);
  if (recent.unshift({ text, folded }) > RECENT) recent.pop();
  return folded;
}

/** The units of one short text: most texts are lines, for which a buffer of their own costs more than the folding. */
const scratch = Buffer.alloc(2 * LONG);
const scratchUnits = new Uint16Array(scratch.buffer, scratch.byteOffset, LONG);

function foldShort(text: string): string {
  const table = (foldTable ??= buildFoldTable());
  for (let i = 0; i < text.length; i++) scratchUnits[i] = table[text.charCodeAt(i)] as number;
  return scratch.toString('utf16le', 0, 2 * text.length);
}

function foldUnits(text: string): string {
  const table = (foldTable ??= buildFoldTable());
  const bytes = Buffer.from(text, 'utf16le');
  const units = new Uint16Array(bytes.buffer, bytes.byteOffset, text.length);
  for (let i = 0; i < units.length; i++) units[i] = table[units[i] as number] as number;
  return bytes.toString('utf16le');
}

const EITHER = 0;
const HANT = 1;
const HANS = 2;

let scriptTable: Uint8Array | undefined;

function buildScriptTable(): Uint8Array {
  const table = new Uint8Array(0x10000);
  const { hant, hans } = readCharacters();
  for (let at = 0; at < hant.length; at += 2) table[hant.charCodeAt(at)] = HANT;
  for (let at = 0; at < hans.length; at++) table[hans.charCodeAt(at)] = HANS;
  return table;
}

/** Telling characters in so many units decide; more of the same text would not change the answer. */
const SAMPLE_UNITS = 2_000;

/** The script most of the telling characters of `text` are of; null where none tells, or they tie. */
export function detectScript(text: string): Script | null {
  const table = (scriptTable ??= buildScriptTable());
  let hant = 0;
  let hans = 0;
  const length = Math.min(text.length, SAMPLE_UNITS);
  for (let i = 0; i < length; i++) {
    const of = table[text.charCodeAt(i)] ?? EITHER;
    if (of === HANT) hant++;
    else if (of === HANS) hans++;
  }
  if (hant === hans) return null;
  return hant > hans ? 'hant' : 'hans';
}

/** Folded text without blanks and marks. */
export function bare(folded: string): string {
  return folded.replace(/[^\u4e00-\u9fffa-z\d]/g, '');
}
