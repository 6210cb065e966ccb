/** Says what the config in force has of a source: its settings by its id, and what is asked at which address. */
import type { FetchRequest } from '../fetch/fetcher.ts';
import type { Config } from '../model/config.ts';
import type { Source, SourceFacts, SourceKind, SourceState } from '../model/source.ts';
import { onceForEach } from '../text/onceforeach.ts';

/** A list of ten thousand is not searched at every poll; a config that was swapped goes with its index. */
const byId = onceForEach((sources: Config['sources']) => new Map(sources.map((source) => [source.id, source])));

export function findSource({ sources }: Pick<Config, 'sources'>, id: string): Source | undefined {
  return byId(sources).get(id);
}

const byFormer = onceForEach(
  (sources: Config['sources']) =>
    new Map(sources.flatMap((source) => source.formerly.map((id) => [id, source] as const)).toReversed()),
);

/** The source that had this id before; undefined where none had. */
export function findRenamed({ sources }: Pick<Config, 'sources'>, former: string): Source | undefined {
  return byFormer(sources).get(former);
}

/** Sources that a new config polls under another id than the one before, and does not say so: their history begins anew. */
export function renamedUnsaid(
  before: Pick<Config, 'sources'>,
  after: Pick<Config, 'sources'>,
): readonly { readonly from: string; readonly to: string }[] {
  const kept = new Set(after.sources.flatMap(({ id, formerly }) => [id, ...formerly]));
  const gone = new Map(before.sources.flatMap(({ id, url }) => (kept.has(id) ? [] : [[url, id] as const])));
  return after.sources.flatMap(({ id, url }) => {
    const from = findSource(before, id) === undefined ? gone.get(url) : undefined;
    return from === undefined ? [] : [{ from, to: id }];
  });
}

/** The id of a source with those that it had before; of one that the config does not have, the id alone. */
export function idsOf(config: Pick<Config, 'sources'>, id: string): readonly string[] {
  return [...new Set([id, ...(findSource(config, id)?.formerly ?? [])])];
}

/** A source's settings. One that left the config since it was polled is still worth reading: it gets plain ones. */
export function factsOf(config: Config, id: string): SourceFacts {
  return (
    findSource(config, id) ?? { id, name: id, timezone: 'Asia/Shanghai', region: null, keep: [], drop: [], trust: 0 }
  );
}

/** The address that is asked: `rsshub://route` lies under the configured base; null where none is configured. */
export function resolveAddress(url: string, rsshub: string | null): string | null {
  if (!url.startsWith('rsshub://')) return url;
  if (rsshub === null) return null;
  return `${rsshub.replace(/(?<!\/)\/+$/, '')}/${url.slice('rsshub://'.length).replace(/^\/+/, '')}`;
}

/** What is asked for a source at `url`: its configured address, one that it moved to, or one that it links to. */
export function requestOf(
  { headers, proxy, tls, kind }: Pick<Source, 'headers' | 'proxy' | 'tls' | 'kind'>,
  url: string,
  configured = url,
): FetchRequest {
  return { url, headers, headersFor: configured, proxy, tls, accept: kind === 'auto' ? 'feed' : kind };
}

/** The address that a source is asked at; null where the config has no such source, or it needs an RSSHub that is not named. */
export function addressOf(config: Config, id: string): string | null {
  const source = findSource(config, id);
  return source === undefined ? null : resolveAddress(source.url, config.settings.rsshub);
}

/**
 * How the source's next answer is read: a source of kind `auto` that was a feed stays one, so that a page in its place is
 * a change that is told, and no news.
 */
export function kindToRead({ kind }: Pick<Source, 'kind'>, { format }: Pick<SourceState, 'format'>): SourceKind {
  return kind === 'auto' && format !== null && format !== 'page' ? 'feed' : kind;
}
