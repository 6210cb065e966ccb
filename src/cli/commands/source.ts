/** `deltawire source add`: looks at an address, finds its feed or the selectors that read it, and proposes a block. */
import { say } from '../../reasons/render.ts';
import { languageOf } from '../output/locale.ts';
import { writeBlock, type NewSource } from '../../config/files/edit.ts';
import { readDocument } from '../../feed/readdocument.ts';
import { decodeBytes } from '../../feed/bytes/decode.ts';
import { discoverFeeds } from '../../feed/page/discover.ts';
import { proposeSelectors } from '../../feed/page/propose.ts';
import { createFetcher } from '../../fetch/fetcher.ts';
import type { FeedDocument } from '../../model/feed.ts';
import type { Selectors } from '../../model/source.ts';
import { CommandError, type ExitCode, print, requireConfig } from '../output/exit.ts';
import { loadAt, type Loaded } from '../input/documents.ts';
import { sourceUrlProblem } from '../../config/schema/addresses.ts';
import { CONFIG_CHECKS } from '../../pipeline/checks.ts';
import { addressKey, addSources, nameFrom, nameSource } from '../../config/files/newsource.ts';

const SAMPLES = 5;
const MAX_FEEDS = 5;

interface Found {
  readonly url: string;
  readonly document: FeedDocument | null;
  readonly select: Selectors | null;
  readonly samples: readonly string[];
}

export async function runSourceAdd(
  url: string,
  options: { readonly config: string; readonly id?: string | undefined; readonly yes: boolean },
): Promise<ExitCode> {
  const problem = sourceUrlProblem(url);
  if (problem !== null) throw new CommandError([say(problem, languageOf(process.env))], 2);
  const config = await requireConfig(options.config);
  const taken = new Set(config.sources.map(({ id }) => id));
  if (options.id !== undefined && taken.has(options.id)) throw new CommandError([`the id ${options.id} is taken`], 2);
  const fetcher = createFetcher(config.settings.fetch);
  let found: Found;
  try {
    found = await look(url, (address) => loadAt(address, config, fetcher));
  } finally {
    await fetcher.close();
  }
  const same = config.sources.find((source) => addressKey(source.url) === addressKey(found.url));
  if (same !== undefined)
    throw new CommandError([`${found.url} is source ${same.id} already (${same.at.file}:${same.at.line})`], 1);
  const title = nameFrom(found.document?.title ?? '');
  const block: NewSource = {
    id: options.id ?? nameSource(found.url, taken),
    ...(title !== null && { name: title }),
    url: found.url,
    ...(found.select !== null && { kind: 'page', select: found.select }),
  };
  for (const sample of found.samples.slice(0, SAMPLES)) await print(`# ${sample}`);
  await print(writeBlock(block));
  if (!options.yes) {
    await print('# not written; --yes adds it to sources.yaml');
    return 0;
  }
  const added = await addSources(config, [block], CONFIG_CHECKS);
  if (!added.ok) throw new CommandError([say(added.why, languageOf(process.env))], 1);
  await print(`# added to sources.yaml${added.backup === null ? '' : `; the old one is ${added.backup}`}`);
  return 0;
}

/** The feed at the address, the best feed its page links to, or the page with selectors. Throws CommandError. */
async function look(url: string, load: (url: string) => Promise<Loaded>): Promise<Found> {
  const loaded = await load(url);
  if (!loaded.ok)
    throw new CommandError(
      [`${url}: ${loaded.failure.stage}: ${say(loaded.failure.reason, languageOf(process.env))}`],
      1,
    );
  const own = await readDocument(loaded.settings, loaded, Date.now());
  if (own.ok && own.document.items.length > 0) return fromFeed(url, own.document);
  const decoded = decodeBytes(loaded.bytes, { contentType: loaded.headers['content-type'] ?? null });
  const html = decoded.ok ? decoded.text : '';
  for (const feed of discoverFeeds(html, loaded.url).slice(0, MAX_FEEDS)) {
    const linked = await load(feed.url);
    const read = linked.ok ? await readDocument(linked.settings, linked, Date.now()) : null;
    if (read?.ok === true && read.document.items.length > 0) return fromFeed(feed.url, read.document);
  }
  const proposal = proposeSelectors(html, loaded.url)[0];
  if (proposal !== undefined) {
    const samples = proposal.samples.map(({ title, date }) => `${date ?? '-'} ${nameFrom(title) ?? ''}`);
    return { url, document: null, select: proposal.select, samples };
  }
  const why = own.ok ? 'a feed without items' : say(own.reason, languageOf(process.env));
  throw new CommandError([`${url}: no feed, no link to one, and no list of news in it (${why})`], 1);
}

function fromFeed(url: string, document: FeedDocument): Found {
  const samples = document.items.slice(0, SAMPLES).map(({ title, published }) => {
    const date = published === null ? '-' : new Date(published).toISOString().slice(0, 10);
    return `${date} ${nameFrom(title) ?? ''}`;
  });
  return { url, document, select: null, samples };
}
