/** Composes the document that the formats render from a page of an edition's stories. */
import { convertItem, type EditionDocument, type EditionItem, orderItems } from '../../publish/edition.ts';
import { formats } from '../../publish/formats.ts';
import { headlineOf, type RelatedStory } from '../../store/stories/relations.ts';
import { digestAddress, digestItem, storyAddress } from './digestitem.ts';
import type { Digest } from '../../model/digest.ts';
import type { Withdrawn } from '../../store/stories/withdraw.ts';
import type { Config, Edition } from '../../model/config.ts';
import type { Source } from '../../model/source.ts';
import type { EditionRow } from '../../model/story.ts';
import { distinctName } from '../../divisions/naming.ts';
import { convertScript } from '../../zh/convert.ts';
import { publicAddress } from '../../text/secrets.ts';
import type { WebDeps } from '../deps.ts';
import { STYLESHEET_OF_FEEDS } from '../ui/assets.ts';
import { throughProxy } from './imageproxy.ts';
import {
  type Cursor,
  type Narrowing,
  PAGE_PARAMETERS,
  VIEW_PARAMETERS,
  withoutParameters,
  writeCursor,
} from './query.ts';
import type { ArchiveDay, Selection } from './selection.ts';

interface NarrowingNames {
  readonly places: readonly string[];
  readonly sources: readonly string[];
}

/** What a selection's places and sources are called: 合肥 and 340100 are 合肥市, 320106 is 南京市鼓楼区, a group has its own name. */
export function namesOf(
  { regionsAsked, sources }: Pick<Narrowing, 'regionsAsked' | 'sources'>,
  config: Pick<Config, 'sources'>,
  { regionCodes }: Pick<WebDeps, 'regionCodes'>,
): NarrowingNames {
  const placeOf = (asked: string) => {
    const [code, ...others] = regionCodes(asked) ?? [];
    return (code === undefined || others.length > 0 ? null : distinctName(code)) ?? asked;
  };
  return {
    places: regionsAsked.map(placeOf),
    sources: (sources ?? []).map((id) => config.sources.find((source) => source.id === id)?.name ?? id),
  };
}

export interface DocumentInput {
  readonly config: Pick<Config, 'sources' | 'settings'>;
  /** Signs addresses of the image proxy; null: there is none. */
  readonly imageSecret?: string | null | undefined;
  readonly edition: Edition;
  readonly narrowing: Narrowing;
  /** What the places and sources that it is narrowed to are called. */
  readonly names: NarrowingNames;
  readonly selection: Selection;
  /** By story, for formats that tell of them. */
  readonly related?: ReadonlyMap<string, readonly RelatedStory[]> | undefined;
  /** In place of the selection's stories. */
  readonly digests?: readonly Digest[] | undefined;
  /** Of the edition, of late. */
  readonly withdrawn?: readonly Withdrawn[] | undefined;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** WebSub hub; null without one. */
  readonly hub: string | null;
  readonly format: string;
}

export function composeDocument(input: DocumentInput): EditionDocument {
  const { config, edition, narrowing, selection, baseUrl } = input;
  const sources = new Map(config.sources.map((source) => [source.id, source]));
  const items = orderItems(
    input.digests?.map((digest) => digestItem(digest, edition, baseUrl)) ??
      selection.rows
        .map((row) => toItem(row, sources, input.related?.get(row.story.id) ?? []))
        .map((item) => throughProxy(item, item.source.id, config, baseUrl, input.imageSecret ?? null)),
  );
  const { script, content } = narrowing;
  const say = (text: string) => (script === null ? text : convertScript(text, script));
  const addressOf = (format: string, query: string) =>
    `${baseUrl}/feeds/${encodeURIComponent(edition.id)}.${format}${withQuery(query)}`;
  const address = (format: string) => addressOf(format, narrowing.canonical);
  const addressHere = (query: string) => addressOf(input.format, query);
  const withdrawn = narrowing.page === 1 && narrowing.day === null ? (input.withdrawn ?? []) : [];
  const updates = [...items.map((item) => item.updated), ...withdrawn.map(({ at }) => at)];
  return {
    edition: { ...edition, title: say(titleOf(input)), description: say(edition.description), script, content },
    narrowedTo: [...withoutParameters(narrowing.canonical, VIEW_PARAMETERS)],
    selfUrl: address(input.format),
    homeUrl: pageUrl(input),
    storyUrl: (id) => digestAddress(id, edition, baseUrl) ?? storyAddress(id, baseUrl),
    baseUrl,
    updated: updates.length === 0 ? 0 : Math.max(...updates),
    items: script === null ? items : items.map((item) => convertItem(item, script)),
    alternates: formats
      .filter(({ extension }) => extension !== input.format)
      .map(({ extension }) => ({ format: extension, url: address(extension) })),
    withdrawn,
    page: pageOf(input, addressHere),
    archive: archiveOf(input, addressHere),
    // Later pages and days are no topics: what is new stands on the first page.
    hub: narrowing.page === 1 && narrowing.day === null ? input.hub : null,
    stylesheetUrl: `${baseUrl}${STYLESHEET_OF_FEEDS.path}`,
    iconUrl: `${baseUrl}/icon.png`,
  };
}

