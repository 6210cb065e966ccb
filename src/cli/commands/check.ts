/** `deltawire check`: says of the config that it is whole, or every fault; with `--fetch` polls every source once, with `--fix` follows those that moved. */
import { createFetcher } from '../../fetch/fetcher.ts';
import { say, sayAll } from '../../reasons/render.ts';
import { languageOf } from '../output/locale.ts';
import { discoverFeeds } from '../../feed/page/discover.ts';
import { readDocument } from '../../feed/readdocument.ts';
import { decodeBytes } from '../../feed/bytes/decode.ts';
import { tellDocumentPage } from '../../sources/pagememory.ts';
import { oneLine } from '../../text/terminal.ts';
import { isoWithOffset } from '../../text/time.ts';
import type { Config } from '../../model/config.ts';
import type { Source } from '../../model/source.ts';
import { endProgress, showProgress } from '../output/progress.ts';
import { type ExitCode, print, requireConfig } from '../output/exit.ts';
import { findMoves, fixMoves } from './fix.ts';
import { loadDocument } from '../input/documents.ts';

export async function runCheck(options: {
  readonly config: string;
  readonly fetch: boolean;
  readonly fix?: boolean | undefined;
}): Promise<ExitCode> {
  const config = await requireConfig(options.config);
  const enabled = config.sources.filter((source) => source.enabled);
  await print(
    `${options.config}: ${config.sources.length} sources (${enabled.length} enabled), ${config.editions.length} editions, version ${config.version}: no fault`,
  );
  const fixed = options.fix === true ? await fixMoves(options.config, await findMoves(config)) : 0;
  const fetched = options.fetch ? await fetchAll(config, enabled) : 0;
  return fixed === 0 ? fetched : fixed;
}

interface Row {
  readonly ok: boolean;
  readonly cells: readonly string[];
}

async function fetchAll(config: Config, sources: readonly Source[]): Promise<ExitCode> {
  const fetcher = createFetcher(config.settings.fetch);
  const rows: (Row | undefined)[] = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    for (let i = next++; i < sources.length; i = next++) {
      rows[i] = await fetchOne(sources[i] as Source, config, fetcher);
      done++;
      showProgress(done, sources.length);
    }
  };
  try {
    showProgress(0, sources.length);
    await Promise.all(Array.from({ length: Math.min(config.settings.fetch.concurrency, sources.length) }, work));
  } finally {
    endProgress();
    await fetcher.close();
  }
  const all = rows.flatMap((row) => row ?? []);
  for (const line of table(
    ['source', 'status', 'format', 'charset', 'entries', 'newest', 'ms', 'repairs or reason'],
    all,
  ))
    await print(line);
  const failed = all.filter((row) => !row.ok).length;
  await print(failed === 0 ? `all ${all.length} sources answer` : `${failed} of ${all.length} sources fail`);
  return failed === 0 ? 0 : 1;
}

async function fetchOne(source: Source, config: Config, fetcher: ReturnType<typeof createFetcher>): Promise<Row> {
  const language = languageOf(process.env);
  const began = Date.now();
  const loaded = await loadDocument(source.id, config, fetcher);
  const took = String(Date.now() - began);
  if (!loaded.ok) {
    const { stage, reason } = loaded.failure;
    return {
      ok: false,
      cells: [
        source.id,
        String(loaded.result?.status ?? '–'),
        '–',
        '–',
        '–',
        '–',
        took,
        `${stage}: ${say(reason, language)}`,
      ],
    };
  }
  const status = String(loaded.status ?? '–');
  const reading = await readDocument(loaded.settings, loaded, Date.now());
  if (!reading.ok) {
    const feeds = discover(loaded.bytes, loaded.headers, loaded.url);
    return {
      ok: false,
      cells: [
        source.id,
        status,
        '–',
        '–',
        '–',
        '–',
        took,
        `${reading.stage}: ${say(reading.reason, language)}${feeds}`,
      ],
    };
  }
  const { format, charset, items, repairs } = reading.document;
  const page = tellDocumentPage(reading.document);
  const notes = page === null ? repairs : [page, ...repairs];
  const newest = Math.max(...items.map((item) => item.published ?? item.updated ?? 0), 0);
  const date = newest === 0 ? 'undated' : isoWithOffset(newest, source.timezone).slice(0, 16);
  return {
    ok: true,
    cells: [source.id, status, format, charset.used, String(items.length), date, took, sayAll(notes, language)],
  };
}

function discover(bytes: Uint8Array, headers: Readonly<Record<string, string>>, url: string): string {
  const decoded = decodeBytes(bytes, { contentType: headers['content-type'] ?? null });
  if (!decoded.ok) return '';
  const feeds = discoverFeeds(decoded.text, url).map((feed) => feed.url);
  return feeds.length === 0 ? '' : `; feeds it links to: ${feeds.join(' ')}`;
}

function table(head: readonly string[], rows: readonly Row[]): string[] {
  const widths = head.map((name, column) =>
    Math.max(width(name), ...rows.map((row) => width(row.cells[column] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === cells.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - width(cell)),
      )
      .join('  ');
  return [`  ${line(head)}`, ...rows.map((row) => oneLine(`${row.ok ? '✓' : '✗'} ${line(row.cells)}`))];
}

/** Columns on a terminal: ideographs take two. */
function width(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (/[\u1100-\uffdc]/.test(character) ? 2 : 1), 0);
}
