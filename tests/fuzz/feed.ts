/**
 * Turns the feed fixtures into mutated documents and checks that reading them and cleaning their items neither throws nor
 * takes too long: `npx tsx tests/fuzz/feed.ts [count] [seed]`.
 */
import { fileURLToPath } from 'node:url';
import { plainSource } from '../../src/config/plainsource.ts';
import { createEditor, type Editor } from '../../src/pipeline/editorial.ts';
import { editBatch } from '../../src/pipeline/batch.ts';
import { DELTA } from '../support/configs.ts';
import type { RawItem } from '../../src/model/feed.ts';
import { readDocument } from '../../src/feed/readdocument.ts';
import { proposeSelectors } from '../../src/feed/page/propose.ts';
import { mutatedDocuments } from './mutateddocuments.ts';

const NOW = Date.parse('2024-05-06T12:00:00+08:00');
export const MAX_MS = 2000;

export interface FuzzReport {
  readonly documents: number;
  readonly read: number;
  /** Milliseconds of CPU: the slowest to read, the slowest item to clean and place, the slowest with all its items. */
  readonly slowest: { readonly document: number; readonly item: number; readonly whole: number };
  /** What must never be: exceptions, and documents or items that took longer than `MAX_MS`. */
  readonly faults: readonly string[];
}

const PLAIN = plainSource('fuzz', 'https://fuzz.example.cn/dir/feed.xml');
const NO_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd]|\p{Surrogate}|\\ud[89a-f]|\\u00[01]/u;
/** Items of a document that are cleaned; the others are of the same making. */
const MOST_EDITED = 20;

async function cpuMs(run: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Reads `count` mutated documents and cleans their items, the same for the same seed. */
export async function fuzzFeeds(count: number, seed: number, onDocument?: (n: number) => void): Promise<FuzzReport> {
  const documents = mutatedDocuments(seed);
  const editor = createEditor({ editions: [], regions: { groups: {}, home: DELTA, terms: [], exclusions: [] } });
  const faults: string[] = [];
  const slowest = { document: 0, item: 0, whole: 0 };
  let read = 0;
  for (let n = 0; n < count; n++) {
    const { bytes, headers } = documents.next().value;
    const kind = n % 10 === 0 ? 'page' : 'feed';
    const took = { document: 0, item: 0, whole: 0 };
    try {
      let items: readonly RawItem[] = [];
      took.document = await cpuMs(async () => {
        const source = { ...PLAIN, kind, select: { item: 'li, item, .item', title: 'a' } } as const;
        const result = await readDocument(source, { bytes, headers, url: PLAIN.url }, NOW);
        if (!result.ok) return;
        read++;
        ({ items } = result.document);
      });
      if (NO_CHARACTERS.test(JSON.stringify(items)))
        faults.push(`document ${n}: control characters or halves of characters in the items`);
      if (new Set(items.map(({ id }) => id)).size < items.length) faults.push(`document ${n}: an id given twice`);
      took.whole = took.document;
      for (const item of items.slice(0, MOST_EDITED)) {
        const ms = await cpuMs(() => edit(editor, item));
        took.item = Math.max(took.item, ms);
        took.whole += ms;
      }
      if (n % 50 === 0) proposeSelectors(Buffer.from(bytes).toString('utf8'), 'https://fuzz.example.cn/');
    } catch (error) {
      faults.push(`document ${n}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    for (const part of ['document', 'item', 'whole'] as const) {
      slowest[part] = Math.max(slowest[part], took[part]);
      if (took[part] > MAX_MS) faults.push(`document ${n}: ${part} ${took[part].toFixed(0)} ms`);
    }
    onDocument?.(n);
  }
  return { documents: count, read, slowest, faults };
}

function edit(editor: Editor, item: RawItem): void {
  const document = { title: null, baseUrl: PLAIN.url };
  const batch = { items: [item], source: PLAIN, document, recurrences: null, dates: new Map(), now: NOW };
  editBatch(editor, batch, () => undefined);
}

/** Documents after which all tables are loaded. */
const WARM = 300;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const unhandled: string[] = [];
  let idle = 0;
  process.on('unhandledRejection', (reason) => unhandled.push(`unhandled rejection: ${String(reason)}`));
  const [count = 50_000, seed = 1] = process.argv.slice(2).map(Number);
  const report = await fuzzFeeds(count, seed, (n) => {
    if (process.stderr.isTTY && n % 100 === 0) process.stderr.write(`\r${n} of ${count}`);
    if (n === WARM) idle = process.memoryUsage().rss;
  });
  const faults = [...report.faults, ...unhandled];
  const { document, item, whole } = report.slowest;
  const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
  console.log(
    `${report.documents} documents, seed ${seed}: ${report.read} read; slowest ${document.toFixed(0)} ms to read, ${item.toFixed(0)} ms an item, ${whole.toFixed(0)} ms in all; resident at most ${megabytes(process.resourceUsage().maxRSS * 1024 - idle)} above ${megabytes(idle)}; faults ${faults.length}`,
  );
  for (const fault of faults.slice(0, 20)) console.log(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
