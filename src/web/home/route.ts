/** Answers the public pages: home, one story, the list of editions as OPML. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { renderOpml } from '../../publish/opml.ts';
import { readCoverage } from '../../store/ledger/coverage.ts';
import { countEdition, readEntry, readStory, resolveStory } from '../../store/stories/stories.ts';
import type { Edition } from '../../model/config.ts';
import type { Entry } from '../../model/entry.ts';
import { mayUseForms } from '../http/access.ts';
import { basesOf } from '../http/baseurl.ts';
import { fromStore, shared } from '../http/storetimeout.ts';
import { contextOf, sendPage, textOf, wantsJson } from '../context.ts';
import type { WebDeps } from '../deps.ts';
import { answer } from '../http/errors.ts';
import { FORMATS } from '../feeds/route.ts';
import { renderHome } from './page.tsx';
import { throughProxy } from '../feeds/imageproxy.ts';
import { type Narrowing, type Query, readNarrowing } from '../feeds/query.ts';
import { editionOf, type Place, placeAbove, placesWithin, provincesOf } from '../status/places.ts';
import { type Pools, selectStories, sinceOf } from '../feeds/stories.ts';
import { bringsSession } from '../auth/cookie.ts';
import { renderStory, type StoryView } from '../story/page.tsx';
import { storyJson } from '../story/json.ts';

const STORIES_PER_PAGE = 30;
const COVERAGE_DAYS = 7;
const COVERAGE_MS = 10_000;
/** Copies that a story's page reads; a story told by more lists these. */
const MAX_COPIES = 100;

