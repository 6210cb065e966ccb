/** `deltawire check --fetch`: polls every source once, and prints what came of it. */
import { createFetcher } from '../../fetch/fetcher.ts';
import { reason } from '../../reasons/catalogue.ts';
import { say, sayAll } from '../../reasons/render.ts';
import { spoken } from '../output/locale.ts';
import { discoverFeeds } from '../../feed/page/discover.ts';
import { readDocument } from '../../feed/readdocument.ts';
import { decodeBytes } from '../../feed/bytes/decode.ts';
import { tellDocumentPage } from '../../sources/pagememory.ts';
import { oneLine } from '../../text/terminal.ts';
import { isoWithOffset } from '../../text/time.ts';
import type { Config } from '../../model/config.ts';
import type { Source } from '../../model/source.ts';
import { endProgress, showProgress } from '../output/progress.ts';
import { type ExitCode, print, printReason, tellReason } from '../output/exit.ts';
import { columns } from '../output/columns.ts';
import { loadDocument } from '../input/documents.ts';

const HEAD = [
  reason('check.head.source'),
  reason('check.head.status'),
  reason('check.head.format'),
  reason('check.head.charset'),
  reason('check.head.entries'),
  reason('check.head.newest'),
  reason('check.head.took'),
  reason('check.head.notes'),
];

interface Row {
  readonly ok: boolean;
  readonly cells: readonly string[];
}

/** Polls each once and prints a row for it; 1 where one fails. */
export async function fetchAll(config: Config, sources: readonly Source[]): Promise<ExitCode> {
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
  for (const line of table(HEAD.map(tellReason), all)) await print(line);
  const failed = all.filter((row) => !row.ok).length;
  const asked = all.length;
  await printReason(
    failed === 0
      ? reason('check.all-answer', { sources: asked })
      : reason('check.some-fail', { failed, sources: asked }),
  );
  return failed === 0 ? 0 : 1;
}

async function fetchOne(source: Source, config: Config, fetcher: ReturnType<typeof createFetcher>): Promise<Row> {
  const language = spoken();
  const began = Date.now();
  const loaded = await loadDocument(source.id, config, fetcher);
  const took = String(Date.now() - began);
  if (!loaded.ok) {
    const { reason: why } = loaded.failure;
    return {
      ok: false,
      cells: [source.id, String(loaded.result?.status ?? '–'), '–', '–', '–', '–', took, say(why, language)],
    };
  }
  const status = String(loaded.status ?? '–');
  const reading = await readDocument(loaded.settings, loaded, Date.now());
  if (!reading.ok) {
    const feeds = discover(loaded.bytes, loaded.headers, loaded.url);
    return {
      ok: false,
      cells: [source.id, status, '–', '–', '–', '–', took, `${say(reading.reason, language)}${feeds}`],
    };
  }
  const { format, charset, items, repairs } = reading.document;
  const page = tellDocumentPage(reading.document);
  const notes = page === null ? repairs : [page, ...repairs];
  const newest = Math.max(...items.map((item) => item.published ?? item.updated ?? 0), 0);
  const date = newest === 0 ? tellReason(reason('check.undated')) : isoWithOffset(newest, source.timezone).slice(0, 16);
  return {
    ok: true,
    cells: [source.id, status, format, charset.used, String(items.length), date, took, sayAll(notes, language)],
  };
}

function discover(bytes: Uint8Array, headers: Readonly<Record<string, string>>, url: string): string {
  const decoded = decodeBytes(bytes, { contentType: headers['content-type'] ?? null });
  if (!decoded.ok) return '';
  const feeds = discoverFeeds(decoded.text, url).map((feed) => feed.url);
  return feeds.length === 0 ? '' : `; ${tellReason(reason('check.feeds', { feeds }))}`;
}

function table(head: readonly string[], rows: readonly Row[]): string[] {
  const widths = head.map((name, column) =>
    Math.max(columns(name), ...rows.map((row) => columns(row.cells[column] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === cells.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - columns(cell)),
      )
      .join('  ');
  return [`  ${line(head)}`, ...rows.map((row) => oneLine(`${row.ok ? '✓' : '✗'} ${line(row.cells)}`))];
}
