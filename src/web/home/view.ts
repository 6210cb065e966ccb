/** Puts together what the home page shows: an edition as narrowed, its addresses, the places that have a feed. */
import type { Config, Edition } from '../../model/config.ts';
import type { Reason } from '../../model/reason.ts';
import { formats } from '../../publish/formats.ts';
import type { EditionRow } from '../../model/story.ts';
import type { Store } from '../../store/redis/keys.ts';
import { countEdition, readRows } from '../../store/stories/stories.ts';
import type { WebDeps } from '../deps.ts';
import { namesOf, titleOf } from '../feeds/feeddocument.ts';
import { proxiedPicture } from '../feeds/imageproxy.ts';
import { type Narrowing, PAGE_PARAMETERS, type Query, readNarrowing, withoutParameters } from '../feeds/query.ts';
import { type Selection, selectStories, sinceOf } from '../feeds/selection.ts';
import { fromStore } from '../http/storetimeout.ts';
import type { TopStories } from './topstories.ts';
import { type Place, placeAbove, placesWithin, provincesOf } from '../status/placelist.ts';

const STORIES_PER_PAGE = 30;

interface FeedAddress {
  readonly format: string;
  readonly contentType: string;
  readonly url: string;
}

/** What the reader filled in, as typed. */
interface Typed {
  readonly region: string;
  readonly q: string;
  readonly script: string;
}

export interface HomeView {
  readonly config: Config;
  readonly edition: Edition;
  readonly narrowing: Narrowing;
  /** The edition, and what of it was chosen. */
  readonly title: string;
  readonly typed: Typed;
  /** Whether anything but the script was chosen. */
  readonly narrowed: boolean;
  /** What was searched for. */
  readonly words: readonly string[];
  /** On the first page of a whole edition: its stories of most weight, which `selection` then leaves out. */
  readonly top: readonly EditionRow[];
  readonly selection: Selection;
  /** Story id → the address of its picture under this server's own. */
  readonly images: ReadonlyMap<string, string>;
  readonly addresses: readonly FeedAddress[];
  /** Edition id → its stories. */
  readonly counts: ReadonlyMap<string, number>;
  /** Provinces, or what lies in the place that is looked at. */
  readonly places: readonly (Place & { readonly entries: number })[];
  /** The place that is looked at and those above it, largest first. */
  readonly trail: readonly Place[];
  /** What is wrong with what was typed. */
  readonly fault: Reason | null;
}

export interface HomeRequest {
  readonly edition: Edition;
  readonly query: Query;
  readonly typed: Typed;
  /** The address that this server goes by, without a slash at the end. */
  readonly baseUrl: string;
}

interface HomeSources {
  /** Entries of the last days by region code. */
  readonly coverage: () => Promise<ReadonlyMap<string, number>>;
  readonly topStories: TopStories;
}

/** A faulty query shows the plain edition's addresses and no story. */
export async function readHomeView(
  deps: WebDeps,
  { coverage, topStories }: HomeSources,
  { edition, query, typed, baseUrl }: HomeRequest,
): Promise<HomeView> {
  const { store, regionCodes, regionName } = deps;
  const config = deps.config();
  const narrowed = readNarrowing(query, edition, config, regionCodes);
  const plain = readNarrowing({}, edition, config, regionCodes);
  const narrowing = narrowed.ok ? narrowed.narrowing : plain.ok ? plain.narrowing : null;
  if (narrowing === null) throw new Error('the empty narrowing cannot be wrong');
  const since = sinceOf(edition, deps.now());
  const isNarrowed = withoutParameters(narrowing.canonical, ['script']).size > 0;
  const [selection, topIds, counts, entries] = await fromStore(() =>
    Promise.all([
      narrowed.ok
        ? selectStories(store, { edition, narrowing: { ...narrowing, limit: STORIES_PER_PAGE }, since })
        : { rows: [], next: null, edges: null },
      narrowed.ok && !isNarrowed ? topStories(edition) : [],
      countEditions(deps, config.editions),
      coverage(),
    ]),
  );
  const top = await fromStore(() => readTop(store, edition, topIds, selection.rows));
  const isOnTop = new Set(top.map(({ story }) => story.id));
  const rows = selection.rows.filter(({ story }) => !isOnTop.has(story.id));
  const trail = trailOf(narrowing, regionName);
  const around = trail.at(-1);
  const places =
    around === undefined ? provincesOf(edition, regionCodes, regionName) : placesWithin(around.code, regionName);
  return {
    config,
    edition,
    narrowing,
    title: titleOf({ edition, narrowing, names: namesOf(narrowing, config, deps) }),
    typed,
    narrowed: withoutParameters(narrowing.canonical, [...PAGE_PARAMETERS, 'script']).size > 0,
    words: (narrowing.q ?? '').split(/\s+/).filter(Boolean),
    top,
    selection: { ...selection, rows },
    images: imagesOf([...top, ...rows], deps, baseUrl),
    addresses: addressesOf(edition, narrowing, baseUrl),
    counts,
    places: places.map(({ code, name }) => ({ code, name, entries: entries.get(code) ?? 0 })),
    trail,
    fault: narrowed.ok ? null : narrowed.why,
  };
}

/** As they are now: one that was withdrawn or left the edition since the choice is not shown. */
async function readTop(
  store: Store,
  edition: Edition,
  ids: readonly string[],
  read: readonly EditionRow[],
): Promise<EditionRow[]> {
  const known = new Map(read.map((row) => [row.story.id, row]));
  const further = await readRows(
    store,
    ids.filter((id) => !known.has(id)),
  );
  for (const row of further) known.set(row.story.id, row);
  return ids.flatMap((id) => known.get(id) ?? []).filter(({ story }) => story.editions.includes(edition.id));
}

function imagesOf(rows: readonly EditionRow[], { config, images }: WebDeps, baseUrl: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const { story, lead } of rows) {
    const address = proxiedPicture(lead, config(), baseUrl, images?.secret ?? null);
    if (address !== null) found.set(story.id, address);
  }
  return found;
}

async function countEditions(
  { store, now }: WebDeps,
  editions: readonly Edition[],
): Promise<ReadonlyMap<string, number>> {
  const counts = editions.map(
    async (edition) => [edition.id, await countEdition(store, edition.id, sinceOf(edition, now()))] as const,
  );
  return new Map(await Promise.all(counts));
}

/** The one place that is looked at, under those that it lies in; none where several are. */
function trailOf({ regions }: Narrowing, regionName: WebDeps['regionName']): Place[] {
  const [code, ...more] = regions ?? [];
  if (code === undefined || more.length > 0) return [];
  const trail = [{ code, name: regionName(code) ?? code }];
  for (let above = placeAbove(code, regionName); above !== null; above = placeAbove(above.code, regionName))
    trail.unshift(above);
  return trail;
}

/** The narrowed feed in each format; a page of the home page is no page of the feed. */
function addressesOf({ id }: Edition, { canonical, regions }: Narrowing, baseUrl: string): FeedAddress[] {
  const query = withoutParameters(canonical, PAGE_PARAMETERS);
  // A code is the same in every program; one that does not encode addresses may still break off at a Chinese name.
  if (regions?.length === 1) query.set('region', regions.join());
  const suffix = query.size === 0 ? '' : `?${query}`;
  return formats.map(({ extension, contentType, name }) => ({
    format: name,
    contentType,
    url: `${baseUrl}/feeds/${encodeURIComponent(id)}.${extension}${suffix}`,
  }));
}
