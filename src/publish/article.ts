/** Prepares an edition's items for any format: everything checked, cleaned and absolute. */
import { languageTag, mediaType, urnPart, webAddress } from './fieldvalues.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { plausibleTime, publicationTime } from './edition.ts';
import type { EditionDocument, EditionItem } from './edition.ts';
import { renderFoot, renderOrigin } from './footer.ts';
import { htmlToText, tidyHtml } from './tidyhtml.ts';
import { cleanLine, cleanName, cleanText, excerpt, shorten } from './cleantext.ts';
import { createPieces } from '../text/giveway.ts';
import { escapeMarkup } from '../text/html.ts';
import { messageOf } from '../text/messageof.ts';

export interface Attachment {
  readonly url: string;
  readonly type: string;
  /** Bytes. */
  readonly length: number | null;
  readonly medium: 'image' | 'audio' | 'video' | 'document';
}

interface ArticleCopy {
  readonly title: string;
  readonly outlet: string;
  readonly link: string;
  readonly published: number | null;
}

/** One item as every format publishes it. Text is clean and on one line; addresses are absolute http(s). */
export interface Article {
  /** `urn:deltawire:story:…`: stable as long as the story is. */
  readonly urn: string;
  /** Story id. */
  readonly story: string;
  readonly title: string;
  /** The publisher's page, or deltawire's where there is none. */
  readonly link: string;
  /** The publisher's page; null where there is none. */
  readonly via: string | null;
  /** deltawire's page of the story where `link` is the publisher's; else null. */
  readonly storyUrl: string | null;
  readonly originalGuid: string | null;
  readonly published: number;
  readonly updated: number;
  /** Plain text, its paragraphs on lines; never empty. */
  readonly summary: string;
  /** Balanced HTML with the copies at its foot, or the summary as HTML; never empty. */
  readonly content: string;
  /** The people who sign; else the outlet, whose item it is then. One at least. */
  readonly signers: readonly string[];
  readonly outlet: string | null;
  readonly source: {
    readonly urn: string;
    readonly id: string;
    readonly name: string;
    readonly url: string | null;
    readonly link: string | null;
  };
  readonly categories: readonly string[];
  readonly regions: readonly { readonly code: string; readonly name: string }[];
  readonly attachments: readonly Attachment[];
  readonly image: string | null;
  readonly language: string | null;
  /** Each outlet once, at most a dozen. */
  readonly copies: readonly ArticleCopy[];
  /** Stories of the same event, with deltawire's page of each. */
  readonly related: readonly { readonly story: string; readonly title: string; readonly url: string }[];
}

/** An item that could not be published, and why. */
export interface LeftOut {
  readonly story: string;
  readonly reason: Reason;
}

const MAX_TITLE_CHARACTERS = 500;
const MAX_SUMMARY_CHARACTERS = 2000;

function cleanNames(names: readonly string[]): string[] {
  return [...new Set(names.map(cleanName))].filter((name) => name !== null);
}

function mediumOf(type: string): Attachment['medium'] {
  const family = type.split('/', 1)[0];
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'document';
}

/** Each file once, however often and under whichever scheme its publisher names it; https where that is named. */
function attachmentsOf(item: EditionItem): Attachment[] {
  const byFile = new Map<string, Attachment>();
  for (const enclosure of item.enclosures) {
    const url = webAddress(enclosure.url);
    if (url === null) continue;
    const [file = ''] = url.replace(/^https?:/, '').split('#');
    const known = byFile.get(file);
    if (known !== undefined) {
      if (url.startsWith('https:') && known.url.startsWith('http:')) byFile.set(file, { ...known, url });
      continue;
    }
    const type = mediaType(enclosure.type, url);
    const length =
      enclosure.length !== null && Number.isSafeInteger(enclosure.length) && enclosure.length > 0
        ? enclosure.length
        : null;
    byFile.set(file, { url, type, length, medium: mediumOf(type) });
  }
  return [...byFile.values()];
}

/** Outlets that an item lists; the story's page has them all. */
const MOST_COPIES = 12;

/** The copies, the first of each outlet, and how many outlets are more than are listed. */
function copiesOf(item: EditionItem): { readonly copies: readonly ArticleCopy[]; readonly more: number } {
  const byOutlet = new Map<string, ArticleCopy>();
  const links = new Set([webAddress(item.link)]);
  for (const copy of item.copies) {
    const link = webAddress(copy.link);
    if (link === null || links.has(link)) continue;
    const outlet = cleanName(copy.outlet ?? '') ?? cleanName(copy.sourceName) ?? new URL(link).hostname;
    links.add(link);
    if (byOutlet.has(outlet)) continue;
    byOutlet.set(outlet, {
      link,
      outlet,
      title: shorten(cleanLine(copy.title), MAX_TITLE_CHARACTERS),
      published: plausibleTime(copy.published) ?? plausibleTime(copy.firstSeen),
    });
  }
  const all = [...byOutlet.values()];
  return { copies: all.slice(0, MOST_COPIES), more: Math.max(0, all.length - MOST_COPIES) };
}

