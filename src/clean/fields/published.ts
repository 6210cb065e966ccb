/** Decides when an entry was published and which day its opening means: the feed, then the page, its head, its number. */
import { reason } from '../../reasons/catalogue.ts';
import type { Body } from '../article/body.ts';
import type { Taken } from '../article/removal.ts';
import type { Shaped } from '../article/shape.ts';
import type { CleanContext } from '../cleancontext.ts';
import type { Head } from '../html/tree.ts';
import type { Entry, Opening } from '../../model/entry.ts';
import type { RawItem } from '../../model/feed.ts';
import { DAY_MS } from '../../text/time.ts';
import { dateInAddress, localDay, monthInAddress, readTime, readYearlessTime, trackingStamp } from '../../zh/dates.ts';
import type { PageTime } from '../../zh/dates.ts';
import { completeDate, datelineOf, type Day } from '../../zh/opening.ts';
import { fold } from '../../zh/script.ts';
import type { ReadField } from './field.ts';

export const readPublished: ReadField<Pick<Entry, 'published' | 'dateline' | 'opening'>> = (read, raw, context) => {
  const { at, numbered } = timeOf(read.body, raw, context);
  const opening = openingOf(read.shaped, raw, at, context.timezone);
  return {
    value: { published: at, dateline: datelineOf(opening), opening },
    repairs: numbered ? [reason('repair.date.from-tracking-number')] : [],
  };
};

interface Published {
  readonly at: number | null;
  /** Only the number at the page's foot gave it. */
  readonly numbered: boolean;
}

function timeOf(body: Body, raw: RawItem, { timezone }: CleanContext): Published {
  if (raw.published !== null) return { at: raw.published, numbered: false };
  const shown = pageTime(body, timezone, raw.link);
  const numbered = shown?.exact === true ? null : trackedTime(body.removed, timezone);
  if (numbered !== null && (shown === null || Math.abs(numbered.at - shown.at) < DAY_MS))
    return { at: numbered.at, numbered: true };
  return { at: shown?.at ?? raw.updated, numbered: false };
}

/** The opening of the text with its day completed: by the time of publication, else by the address. */
function openingOf({ opening }: Shaped, { link }: RawItem, published: number | null, timezone: string): Opening | null {
  if (opening === null) return null;
  const { start, length, agency, place, date, people } = opening;
  const day = published === null ? dayOf(link) : localDay(published, timezone);
  return { start, length, agency, place, date: completeDate(date, day), people };
}

/** The day that an address tells; where it tells only the month, its first. */
function dayOf(address: string | null): Day | null {
  const date = address === null ? null : (dateInAddress(address) ?? monthInAddress(address));
  if (date === null) return null;
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return { year, month, day };
}

/** When the number at the page's foot says that it was made; null without one. */
function trackedTime(removed: readonly Taken[], timezone: string): PageTime | null {
  for (const { by, text } of removed) {
    const stamp = by.stamps === true ? trackingStamp(text) : null;
    if (stamp !== null) return readTime(stamp, timezone);
  }
  return null;
}

/** The line of a later change, where that of the publication has gone before. */
const UPDATED = /^(?:最(?:后|近))?更新/;

/** When the page says it was published: the dated line nearest above the article, then its head. */
function pageTime({ head, tail, markup }: Body, timezone: string, address: string | null): PageTime | null {
  let read: PageTime | null = null;
  for (const one of head) {
    if (one.rule?.role !== 'meta') continue;
    const time = readTime(fold(one.label), timezone);
    const later = read?.exact === true && UPDATED.test(one.folded);
    if (time !== null && !later && (read === null || time.exact || !read.exact)) read = time;
  }
  if (read?.exact === true) return read;
  const spoken = markup === null ? null : headTime(markup, timezone);
  if (spoken !== null && (read === null || spoken.exact)) return spoken;
  if (read !== null) return read;
  for (const one of tail) {
    if (one.rule?.dates !== true || !/时间|发布|来源|日期/.test(one.folded)) continue;
    const time = readTime(fold(one.label), timezone);
    if (time !== null) return time;
  }
  const year = dayOf(address)?.year ?? 0;
  for (const one of year === 0 ? [] : head) {
    const time = one.rule?.role === 'meta' ? readYearlessTime(one.folded, year, timezone) : null;
    if (time !== null) return time;
  }
  // A stamp glued to something else is still a stamp.
  for (const one of [...head].reverse()) {
    const time = one.folded.length <= 60 ? readTime(one.folded, timezone) : null;
    if (time !== null) return time;
  }
  return null;
}

const TIME_KEYS = [
  'article:published_time',
  'og:published_time',
  'pubdate',
  'publishdate',
  'publish_date',
  'og:release_date',
  'datepublished',
  'weibo: article:create_at',
  'weibo:article:create_at',
  'apub:time',
  'date',
];

function headTime(markup: Head, timezone: string): PageTime | null {
  for (const key of TIME_KEYS) {
    const written = markup.meta.get(key);
    const time = written === undefined ? null : readTime(written.toLowerCase(), timezone);
    if (time !== null) return time;
  }
  for (const json of markup.linkedData) {
    const written = /"datePublished"\s*:\s*"([^"]{8,40})"/.exec(json)?.[1];
    const time = written === undefined ? null : readTime(written.toLowerCase(), timezone);
    if (time !== null) return time;
  }
  return null;
}
