/** Turns folded text into what is compared: letters, characters and digits only, in mainland words, with its clauses. */
import { writeDigits } from '../../zh/numerals.ts';
import { mainlandWords } from '../../zh/taiwan.ts';

export interface Plain {
  readonly units: Uint16Array;
  readonly length: number;
  /** Where clauses end, ascending, offsets into `units`; the last is `length`. */
  readonly ends: readonly number[];
}

const PLAIN = 1;
const BREAK = 2;
const DIGIT = 3;
/** Plain, and the first of a Taiwanese word. */
const OPENS_WORD = 4;

let kindOf: Uint8Array | undefined;

function buildKinds(): Uint8Array {
  const kinds = new Uint8Array(0x10000);
  for (let unit = 0x30; unit <= 0x39; unit++) kinds[unit] = DIGIT;
  for (let unit = 0x61; unit <= 0x7a; unit++) kinds[unit] = PLAIN;
  for (const [from, to] of [
    [0xc0, 0x24f],
    [0x370, 0x52f],
    [0x3040, 0x30ff],
    [0x3105, 0x312f],
    [0x3400, 0x9fff],
    [0xac00, 0xd7a3],
    [0xd800, 0xdfff],
    [0xf900, 0xfaff],
  ] as const)
    for (let unit = from; unit <= to; unit++) kinds[unit] = PLAIN;
  kinds['%'.charCodeAt(0)] = PLAIN;
  for (const mark of '\n,.;:!?、。…~|—') kinds[mark.charCodeAt(0)] = BREAK;
  // Hardly any character begins one: those that do are told by the table, not by a look into the map.
  for (const unit of mainlandWords().keys()) if (kinds[unit] === PLAIN) kinds[unit] = OPENS_WORD;
  return kinds;
}

const POINT = 0x2e;

/** `folded` is what `fold` gave; quotes, brackets and blanks leave no trace, a point within a number stays. */
export function toPlain(folded: string): Plain {
  const text = writeDigits(folded);
  const words = mainlandWords();
  const kinds = (kindOf ??= buildKinds());
  const units = new Uint16Array(text.length * 2);
  const ends: number[] = [];
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const kind = kinds[unit];
    if (kind === BREAK) {
      const within = unit === POINT && isDigit(text.charCodeAt(i - 1)) && isDigit(text.charCodeAt(i + 1));
      if (within) units[length++] = unit;
      else if (length > (ends.at(-1) ?? 0)) ends.push(length);
      continue;
    }
    if (kind === undefined || kind === 0) continue;
    const list = kind === OPENS_WORD ? words.get(unit) : undefined;
    const word = list?.find(([from]) => stands(from, text, i));
    if (word === undefined) {
      units[length++] = unit;
      continue;
    }
    units.set(word[1], length);
    length += word[1].length;
    i += word[0].length - 1;
  }
  if (length > (ends.at(-1) ?? 0)) ends.push(length);
  return { units, length, ends };
}

function stands(word: Uint16Array, text: string, at: number): boolean {
  for (let i = 1; i < word.length; i++) if (word[i] !== text.charCodeAt(at + i)) return false;
  return true;
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** `plain` as a string, from `from` to `to`. */
export function plainText(plain: Plain, from = 0, to = plain.length): string {
  // Two bytes a unit: a call with the units as arguments takes three times as long.
  return Buffer.from(plain.units.buffer, plain.units.byteOffset + 2 * from, 2 * (to - from)).toString('utf16le');
}
