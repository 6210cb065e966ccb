/** Finishes loose items, from whatever parser, into raw items: dates, ids, repairs. */
import type { FeedDocument, RawItem } from '../../model/feed.ts';
import type { DocumentSettings } from '../../model/source.ts';
import { parseDate } from '../dates/feeddates.ts';
import type { DateContext, ParsedDate } from '../dates/feeddates.ts';
import type { Reason } from '../../model/reason.ts';
import { eachOnce, reason } from '../../reasons/catalogue.ts';
import { capItem } from './caps.ts';
import type { LooseItem } from './looseitem.ts';
import { identify, idSeed } from './identity.ts';
import { dateInAddress } from '../../zh/dates.ts';
import { mendBeijing } from '../dates/skew.ts';

interface Dated {
  readonly item: LooseItem;
  readonly published: ParsedDate | null;
  readonly updated: ParsedDate | null;
  readonly repairs: readonly Reason[];
}

const MAX_SHOWN = 60;

function dateItem(item: LooseItem, context: DateContext, fromAddress: boolean): Dated {
  const repairs: Reason[] = [...item.repairs];
  let published = item.published === '' ? null : parseDate(item.published, context);
  if (item.published !== '' && published === null)
    repairs.push(reason('repair.date.published-impossible', { text: item.published.slice(0, MAX_SHOWN) }));
  const updated =
    item.updated === '' ? null : item.updated === item.published ? published : parseDate(item.updated, context);
  if (item.updated !== '' && updated === null && item.updated !== item.published)
    repairs.push(reason('repair.date.updated-impossible', { text: item.updated.slice(0, MAX_SHOWN) }));
  if (published === null && updated === null && item.stray !== '') {
    published = parseDate(item.stray, context);
    if (published !== null) repairs.push(reason('repair.date.from-text'));
  }
  if (published === null && updated === null && fromAddress && item.link !== null) {
    const text = dateInAddress(item.link);
    published = text === null ? null : parseDate(text, context);
    if (published !== null) repairs.push(reason('repair.date.from-address'));
  }
  for (const date of [published, updated]) repairs.push(...(date?.repairs ?? []));
  return { item, published, updated, repairs: eachOnce(repairs) };
}

/** Finishes items: dates, ids, repeats folded. `fromAddress` lets a date in the link stand in for a missing one. */
export function finishItems(
  source: Pick<DocumentSettings, 'id' | 'formerly' | 'identity' | 'clock'>,
  items: readonly LooseItem[],
  context: DateContext,
  fromAddress: boolean,
): Pick<FeedDocument, 'items' | 'repairs' | 'labelledGmt'> {
  const dated = items.map((item) => dateItem(capItem(item), context, fromAddress));
  const { shiftMs, repair } = mendBeijing(
    dated.flatMap(({ item, published, updated }) => [published, updated].map((date) => ({ date, link: item.link }))),
    context.now,
    source.clock ?? 'auto',
  );
  const at = (date: ParsedDate | null): number | null =>
    date === null ? null : date.zone === 'utc' ? date.at - shiftMs : date.at;
  const candidates = dated.map((entry) => ({
    entry,
    guid: entry.item.guid,
    link: entry.item.link,
    key: entry.item.key,
    title: entry.item.title,
    date: entry.published?.relative ? '' : entry.item.published,
    body: entry.item.content ?? entry.item.summary ?? '',
  }));
  const identified = identify(idSeed(source), candidates, source.identity ?? 'auto');
  const folded = candidates.length - identified.length;
  const finished = identified.map(({ item: { entry }, id }): RawItem => {
    const { item } = entry;
    const mended = repair !== null && (entry.published?.zone === 'utc' || entry.updated?.zone === 'utc');
    return {
      id,
      guid: item.guid,
      title: item.title,
      link: item.link,
      summary: item.summary,
      content: item.content,
      authors: item.authors,
      published: at(entry.published),
      updated: at(entry.updated),
      categories: item.categories,
      enclosures: item.enclosures,
      image: item.image,
      language: item.language,
      outlet: item.outlet,
      repairs: mended ? [...entry.repairs, repair] : entry.repairs,
    };
  });
  const repairs = repair === null ? [] : [repair];
  const ids = identified.flatMap(({ item: { entry }, id }) =>
    (entry.published ?? entry.updated)?.zone === 'utc' ? [id] : [],
  );
  return {
    items: finished,
    ...(ids.length > 0 && { labelledGmt: { ids, shiftMs } }),
    repairs: folded > 0 ? [...repairs, reason('repair.items-folded', { items: folded })] : repairs,
  };
}