/** 长三角 · 合肥市 · “高铁”: the edition, and what of it was chosen. */
export function titleOf({
  edition,
  narrowing: { outlets, q },
  names: { places, sources },
}: Pick<DocumentInput, 'edition' | 'narrowing' | 'names'>): string {
  const chosen = [places, sources, outlets ?? []].filter((list) => list.length > 0).map((list) => list.join('、'));
  return [edition.title, ...chosen, ...(q === null ? [] : [`“${q}”`])].join(' · ');
}

/** The page for people with the same selection; its pages are others than the feed's. */
function pageUrl({ edition, narrowing, baseUrl }: DocumentInput): string {
  const parameters = withoutParameters(narrowing.canonical, [...VIEW_PARAMETERS, 'content']);
  return `${baseUrl}/?${new URLSearchParams([['edition', edition.id], ...parameters])}`;
}

function withQuery(query: string): string {
  return query === '' ? '' : `?${query}`;
}

/** RFC 5005 §3. Pages are named by the story that they come after, so that new arrivals shift nothing. */
function pageOf({ narrowing, selection }: DocumentInput, address: (query: string) => string): EditionDocument['page'] {
  const { page, after, canonical } = narrowing;
  const { next, shown = [], edges = null } = selection;
  if (page === 1 && next === null) return null;
  const query = (number: number, cursor: Cursor | null) => {
    const parameters = withoutParameters(canonical, PAGE_PARAMETERS);
    if (number > 1) parameters.set('page', String(number));
    if (cursor !== null) parameters.set('after', writeCursor(cursor));
    if (cursor !== null && shown.length > 0) parameters.set('shown', shown.join(''));
    return parameters.toString();
  };
  const first = address(query(1, null));
  const previous = () => {
    if (page === 2 || (edges !== null && edges.previous === null)) return first;
    if (edges !== null) return address(query(page - 1, edges.previous));
    // By number, as this page was asked for; what came before a story is not known.
    return after === null ? address(query(page - 1, null)) : null;
  };
  const last = edges?.last ?? null;
  return {
    first,
    previous: page > 1 ? previous() : null,
    next: next === null ? null : address(query(page + 1, next)),
    last: last === null ? null : address(query(last.page, last.after)),
  };
}

/** RFC 5005 §4: a document for each day of an edition, one of which follows the first page. */
function archiveOf(
  { narrowing, selection: { days } }: DocumentInput,
  address: (query: string) => string,
): EditionDocument['archive'] {
  if (days === undefined) return null;
  const at = (document: ArchiveDay | null) => {
    const parameters = withoutParameters(narrowing.canonical, VIEW_PARAMETERS);
    if (document !== null) parameters.set('day', document.day);
    if (document?.after) parameters.set('after', writeCursor(document.after));
    return address(parameters.toString());
  };
  const archived = narrowing.day !== null;
  return {
    archived,
    current: archived ? at(null) : null,
    previous: days.previous === null ? null : at(days.previous),
    next: days.next === null ? null : at(days.next),
  };
}

function toItem(
  { story, lead }: EditionRow,
  sources: ReadonlyMap<string, Source>,
  related: readonly RelatedStory[],
): EditionItem {
  const source = sources.get(lead.source);
  const leading = story.copies.find((copy) => copy.entry === story.lead);
  return {
    id: story.id,
    title: lead.title,
    link: lead.link,
    originalGuid: lead.guid,
    // Where the story stands in its editions is its date for good, whichever copy leads it by now.
    published: story.orderAt,
    firstSeen: story.firstSeen,
    updated: story.updatedAt,
    summary: lead.summary,
    content: lead.content,
    authors: lead.authors,
    outlet: lead.outlet,
    source: {
      id: lead.source,
      name: source?.name ?? leading?.sourceName ?? lead.source,
      url: publicAddress(source?.url ?? ''),
      link: null,
    },
    categories: lead.categories,
    regions: story.regions.map(({ code, name }) => ({ code, name })),
    enclosures: lead.enclosures,
    image: lead.image,
    language: lead.language,
    script: lead.script,
    copies: story.copies.filter((copy) => copy.entry !== story.lead),
    related: related.map((other) => ({ story: other.story.id, title: headlineOf(other.story) })),
  };
}
