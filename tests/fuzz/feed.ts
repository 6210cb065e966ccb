/** Turns the feed fixtures into mutated documents and checks that reading them neither throws nor takes too long: `npx tsx tests/fuzz/feed.ts [count] [seed]`. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { plainSource } from '../../src/config/plainsource.ts';
import { readDocument } from '../../src/feed/readdocument.ts';
import { proposeSelectors } from '../../src/feed/page/propose.ts';

const FIXTURES = new URL('../fixtures/feed/', import.meta.url);
const NOW = Date.parse('2024-05-06T12:00:00+08:00');
export const MAX_MS = 2000;

/** Mulberry32: small, seeded, the same on every machine. */
function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

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
  switch (pick(random, 9)) {
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
    case 7:
      return Buffer.concat([bytes.subarray(at), bytes.subarray(0, at)]);
    default:
      return splice(bytes, at, bytes.length, other.subarray(pick(random, other.length)));
  }
}

export interface FuzzReport {
  readonly documents: number;
  readonly read: number;
  readonly slowestMs: number;
  /** What must never be: exceptions, and documents that took longer than `MAX_MS`. */
  readonly faults: readonly string[];
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

const PLAIN = plainSource('fuzz', 'https://fuzz.example.cn/dir/feed.xml');

/** Reads `count` mutated documents, the same for the same seed. */
export async function fuzzFeeds(count: number, seed: number): Promise<FuzzReport> {
  const random = makeRandom(seed);
  const fixtures = readdirSync(FIXTURES).map((name) => readFileSync(new URL(name, FIXTURES)));
  const faults: string[] = [];
  let [read, slowestMs] = [0, 0];
  for (let n = 0; n < count; n++) {
    let bytes: Uint8Array = fixtures[pick(random, fixtures.length)] ?? NONE;
    for (let i = pick(random, 4) + 1; i > 0; i--) bytes = mutate(bytes, fixtures, random);
    const kind = n % 10 === 0 ? 'page' : 'feed';
    const headers = { 'content-type': LABELS[pick(random, LABELS.length)] ?? '' };
    const start = performance.now();
    try {
      const source = { ...PLAIN, kind, select: { item: 'li, item, .item', title: 'a' } } as const;
      const result = await readDocument(source, { bytes, headers, url: PLAIN.url }, NOW);
      if (result.ok) {
        read++;
        const text = JSON.stringify(result.document.items);
        if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]|\p{Surrogate}|\\ud[89a-f]|\\u00[01]/u.test(text))
          faults.push(`document ${n}: control characters or halves of characters in the items`);
        if (new Set(result.document.items.map(({ id }) => id)).size < result.document.items.length)
          faults.push(`document ${n}: an id given twice`);
      }
      if (n % 50 === 0) proposeSelectors(Buffer.from(bytes).toString('utf8'), 'https://fuzz.example.cn/');
    } catch (error) {
      faults.push(`document ${n}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    const elapsedMs = performance.now() - start;
    slowestMs = Math.max(slowestMs, elapsedMs);
    if (elapsedMs > MAX_MS) faults.push(`document ${n}: ${elapsedMs.toFixed(0)} ms`);
  }
  return { documents: count, read, slowestMs, faults };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const unhandled: string[] = [];
  process.on('unhandledRejection', (reason) => unhandled.push(`unhandled rejection: ${String(reason)}`));
  const [count = 50_000, seed = 1] = process.argv.slice(2).map(Number);
  const report = await fuzzFeeds(count, seed);
  const faults = [...report.faults, ...unhandled];
  console.log(
    `${report.documents} documents, seed ${seed}: ${report.read} read, slowest ${report.slowestMs.toFixed(0)} ms, faults ${faults.length}`,
  );
  for (const fault of faults.slice(0, 20)) console.log(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
