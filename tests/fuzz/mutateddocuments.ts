/** Mutates the feed fixtures at random, the same for the same seed: bytes, tags, nesting, repetition, long lines. */
import { readFileSync, readdirSync } from 'node:fs';
import { randomNumbers } from '../../src/demo/random.ts';

const FIXTURES = new URL('../fixtures/feed/', import.meta.url);

const TOKENS = [
  '<',
  '>',
  '&',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<item>',
  '</item>',
  '<entry>',
  '</channel>',
  '"',
  "'",
  '&#0;',
  '&#xd800;',
  '&amp;',
  '&x;',
  '\u0000',
  '\ue0000',
  '<?',
  '<!DOCTYPE x [<!ENTITY x "y">',
  'xmlns="',
  '\ufeff',
  '锟斤拷',
  'ÏûÏ¢',
  '<a href="',
  '{"items":[',
  '[',
  '0',
  '9999-99-99',
];

type Random = () => number;
const pick = (random: Random, length: number): number => Math.floor(random() * Math.max(1, length));

function splice(bytes: Uint8Array, at: number, remove: number, insert: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(Math.min(bytes.length, at + remove))]);
}

const NONE = new Uint8Array(0);

function mutate(bytes: Uint8Array, others: readonly Uint8Array[], random: Random): Uint8Array {
  const at = pick(random, bytes.length);
  const size = pick(random, 64) + 1;
  const other = others[pick(random, others.length)] ?? NONE;
  switch (pick(random, 12)) {
    case 0: {
      const copy = Uint8Array.from(bytes);
      for (let i = 0; i < size % 8; i++) copy[pick(random, copy.length)] = pick(random, 256);
      return copy;
    }
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return splice(bytes, at, size, NONE);
    case 3:
      return splice(bytes, at, 0, bytes.subarray(at, at + size * 8));
    case 4:
      return splice(bytes, at, 0, Buffer.from(TOKENS[pick(random, TOKENS.length)] ?? ''));
    case 5:
      return splice(bytes, at, 0, Buffer.from((TOKENS[pick(random, TOKENS.length)] ?? '').repeat(size * 40)));
    case 6: {
      const from = pick(random, other.length);
      return splice(bytes, at, size, other.subarray(from, from + size * 16));
    }
    // Nesting, repetition and long lines, from a few to as many as a megabyte holds.
    case 7:
      return splice(bytes, at, 0, many(NESTED[pick(random, NESTED.length)] ?? '', random));
    case 8:
      return splice(bytes, at, 0, many(bytes.subarray(at, at + size), random));
    case 9: {
      const line = Buffer.from(bytes.subarray(at, at + size * 2).filter((byte) => byte !== 0x0a));
      return splice(
        bytes,
        at,
        0,
        many(Buffer.concat([line, Buffer.from(MARKS[pick(random, MARKS.length)] ?? '')]), random),
      );
    }
    case 10:
      return Buffer.concat([bytes.subarray(at), bytes.subarray(0, at)]);
    default:
      return splice(bytes, at, bytes.length, other.subarray(pick(random, other.length)));
  }
}

const NESTED = [
  '<b>',
  '<div>',
  '<table><tr><td>',
  '<ul><li>',
  '&lt;b&gt;',
  '<item>',
  '<a href=x>',
  '{"a":',
  '[',
  '<svg>',
  '<x y="',
];
const MARKS = ['，', '→', ' ', '/', '.', '?a=', '&amp;', '1', '、', '（'];
const MOST_INSERTED = 1_000_000;

/** `piece` again and again, as often as not a few times, at most a megabyte of it. */
function many(piece: string | Uint8Array, random: Random): Uint8Array {
  const bytes = Buffer.from(piece);
  const times = Math.min(Math.round(10 ** (1 + 5 * random() ** 2)), MOST_INSERTED / Math.max(1, bytes.length));
  return Buffer.alloc(bytes.length * Math.floor(times), bytes.length === 0 ? 0 : bytes);
}

const LABELS = [
  '',
  '',
  '',
  'text/xml; charset=gb2312',
  'text/html; charset=big5',
  'application/json',
  'text/xml; charset=utf-16',
  'text/xml; charset=shift_jis',
];

export interface MutatedDocument {
  readonly bytes: Uint8Array;
  /** Response headers, lower-case names; the charset of some is wrong. */
  readonly headers: { readonly 'content-type': string };
}

/** One after the other without end, each mutated up to four times. */
export function* mutatedDocuments(seed: number): Generator<MutatedDocument, never> {
  const random = randomNumbers(seed);
  const fixtures = readdirSync(FIXTURES).map((name) => readFileSync(new URL(name, FIXTURES)));
  for (;;) {
    let bytes: Uint8Array = fixtures[pick(random, fixtures.length)] ?? NONE;
    for (let i = pick(random, 4) + 1; i > 0; i--) bytes = mutate(bytes, fixtures, random);
    yield { bytes, headers: { 'content-type': LABELS[pick(random, LABELS.length)] ?? '' } };
  }
}