export function servePages(app: FastifyInstance, deps: WebDeps): void {
  const pools: Pools = new Map();
  const bases = basesOf(deps);
  const coverage = shared(() => readCoverage(deps.store, deps.now(), COVERAGE_DAYS), COVERAGE_MS);

  async function home(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const context = contextOf(request, deps.now());
    const config = deps.config();
    const edition = editionOf(config, textOf(request, 'edition'));
    if (edition === null) {
      const known = config.editions.map(({ id }) => id).join(', ');
      const text = context.say('noSuchEdition', { id: textOf(request, 'edition', 40), known });
      return answer(request, reply, deps, { status: 404, title: 'notFound', text });
    }
    const query = request.query as Query;
    const typed = { region: textOf(request, 'region'), q: textOf(request, 'q'), script: textOf(request, 'script') };
    const narrowed = readNarrowing(query, edition, config, deps.regionCodes);
    const plain = readNarrowing({}, edition, config, deps.regionCodes);
    const narrowing = narrowed.ok ? narrowed.narrowing : plain.ok ? plain.narrowing : null;
    if (narrowing === null) throw new Error('the empty narrowing cannot be wrong');
    const since = sinceOf(edition, deps.now());
    const [selection, counts, entries] = await fromStore(() =>
      Promise.all([
        narrowed.ok
          ? selectStories(deps.store, pools, edition, { ...narrowing, limit: STORIES_PER_PAGE }, since)
          : { rows: [], next: null, edges: null },
        countEditions(config.editions),
        coverage.read(),
      ]),
    );
    const trail = trailOf(narrowing);
    const around = trail.at(-1);
    const places =
      around === undefined
        ? provincesOf(edition, deps.regionCodes, deps.regionName)
        : placesWithin(around.code, deps.regionName);
    const base = bases(request).url;
    const suffix = feedQuery(narrowing);
    if (!narrowed.ok) reply.code(400);
    const html = renderHome(context, {
      config,
      edition,
      narrowing,
      typed,
      selection,
      addresses: FORMATS.map(({ extension, contentType, name }) => ({
        format: name,
        contentType,
        url: `${base}/feeds/${encodeURIComponent(edition.id)}.${extension}${suffix}`,
      })),
      counts,
      places: places.map(({ code, name }) => ({ code, name, entries: entries.get(code) ?? 0 })),
      trail,
      fault: narrowed.ok ? null : narrowed.message,
    });
    return sendPage(reply, context, html);
  }

  async function countEditions(editions: readonly Edition[]): Promise<Map<string, number>> {
    const counts = await Promise.all(
      editions.map((edition) => countEdition(deps.store, edition.id, sinceOf(edition, deps.now()))),
    );
    return new Map(editions.map(({ id }, i) => [id, counts[i] ?? 0]));
  }

  /** The one place that is looked at, under those that it lies in. */
  function trailOf({ regions }: Narrowing): Place[] {
    const [code, ...more] = regions ?? [];
    if (code === undefined || more.length > 0) return [];
    const trail = [{ code, name: deps.regionName(code) ?? code }];
    for (let above = placeAbove(code, deps.regionName); above !== null; above = placeAbove(above.code, deps.regionName))
      trail.unshift(above);
    return trail;
  }

  async function story(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { id: given } = request.params as { id: string };
    const asked = given.replace(/\.json$/, '');
    const json = given !== asked || wantsJson(request);
    const mayArrange = mayUseForms(deps.config().settings.server, request.headers, bringsSession(request));
    const view = await fromStore(() => readStoryView(asked, mayArrange));
    const context = contextOf(request, deps.now());
    reply.header('vary', 'Accept');
    if (view === null) {
      if (json) return reply.code(404).send({ error: `there is no story "${asked.slice(0, 64)}"` });
      return answer(request, reply, deps, { status: 404, title: 'notFound', text: context.say('noSuchStory') });
    }
    if (view.story.id !== asked)
      return reply.redirect(`/stories/${encodeURIComponent(view.story.id)}${given === asked ? '' : '.json'}`, 301);
    // Scripts and readers of the JSON get the publisher's own addresses.
    return json
      ? reply.send(storyJson(view))
      : sendPage(reply, context, renderStory(context, withPictures(view, request)));
  }

  function withPictures(view: StoryView, request: FastifyRequest): StoryView {
    const { url } = bases(request);
    const secret = deps.images?.secret ?? null;
    const show = (entry: Entry) => throughProxy(entry, entry.source, view.config, url, secret);
    const copies = view.copies.map((copy) =>
      copy.entry === null ? copy : Object.assign({}, copy, { entry: show(copy.entry) }),
    );
    return { ...view, copies };
  }

  async function readStoryView(asked: string, mayArrange: boolean): Promise<StoryView | null> {
    const config = deps.config();
    const id = await resolveStory(deps.store, asked);
    const story = await readStory(deps.store, id);
    if (story === null) return null;
    const names = new Map(config.sources.map((source) => [source.id, source.name]));
    const members = story.copies
      .toSorted(
        (a, b) =>
          Number(b.entry === story.lead) - Number(a.entry === story.lead) ||
          b.trust - a.trust ||
          a.firstSeen - b.firstSeen,
      )
      .slice(0, MAX_COPIES);
    const entries = await Promise.all(members.map((member) => readEntry(deps.store, member.entry)));
    return {
      config,
      story,
      mayArrange,
      copies: members.map((member, i) => ({
        member,
        sourceName: names.get(member.source) ?? member.sourceName,
        entry: entries[i]?.entry ?? null,
        regions: entries[i]?.regions ?? [],
        ledger: entries[i]?.ledger ?? [],
      })),
    };
  }

  app.get('/', (request, reply) => home(request, reply));
  app.get('/stories/:id', (request, reply) => story(request, reply));
  app.get('/opml', (request, reply) => {
    const base = bases(request).url;
    const outlines = deps.config().editions.map(({ id, title }) => ({
      title,
      xmlUrl: `${base}/feeds/${encodeURIComponent(id)}.${FORMATS[0]?.extension ?? 'rss'}`,
      htmlUrl: `${base}/?edition=${encodeURIComponent(id)}`,
    }));
    return reply
      .header('cache-control', 'public, max-age=60')
      .header('content-disposition', 'inline; filename="deltawire.opml"')
      .type('text/x-opml; charset=utf-8')
      .send(renderOpml('deltawire', outlines));
  });
}

/** The narrowing as a feed takes it: a page of the home page is no page of the feed. */
function feedQuery({ canonical }: Narrowing): string {
  const query = new URLSearchParams(canonical);
  query.delete('page');
  query.delete('after');
  return query.size === 0 ? '' : `?${query}`;
}
