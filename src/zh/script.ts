/** Turns Chinese text of either script into Simplified or Traditional, and into the folded form that matching compares. */
import { Converter, ConverterFactory, type DictLike, Locale } from 'opencc-js';
import type { Script } from '../model/entry.ts';

type Convert = (text: string) => string;

function lazily(make: () => Convert): Convert {
  let convert: Convert | undefined;
  return (text) => {
    convert ??= make();
    return convert(text);
  };
}

// OpenCC's phrase-aware chains: s2tw's vocabulary stays the publisher's, only characters and their phrases change.
const toHant = lazily(() => Converter({ from: 'cn', to: 'tw' }));
const toHans = lazily(() => Converter({ from: 't', to: 'cn' }));

/** `text` in `script`, by phrases, not character by character (OpenCC). Text already in that script comes back as it is. */
export function convertScript(text: string, script: Script): string {
  return script === 'hans' ? toHans(text) : toHant(text);
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

const FIRST_IDEOGRAPH = 0x3400;
const LAST_IDEOGRAPH = 0x9fff;

const IDEOGRAPHS = Array.from({ length: LAST_IDEOGRAPH - FIRST_IDEOGRAPH + 1 }, (_, at) =>
  String.fromCharCode(FIRST_IDEOGRAPH + at),
);

/**
 * OpenCC's chain from the Mainland's characters to Taiwan's without its phrases, which take 42 MB and never begin where a
 * character stands by itself.
 */
function characterToHant(): Convert {
  const chain = [...(Locale.from['cn'] ?? []), ...(Locale.to['tw'] ?? [])];
  return ConverterFactory(...chain.map((group) => group.map(singleCharacters)));
}

/** The entries for one UTF-16 unit of a dictionary, which is a list of pairs or one written `a b|c d`. */
function singleCharacters(dictionary: DictLike): DictLike {
  const entries = typeof dictionary === 'string' ? dictionary.split('|').map((entry) => entry.split(' ')) : dictionary;
  return entries.flatMap(([from = '', to = '']) => (from.length === 1 ? [[from, to] as const] : []));
}

/** Every ideograph by itself through `convert`; in one go, for a call costs more than a character. */
function convertEach(convert: Convert): readonly string[] {
  return convert(IDEOGRAPHS.join('\n')).split('\n');
}

let foldTable: Uint16Array | undefined;

function buildFoldTable(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let unit = 0; unit < table.length; unit++) table[unit] = unit;
  convertEach(toHans).forEach((simplified, at) => {
    if (simplified.length === 1) table[FIRST_IDEOGRAPH + at] = simplified.charCodeAt(0);
  });
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

/**
 * Folds script, variants, width and ASCII case, one UTF-16 unit to one, so that offsets into the result are offsets
 * into `text`. For comparing only: 著名 comes out as 着名.
 */
export function fold(text: string): string {
  if (text.length < LONG) return foldShort(text);
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
  const simplified = convertEach(toHans);
  const traditional = convertEach(characterToHant());
  IDEOGRAPHS.forEach((character, at) => {
    if (simplified[at] !== character) table[FIRST_IDEOGRAPH + at] = HANT;
    else if (traditional[at] !== character) table[FIRST_IDEOGRAPH + at] = HANS;
  });
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
