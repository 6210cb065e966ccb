/** `deltawire try`: takes documents or items through every stage in this process and prints what each stage made of them. */
import { createEditor, editTogether, freshRecurrences, type Editing, type Editor } from '../../pipeline/editorial.ts';
import { discoverFeeds } from '../../feed/page/discover.ts';
import { plainSource } from '../../config/plainsource.ts';
import { readDocument } from '../../feed/readdocument.ts';
import { decodeBytes } from '../../feed/bytes/decode.ts';
import { proposeSelectors } from '../../feed/page/propose.ts';
import { parseHttpDate } from '../../text/time.ts';
import { createFetcher } from '../../fetch/fetcher.ts';
import { reason } from '../../reasons/catalogue.ts';
import { requireConfig } from '../input/requireconfig.ts';
import { type ExitCode, print, refuse, tellReason } from '../output/exit.ts';
import { whyUnread } from '../input/unread.ts';
import { ItemFault, readItem, readLines } from '../input/items.ts';
import { loadDocument, type Loaded } from '../input/documents.ts';
import { placeEntries, type Placeable } from '../input/placing.ts';
import { spoken } from '../output/locale.ts';
import { presentDocument, presentEntry, presentFailure, presentItem, type ReadFailure } from '../output/present.ts';
import { tellDocument, tellEntry, tellFailure } from '../output/tell.ts';

export interface TryOptions {
  readonly config: string;
  readonly json: boolean;
  readonly items?: string | undefined;
  readonly stage?: string | undefined;
}

/** What is printed for one document, with its entries still to be placed in stories. */
interface Tried {
  readonly head: object | null;
  readonly headText: string;
  readonly items: readonly {
    readonly json: object | null;
    readonly placeable: Placeable | null;
    readonly zone: string;
  }[];
}

export async function runTry(names: readonly string[], options: TryOptions): Promise<ExitCode> {
  if (options.stage !== undefined && options.stage !== 'parse')
    throw refuse(reason('usage.value', { option: '--stage', value: options.stage, expected: ['parse'] }), 2);
  if (options.items === undefined && names.length === 0) throw refuse(reason('try.nothing'), 2);
  const config = await requireConfig(options.config);
  const editor = createEditor(config);
  const tried: Tried[] = [];
  let code: ExitCode = 0;

  if (options.items !== undefined) tried.push(await tryItems(options.items, editor));
  if (names.length > 0) {
    const fetcher = createFetcher(config.settings.fetch);
    try {
      for (const name of names) {
        const loaded = await loadDocument(name, config, fetcher);
        const one = await tryDocument(loaded, editor, options.stage === 'parse');
        if (one.head !== null && 'error' in one.head) code = 1;
        tried.push(one);
      }
    } finally {
      await fetcher.close();
    }
  }
  await printAll(tried, options.json);
  return code;
}

function failed(failure: ReadFailure): Pick<Tried, 'head' | 'headText'> {
  const language = spoken();
  return { head: presentFailure(failure, language), headText: tellFailure(failure) };
}

async function tryDocument(loaded: Loaded, editor: Editor, parseOnly: boolean): Promise<Tried> {
  // What a file says of its time of reading makes 20分钟前 the same on every day.
  const readAt = loaded.ok && loaded.status === null ? parseHttpDate(loaded.headers['date'] ?? '', Date.now()) : null;
  const now = readAt ?? Date.now();
  if (!loaded.ok) return { ...failed(loaded.failure), items: [] };
  const { settings } = loaded;
  const zone = settings.timezone;
  const reading = await readDocument(loaded.settings, loaded, now);
  if (!reading.ok) {
    const { head, headText } = failed({
      source: loaded.name,
      url: loaded.url,
      stage: reading.stage,
      reason: reading.reason,
    });
    return { head, headText: `${headText}${advise(loaded)}`, items: [] };
  }
  const { document } = reading;
  const around = { title: document.title, baseUrl: document.link ?? document.url };
  const items = parseOnly
    ? document.items.map((item) => ({ json: presentItem(item, zone), placeable: null, zone }))
    : editTogether(
        editor,
        document.items.map((item) => ({ item, source: settings, document: around })),
        freshRecurrences(),
        now,
      ).map((edited) => ({ json: null, placeable: { edited, trust: settings.trust, now }, zone }));
  const language = spoken();
  return { head: presentDocument(document, language), headText: tellDocument(document), items };
}

/** What a person may do about a page that is no feed: its feeds, or selectors that read it. */
function advise({ bytes, headers, url }: Loaded & { readonly ok: true }): string {
  const decoded = decodeBytes(bytes, { contentType: headers['content-type'] ?? null });
  if (!decoded.ok || !/<html|<body|<a\s/i.test(decoded.text)) return '';
  const feeds = discoverFeeds(decoded.text, url).map(
    ({ url: feed, title }) => `  ${tellReason(reason('try.links-to', { url: feed, title: title ?? '' }))}`,
  );
  const proposals = proposeSelectors(decoded.text, url).slice(0, 3).flatMap(tellProposal);
  return [...feeds, ...proposals].map((line) => `\n${line}`).join('');
}

function tellProposal({ select, count, samples }: ReturnType<typeof proposeSelectors>[number]): string[] {
  const selectors = Object.entries(select).map(([name, selector]) => `    ${name}: ${JSON.stringify(selector)}`);
  const shown = samples.slice(0, 3).map(({ title, link, date }) => `      - ${title} ${link ?? ''} ${date ?? ''}`);
  return [`  ${tellReason(reason('try.could-read', { items: count }))}`, ...selectors, ...shown];
}

async function tryItems(file: string, editor: Editor): Promise<Tried> {
  const now = Date.now();
  const settings = plainSource('items', '');
  const read: Editing[] = [];
  let number = 0;
  try {
    for await (const line of readLines(file)) {
      number++;
      if (line.trim() === '') continue;
      const { item, source, feedTitle } = readItem(line, settings.timezone, now);
      read.push({
        item,
        source: { ...settings, id: source },
        document: { title: feedTitle, baseUrl: item.link, titleSaysPlace: true },
      });
    }
  } catch (error) {
    if (error instanceof ItemFault) throw refuse(reason('try.line', { file, line: number, why: error.why }), 2);
    throw refuse(whyUnread(file, error as NodeJS.ErrnoException), 2);
  }
  const items = editTogether(editor, read, freshRecurrences(), now).map((edited) => ({
    json: null,
    placeable: { edited, trust: settings.trust, now },
    zone: settings.timezone,
  }));
  return { head: null, headText: '', items };
}

async function printAll(tried: readonly Tried[], json: boolean): Promise<void> {
  const placements = placeEntries(tried.flatMap(({ items }) => items.flatMap(({ placeable }) => placeable ?? [])));
  const language = spoken();
  let next = 0;
  for (const { head, headText, items } of tried) {
    if (json && head !== null) await print(JSON.stringify(head));
    if (!json && headText !== '') await print(headText);
    for (const { json: item, placeable, zone } of items) {
      if (placeable === null) {
        await print(json ? JSON.stringify(item) : JSON.stringify(item, null, 2));
        continue;
      }
      const placement = placements[next++];
      if (placement === undefined) continue;
      await print(
        json
          ? JSON.stringify(presentEntry(placeable.edited, placement, zone, language))
          : tellEntry(placeable.edited, placement, zone),
      );
    }
  }
}
