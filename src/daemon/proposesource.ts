/** Proposes the block of a source that was found: its name, where its outlet is, and the group it stands in. */
import { nameFrom, nameSource } from '../config/files/newsource.ts';
import { provinceOf } from '../divisions/codes.ts';
import { loadGazetteer, type Place } from '../divisions/gazetteer.ts';
import type { Config } from '../model/config.ts';
import type { ProposedSource, Source } from '../model/source.ts';
import { placeOfHost } from '../region/find/latin.ts';
import { createClassifier } from '../region/classify.ts';
import { hostOf, registeredDomain } from '../text/url.ts';
import type { FoundSource } from './findsource.ts';

const SEPARATORS = /\s{0,5}[_|｜—–»>]+\s{0,5}|\s{1,5}-{1,2}\s{1,5}|-{2}|-(?=[^-]{0,40}(?:网|政府|频道|门户)$)/;
const ORGANISER = /(?:主办单位|主\s{0,3}办|承办单位)\s{0,3}[：:]\s{0,3}([\p{Script=Han}]{4,30})/u;
/** Characters of a page's markup that are looked through for who runs it. */
const MOST_HTML = 1_000_000;

/** 要闻_中安在线 → 中安在线 要闻: pages put their site last. Feeds are called as they call themselves. */
function nameOf({ document }: FoundSource): string | null {
  const title = nameFrom(document.title ?? '');
  if (title === null || document.format !== 'page') return title;
  const parts = title.split(SEPARATORS).filter((part) => part !== '');
  const [channel, site] = [parts[0], parts.at(-1)];
  if (channel === undefined || site === undefined || parts.length === 1) return title;
  return channel.startsWith(site) ? channel : `${site} ${channel}`;
}

const organiserOf = (html: string): string =>
  ORGANISER.exec(html.slice(0, MOST_HTML).replaceAll(/<[^<>]{0,500}>/g, ''))?.[1] ?? '';

/** By the name, then by who runs the site, then by the host's letters. */
function placeOf({ url, html }: FoundSource, name: string, config: Config): Place | null {
  const classifier = createClassifier(config.regions);
  const { byCode } = loadGazetteer();
  for (const text of [name, organiserOf(html)]) {
    const code = text === '' ? null : classifier.placeNamed(text);
    const place = code === null ? undefined : byCode.get(code);
    if (place !== undefined) return place;
  }
  return placeOfHost(hostOf(url) ?? '', config.regions.home);
}

/** The first source of this domain. */
function sameSiteOf(url: string, { sources }: Config): Source | undefined {
  const domain = registeredDomain(new URL(url).hostname);
  return sources.find((source) => registeredDomain(hostOf(source.url) ?? '') === domain);
}

/** The group of the sources of this domain, or else of most sources of its province. */
function groupOf(sameSite: Source | undefined, place: Place | null, { sources }: Config): string | null {
  if (sameSite !== undefined) return sameSite.group;
  const province = place === null ? undefined : loadGazetteer().byCode.get(provinceOf(place.code));
  return province === undefined || sources.length === 0 ? null : province.short;
}

/** Sources of one site are trusted alike. `id`: as the person wants it; else made of the address. Pages have their articles read, for a list gives no text. */
export function proposeSource(found: FoundSource, config: Config, id?: string): ProposedSource {
  const { url, document } = found;
  const name = nameOf(found);
  const isWeb = /^https?:/i.test(url);
  const sameSite = isWeb ? sameSiteOf(url, config) : undefined;
  const place = isWeb ? placeOf(found, name ?? '', config) : null;
  const group = isWeb ? groupOf(sameSite, place, config) : null;
  return {
    id: id ?? nameSource(url, new Set(config.sources.map((source) => source.id))),
    ...(name !== null && { name }),
    url,
    ...(document.format === 'page' && { kind: 'page' }),
    ...(group !== null && { group }),
    ...(place !== null && { region: place.name }),
    ...(sameSite !== undefined && { trust: sameSite.trust }),
    ...(document.format === 'page' && { fullText: true }),
  };
}
