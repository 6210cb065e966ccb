/** Cleans one item: reads it, decides the entry's fields from what was read, and says what was taken out; pure and total. */
import { reason } from '../reasons/catalogue.ts';
import type { Entry } from '../model/entry.ts';
import type { RawItem } from '../model/feed.ts';
import { plainText } from '../text/plain.ts';
import { readBody } from './article/body.ts';
import { nameTaken } from './article/removal.ts';
import type { CleanedItem } from './article/removal.ts';
import { shape } from './article/shape.ts';
import type { CleanContext } from './cleancontext.ts';
import { readByline } from './fields/signers.ts';
import type { Read } from './fields/field.ts';
import { readLanguage } from './fields/textlanguage.ts';
import { readLink } from './fields/link.ts';
import { readMedia } from './fields/media.ts';
import { readOutlet } from './fields/outlet.ts';
import { readSignatures } from './fields/signatures.ts';
import { readSummary } from './fields/summary.ts';
import { readPublished } from './fields/published.ts';
import { readHeadline, readTitle } from './fields/title.ts';
import { writeHtml } from './html/write.ts';
import { nonEntryOf } from './nonentries.ts';

/** The entry that `raw` is once cleaned, what was taken out, and whether it is an entry at all. */
export function cleanItem(raw: RawItem, context: CleanContext): CleanedItem {
  const read = readItem(raw, context);
  const { body, headline, shaped, text } = read;
  const fields = readFields(read, raw, context);
  const entry: Entry = {
    id: raw.id,
    source: context.source,
    guid: raw.guid,
    title: fields.title.value,
    ...fields.link.value,
    ...fields.time.value,
    updated: raw.updated,
    ...fields.outlet.value,
    ...fields.byline.value,
    summary: fields.summary.value,
    content: writeHtml(shaped.blocks),
    text,
    categories: categoriesOf(raw),
    ...fields.media.value,
    ...fields.language.value,
    repairs: [...raw.repairs, ...body.repairs, ...Object.values(fields).flatMap(({ repairs }) => repairs)],
  };
  const nonEntry = nonEntryOf(entry);
  return {
    entry,
    removed: [...headline.removed, ...nameTaken(body.removed), ...shaped.removed],
    edges: body.edges,
    spam: nonEntry?.spam === true || body.removed.some(({ by }) => by.spam),
    nonEntry: nonEntry === null ? null : { rule: nonEntry.name, reason: reason(`clean.${nonEntry.name}`) },
  };
}

function readItem(raw: RawItem, context: CleanContext): Read {
  const body = readBody(raw, context);
  const headline = readHeadline(body, raw);
  const shaped = shape(body.kept, headline.title);
  const signatures = readSignatures(body, shaped.editors);
  return { body, headline, shaped, text: shaped.text, signatures };
}

/** Each field, in the order in which their repairs are told. */
function readFields(read: Read, raw: RawItem, context: CleanContext) {
  return {
    time: readPublished(read, raw, context),
    title: readTitle(read, raw, context),
    outlet: readOutlet(read, raw, context),
    byline: readByline(read, raw, context),
    link: readLink(read, raw, context),
    language: readLanguage(read, raw, context),
    summary: readSummary(read, raw, context),
    media: readMedia(read, raw, context),
  };
}

function categoriesOf({ categories }: RawItem): readonly string[] {
  return [...new Set(categories.map(plainText).filter((name) => name !== ''))];
}
