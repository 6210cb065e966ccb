/** Writes documents, items and entries as the JSON objects of `deltawire try --json`. */
import { reason } from '../../reasons/catalogue.ts';
import type { Edited } from '../../pipeline/editorial.ts';
import { isoWithOffset } from '../../text/time.ts';
import type { Entry, Opening } from '../../model/entry.ts';
import type { DecisionKind } from '../../model/decision.ts';
import type { FeedDocument, RawItem } from '../../model/feed.ts';
import type { Reason, StoredReason } from '../../model/reason.ts';
import type { Language } from '../../reasons/language.ts';
import { codeOf, say } from '../../reasons/render.ts';
import { maskMessage } from '../../text/masking.ts';

export interface Placement {
  readonly story: string;
  readonly lead: boolean;
  readonly decision: DecisionKind;
  readonly reason: StoredReason;
  /** Stories of the same event. */
  readonly related: readonly { readonly story: string; readonly why: Reason }[];
}

export interface ReadFailure {
  readonly source: string;
  readonly url: string;
  readonly stage: string;
  readonly reason: StoredReason;
}

export function presentFailure({ source, url, stage, reason }: ReadFailure, language: Language): object {
  return {
    error: {
      source: maskMessage(source),
      url: maskMessage(url),
      stage,
      message: say(reason, language),
      messageCode: codeOf(reason),
    },
  };
}

function presentRepairs(repairs: readonly StoredReason[], language: Language): object {
  return { repairs: repairs.map((repair) => say(repair, language)), repairCodes: repairs.map(codeOf) };
}

const iso = (at: number | null, zone: string) => (at === null ? null : isoWithOffset(at, zone));

export function presentDocument(
  { source, url, format, mode, title, link, language, charset, repairs, items }: FeedDocument,
  speaks: Language,
): object {
  return {
    document: {
      source: maskMessage(source),
      url: maskMessage(url),
      format,
      mode: mode ?? 'feed',
      title,
      link,
      language,
      charset,
      ...presentRepairs(repairs, speaks),
      entries: items.length,
    },
  };
}

export function presentItem(item: RawItem, zone: string): object {
  const { id, guid, title, link, summary, content, authors, categories, enclosures } = item;
  const published = iso(item.published, zone);
  const updated = iso(item.updated, zone);
  return { item: { id, guid, title, link, summary, content, authors, published, updated, categories, enclosures } };
}

export function presentEntry(
  { cleaned, classification, relevance }: Edited,
  placement: Placement,
  zone: string,
  language: Language,
): object {
  const { entry } = cleaned;
  const first = relevance[0];
  const why = first?.why ?? reason('edition.none');
  return {
    entry: {
      source: maskMessage(entry.source),
      id: entry.id,
      guid: entry.guid,
      title: entry.title,
      link: entry.link,
      published: iso(entry.published, zone),
      updated: iso(entry.updated, zone),
      authors: entry.authors,
      outlet: entry.outlet,
      outletFrom: entry.outletFrom ?? null,
      editor: entry.editor,
      dateline: entry.dateline,
      opening: openingOf(entry),
      summary: entry.summary,
      content: entry.content,
      text: entry.text,
      categories: entry.categories,
      enclosures: entry.enclosures,
      image: entry.image,
      language: entry.language,
      script: entry.script,
      regions: classification.regions,
      outletPlace: classification.outletPlace ?? null,
      relevant: first?.relevant ?? false,
      relevance: {
        score: first?.score ?? 0,
        threshold: first?.threshold ?? 0,
        why: say(why, language),
        whyCode: codeOf(why),
      },
      story: placement.story,
      lead: placement.lead,
      decision: placement.decision,
      reason: say(placement.reason, language),
      reasonCode: codeOf(placement.reason),
      related: placement.related.map(({ story, why }) => ({ story, why: say(why, language), whyCode: codeOf(why) })),
      ...presentRepairs(entry.repairs, language),
    },
  };
}

/** The opening as readers see it, without its span. */
function openingOf({ opening }: Entry): Omit<Opening, 'start' | 'length'> | null {
  if (opening === null || opening === undefined) return null;
  const { agency, place, date, people } = opening;
  return { agency, place, date, people };
}