function languageOf(item: EditionItem): string | null {
  if (item.script !== null) return item.script === 'hant' ? 'zh-Hant' : 'zh-Hans';
  return languageTag(item.language);
}

function paragraphs(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .map((line) => `<p>${escapeMarkup(line)}</p>`)
    .join('');
}

function buildArticle(item: EditionItem, document: EditionDocument): Article | { readonly left: Reason } {
  if (item.id.trim() === '') return { left: reason('publish.no-id') };
  const storyUrl = webAddress(document.storyUrl(item.id));
  const via = webAddress(item.link);
  const link = via ?? storyUrl;
  if (link === null) return { left: reason('publish.no-address') };
  const latest = plausibleTime(document.updated);
  const published = publicationTime(item, latest);
  if (published === null) return { left: reason('publish.no-date') };

  const body = tidyHtml(item.content);
  const bodyText = htmlToText(body);
  const title = shorten(cleanLine(item.title), MAX_TITLE_CHARACTERS) || excerpt(item.summary) || excerpt(bodyText);
  if (title === '') return { left: reason('publish.empty') };
  const summary = shorten(cleanText(item.summary).trim() || bodyText || title, MAX_SUMMARY_CHARACTERS);
  const { copies, more } = copiesOf(item);
  const authors = cleanNames(item.authors);
  const outlet = cleanName(item.outlet ?? '');
  const sourceName = cleanName(item.source.name) ?? cleanName(item.source.id) ?? 'deltawire';
  const origin = renderOrigin(cleanLine(item.outlet ?? item.source.name).trim(), link, item.script);
  const content =
    document.edition.content === 'summary'
      ? paragraphs(summary) + origin
      : (body || paragraphs(summary)) + origin + renderFoot(copies, { count: more, url: storyUrl }, item.script);

  return {
    urn: storyUrn(item.id),
    story: cleanLine(item.id),
    title,
    link,
    via,
    storyUrl: storyUrl === link ? null : storyUrl,
    originalGuid:
      item.originalGuid === null ? null : shorten(cleanLine(item.originalGuid), MAX_TITLE_CHARACTERS) || null,
    published,
    updated: plausibleTime(item.updated, latest) ?? published,
    summary,
    content,
    signers: authors.length > 0 ? authors : [outlet ?? sourceName],
    outlet,
    source: {
      urn: `urn:deltawire:source:${urnPart(item.source.id)}`,
      id: cleanLine(item.source.id),
      name: sourceName,
      url: webAddress(item.source.url),
      link: webAddress(item.source.link),
    },
    categories: cleanNames(item.categories),
    regions: item.regions
      .map(({ code, name }) => ({ code: cleanLine(code), name: cleanLine(name) }))
      .filter(({ code }) => code !== ''),
    attachments: attachmentsOf(item),
    image: webAddress(item.image),
    language: languageOf(item),
    copies,
    related: (item.related ?? []).map(({ story, title }) => ({
      story: cleanLine(story),
      title: shorten(cleanLine(title), MAX_TITLE_CHARACTERS),
      url: document.storyUrl(story),
    })),
  };
}

/** The articles in the items' order, and the items that cannot be published. One bad item never loses the others. */
export async function prepareArticles(document: EditionDocument): Promise<{ articles: Article[]; left: LeftOut[] }> {
  const articles: Article[] = [];
  const left: LeftOut[] = [];
  const seen = new Set<string>();
  const pieces = createPieces();
  for (const item of document.items) {
    await pieces();
    const outcome = attempt(item, document);
    if ('left' in outcome) left.push({ story: item.id, reason: outcome.left });
    else if (seen.has(outcome.urn)) left.push({ story: item.id, reason: reason('publish.twice') });
    else {
      seen.add(outcome.urn);
      articles.push(outcome);
    }
  }
  return { articles, left };
}

// Items come out of a database: one stored by a defect in another shape must cost itself, not the feed.
function attempt(item: EditionItem, document: EditionDocument): Article | { readonly left: Reason } {
  try {
    return buildArticle(item, document);
  } catch (error) {
    return { left: reason('publish.damaged', { said: messageOf(error) }) };
  }
}

/** A story's id in every format, as long as the story is. */
export function storyUrn(id: string): string {
  return `urn:deltawire:story:${urnPart(id)}`;
}
